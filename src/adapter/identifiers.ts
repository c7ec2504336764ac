/** Identifiers of services: a label of the application, which holds JSON as text (`reference: facts/connector.md 8`). */
import { isObject } from '../text/json.ts';
import { wireJson } from '../director/texts/json-text.ts';
import type { LegacyApplication } from './application.ts';
import type { DirectorDesk } from './director.ts';
import { AdapterError } from './errors.ts';

const LABEL = 'legacy_servicesMetadata';

type Entries = Readonly<Record<string, { readonly id: string; readonly identifier: string }>>;

/** Why the label can't be read, in the words of the old interface. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return '[]interface {}';
  if (typeof value === 'number') return 'float64';
  return typeof value === 'boolean' ? 'bool' : 'map[string]interface {}';
}

export interface Identifiers {
  /** Empty where the service has none. @throws AdapterError where the label is no text */
  of(bundleId: string): string;
  /** Whether another service has it. @throws AdapterError */
  has(identifier: string): boolean;
}

/** @throws AdapterError where the label is not what this interface writes; `of` is the service that is asked for */
function entriesIn(value: unknown, of?: string): Entries {
  if (value === undefined || value === null) return {};
  const unreadable = (detail: string) => {
    const what = of === undefined ? 'legacy services' : `legacy service reference for Bundle with ID '${of}'`;
    return new AdapterError(409, `while reading ${what}: ${detail}`);
  };
  if (typeof value !== 'string') throw unreadable(`invalid type: expected: string; actual: ${kindOf(value)}`);
  try {
    const entries: unknown = JSON.parse(value);
    if (isObject(entries)) return entries as Entries;
  } catch {
    // told below
  }
  throw unreadable('the label is no JSON object');
}

export const identifiersOf = ({ labels }: LegacyApplication): Identifiers => ({
  of: (bundleId) => entriesIn(labels[LABEL], bundleId)[bundleId]?.identifier ?? '',
  has: (identifier) => Object.values(entriesIn(labels[LABEL])).some((entry) => entry?.identifier === identifier),
});

/** As Go writes a map: by key, and safe in pages. */
const written = (entries: Entries) => wireJson(Object.fromEntries(Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1))));

async function write(director: DirectorDesk, application: LegacyApplication, change: (entries: Entries) => Entries): Promise<void> {
  const { found } = await director.ask<{ found: { labels: Readonly<Record<string, unknown>> | null } | null }>(
    'query($id: ID!) { found: application(id: $id) { labels } }',
    { id: application.id },
  );
  const entries = entriesIn(found?.labels?.[LABEL]);
  await director.ask(
    'mutation($id: ID!, $key: String!, $value: Any!) { setApplicationLabel(applicationID: $id, key: $key, value: $value) { key } }',
    {
      id: application.id,
      key: LABEL,
      value: written(change(entries)),
    },
  );
}

export const noteIdentifier = (director: DirectorDesk, application: LegacyApplication, bundleId: string, identifier: string) =>
  write(director, application, (entries) => ({ ...entries, [bundleId]: { id: bundleId, identifier } }));

export const forgetIdentifier = (director: DirectorDesk, application: LegacyApplication, bundleId: string) =>
  write(director, application, (entries) => Object.fromEntries(Object.entries(entries).filter(([id]) => id !== bundleId)));
