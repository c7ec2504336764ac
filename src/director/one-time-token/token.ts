/** The token itself: how it is made and when it has run out (`reference: facts/connector.md 2`). */
import { randomBytes } from 'node:crypto';
import type { OneTimeTokenRecord } from '../auth/records.ts';
import type { DirectorSettings } from '../context.ts';

export type TokenSettings = Pick<DirectorSettings, 'connectorURL' | 'tokenLifetime'>;

const lifetimeOf = (type: OneTimeTokenRecord['type'], { tokenLifetime }: TokenSettings) =>
  type === 'Application' ? tokenLifetime.application : tokenLifetime.runtime;

/** 64 random bytes in the URL alphabet of base64, padded: 88 characters. */
const tokenValue = () => `${randomBytes(64).toString('base64url')}==`;

/** A fresh token; `now` is ISO 8601. One that a pairing adapter has given opens that system, and names no Connector. */
export function makeToken(
  type: OneTimeTokenRecord['type'],
  settings: TokenSettings,
  now: string,
  { scenarioGroups, given }: { readonly scenarioGroups?: readonly string[]; readonly given?: string } = {},
): OneTimeTokenRecord {
  return {
    token: given ?? tokenValue(),
    type,
    connectorURL: given === undefined ? settings.connectorURL : '',
    used: false,
    createdAt: now,
    expiresAt: new Date(Date.parse(now) + lifetimeOf(type, settings)).toISOString(),
    ...(scenarioGroups ? { scenarioGroups } : {}),
  };
}

/** By when it was made and the lifetime of today; what `expiresAt` says does not count. */
export const hasExpired = (token: OneTimeTokenRecord, settings: TokenSettings, now: string) =>
  Date.parse(token.createdAt) + lifetimeOf(token.type, settings) < Date.parse(now);
