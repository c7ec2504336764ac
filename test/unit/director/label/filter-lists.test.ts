import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ApplicationRecord, applications } from '../../../../src/director/application/records.ts';
import { labelTerms } from '../../../../src/director/label/filter.ts';
import { openMemoryRegistry } from '../../../../src/registry/memory/registry.ts';

const name = fc.constantFrom('a', 'b', 'c d');
const value = fc.oneof(
  name,
  fc.array(fc.oneof(name, fc.constant(1)), { maxLength: 3 }),
  fc.dictionary(name, fc.constant(true)),
  fc.constant(1),
);
const KEYS = ['runtimeType', 'systemRole', 'global_subaccount_id', 'other'];
const record = fc.record({
  labels: fc.dictionary(fc.constantFrom(...KEYS), value),
  scenarios: fc.dictionary(fc.constantFrom('T', 'U'), fc.uniqueArray(name)),
});
const blanks = fc.constantFrom('', ' ', '  ');

/** `$[*] ? (@ == "a" || …)`, blanks where they may be: everywhere but at the beginning. */
const path = fc.tuple(fc.array(name, { minLength: 1, maxLength: 3 }), blanks, blanks).map(([names, one, other]) => ({
  names,
  query: `$[*]${other}?${one}(${other}${names.map((each) => `@${one}==${other}"${each}"`).join(`${other}||${one}`)}${one})${other}`,
}));
const filter = fc.oneof(
  fc.constantFrom(...KEYS).map((one) => ({ key: one, names: undefined, json: undefined, query: undefined })),
  fc
    .tuple(fc.constantFrom('runtimeType', 'systemRole', 'scenarios'), path)
    .map(([one, { names, query }]) => ({ key: one, names, json: undefined, query })),
  fc
    .tuple(fc.constantFrom('other', 'global_subaccount_id'), fc.oneof(value, fc.constant({ exists: false }), fc.constant({ exists: true })))
    .map(([one, json]) => ({ key: one, names: undefined, json, query: JSON.stringify(json) })),
);
type Filter = typeof filter extends fc.Arbitrary<infer T> ? T : never;
type Labelled = typeof record extends fc.Arbitrary<infer T> ? T : never;

const EMPTY: ApplicationRecord = {
  id: '',
  name: 'n',
  status: { condition: 'INITIAL', timestamp: '' },
  labels: {},
  scenarios: {},
  access: [],
  ready: true,
  createdAt: '',
};

const isMap = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && !Array.isArray(value);

/** Containment, for values as flat as they are here. */
function holds(label: unknown, query: unknown): boolean {
  if (Array.isArray(query)) return Array.isArray(label) && query.every((one) => label.includes(one));
  if (isMap(query)) return isMap(label) && Object.entries(query).every(([member, one]) => label[member] === one);
  return label === query || (Array.isArray(label) && label.includes(query));
}

/** The rule, read off the facts without any index. */
function naive({ labels, scenarios }: Labelled, { key: asked, names, json, query }: Filter): boolean {
  const label: unknown = asked === 'scenarios' ? scenarios['T'] : labels[asked];
  if (query === undefined) return label !== undefined;
  if (names)
    return names.some(
      (one) =>
        label === one || (Array.isArray(label) ? label.includes(one) : typeof label === 'object' && Object.keys(label ?? {}).includes(one)),
    );
  const isObject = typeof json === 'object' && !Array.isArray(json);
  if (asked === 'global_subaccount_id' && isObject && (json as { exists?: boolean }).exists !== true) return label === undefined;
  return label !== undefined && holds(label, json);
}

it('lists by labels show what a naive reader of every record finds, through every index', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(record, { maxLength: 12 }), fc.array(filter, { maxLength: 3 }), async (records, filters) => {
      const registry = openMemoryRegistry();
      await registry.write({ by: 'test', operation: 'test' }, async (tx) => {
        for (const [at, one] of records.entries()) await tx.put(applications, { ...EMPTY, ...one, id: String(at).padStart(2, '0') });
      });
      const { terms, match } = labelTerms(filters, { tenant: 'T', absence: true });
      const found = await registry.latest.page(applications, {
        all: [{ index: 'all', anyOf: ['all'] }, ...terms],
        ...(match && { match }),
        first: 100,
      });
      const expected = records.flatMap((one, at) => (filters.every((each) => naive(one, each)) ? [at] : []));
      expect(found.records.map(({ id }) => Number(id))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
