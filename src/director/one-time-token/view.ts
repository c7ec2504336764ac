/** The forms in which a token is handed out (`reference: facts/security.md 6.5`). */
import type { OneTimeTokenRecord } from '../auth/records.ts';
import type { DirectorSettings } from '../context.ts';
import { wireJson } from '../texts/json-text.ts';

/** What the wire writes for a time that has not come. */
export const NEVER = '0001-01-01T00:00:00Z';

export interface TokenView {
  readonly token: string;
  readonly connectorURL: string;
  readonly legacyConnectorURL: string;
  readonly used: boolean;
  readonly expiresAt: string;
  readonly createdAt: string;
  readonly usedAt: string;
  readonly raw: string;
  readonly rawEncoded: string;
  readonly type: OneTimeTokenRecord['type'];
  /** Null for runtimes. */
  readonly scenarioGroups: readonly string[] | null;
}

const withToken = (address: string, token: string) => `${address}${address.includes('?') ? '&' : '?'}token=${token}`;

/** A token with everything that is derived from it. */
export function tokenView(record: OneTimeTokenRecord, { legacyConnectorURL }: Pick<DirectorSettings, 'legacyConnectorURL'>): TokenView {
  const { token, connectorURL, used, expiresAt, createdAt, usedAt = NEVER, type } = record;
  const scenarioGroups = type === 'Application' ? (record.scenarioGroups ?? []) : null;
  const raw = wireJson({ token, connectorURL, used, expiresAt, createdAt, usedAt, type, scenario_groups: scenarioGroups });
  return {
    token,
    connectorURL,
    legacyConnectorURL: withToken(legacyConnectorURL, token),
    used,
    expiresAt,
    createdAt,
    usedAt,
    raw,
    rawEncoded: Buffer.from(raw).toString('base64'),
    type,
    scenarioGroups,
  };
}

/** The view of a token whose `token` is what this application would be given to pair with. */
export function suggestedView(
  view: TokenView,
  application: { readonly integrationSystemID?: string; readonly labels: Readonly<Record<string, unknown>> },
): TokenView {
  if (application.integrationSystemID) return view;
  return { ...view, token: application.labels['legacy'] === true ? view.legacyConnectorURL : view.rawEncoded };
}
