/**
 * Every operation of the published schema, and every field below that leads on to an object, asked by everybody who must not be answered:
 * another tenant, a sibling, a child in the tree, a tenant that may only read, neighbours in the same tenant, a runtime outside the formation, nobody's
 * callers, and callers without a scope. The schema is walked, so that an operation without an entry fails.
 */
import { randomUUID } from 'node:crypto';
import { getNamedType, type GraphQLObjectType, isAbstractType, isInputObjectType, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONCEPTS } from '../../../src/director/concepts.ts';
import { buildDirectorSchema } from '../../../src/director/schema/build.ts';
import { directiveOf, scopesOf } from '../../../src/director/schema/scopes.ts';
import type { Identity } from '../../../src/identity/identity.ts';
import { type Entry, faultOf, NO_TENANT, type OfTenant, OUTSIDERS, type Outsider, type Refusal } from './entry.ts';
import { done, type Estate, type Result, type Tenant } from './asking.ts';
import { consumer, EVERYTHING, type Landscape, prepare, user } from './landscape.ts';
import { MUTATIONS } from './mutations.ts';
import { GUARDED_INPUTS, NESTED } from './nested.ts';
import { QUERIES } from './queries.ts';

const { published } = buildDirectorSchema(CONCEPTS);
const ROOTS = [
  { kind: 'query', type: published.getQueryType()!, entries: QUERIES },
  { kind: 'mutation', type: published.getMutationType()!, entries: MUTATIONS },
] as const;

const OPERATIONS = ROOTS.flatMap(({ kind, type, entries }) =>
  Object.values(type.getFields()).map((field) => ({
    name: field.name,
    kind,
    entry: entries[field.name],
    scopes: scopesOf(directiveOf(field.astNode, 'hasScopes')?.path ?? ''),
  })),
);
const documentOf = (kind: string, call: string) => `${kind} { result: ${call} }`;

let land: Landscape;
let victim: Estate;
let estates: Record<'stranger' | 'sibling', Estate>;
let pairs = 0;

beforeAll(async () => {
  land = await prepare();
  victim = await land.furnish(land.tenants.victim);
  estates = { stranger: await land.furnish(land.tenants.stranger), sibling: await land.furnish(land.tenants.sibling) };
  for (const [type, id] of [
    ['APPLICATION', victim.application],
    ['RUNTIME', victim.runtime],
  ])
    await done(
      land.ask,
      user(),
      `mutation { result: addTenantAccess(in: {tenantID: "${land.tenants.reader.externalId}", resourceType: ${type}, resourceID: "${id}", owner: false}) { tenantID } }`,
    );
  // a runtime that speaks of bundles is marked for it once, whatever it is told
  await land.ask(consumer(land.tenants.victim, 'Runtime', victim.loneRuntime!), 'query bundles { viewer { id } }');
});

afterAll(() => {
  process.stdout.write(`isolation: ${pairs} pairs of operation or field and caller walked\n`);
});

/** What the answer tells of the estate that the caller neither said nor knows. */
function leaksOf(text: string, document: string, estate: Estate, known: readonly string[] = []): string[] {
  const values = Object.values(estate).filter((value) => value !== estate.marker && !known.includes(value));
  const words = text.match(new RegExp(`${estate.marker}[\\w-]*`, 'g')) ?? [];
  return [...values.filter((value) => text.includes(value)), ...words].filter((value) => !document.includes(value));
}

async function ask(caller: Identity, document: string): Promise<Result> {
  pairs++;
  return land.ask(caller, document);
}

/** Asks what must be refused: right words, nothing shown, nothing stored. */
async function refused(
  who: string,
  caller: Identity,
  document: string,
  refusal: Refusal,
  tenant: Tenant,
  known: readonly string[] = [],
): Promise<void> {
  const before = land.sequence();
  const result = await ask(caller, document);
  expect.soft(faultOf(result, refusal, victim, tenant), who).toBeUndefined();
  expect.soft(leaksOf(result.text, document, victim, [tenant.id, ...known]), who).toEqual([]);
  expect.soft(land.sequence(), `${who}: nothing is stored`).toBe(before);
}

/** The estate with ids and names that nobody has, in the forms of the real ones. */
const nowhere = (estate: Estate): Estate =>
  Object.fromEntries(
    Object.entries(estate).map(([key, value]) => [key, /^[0-9a-f-]{36}$/.test(value) ? randomUUID() : `nobody-${key}`]),
  ) as Estate;

const neutral = (text: string) => text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>').replace(/(own|nobody)[\w-]*/g, '<name>');

async function missingScopes(caller: (scopes: readonly string[]) => Identity, scopes: readonly string[], document: string): Promise<void> {
  for (const missing of scopes) {
    const held = EVERYTHING.filter((scope) => scope !== missing);
    const text = `insufficient scopes provided [actual=${held.join(';')}; required=${scopes.join(';')}]`;
    await refused(`without ${missing}`, caller(held), document, { kind: 'error', text: () => text }, land.tenants.victim);
  }
}

const outsidersOf = (entry: Entry): readonly Outsider[] => (entry.about === 'tenant' ? (entry.outsiders ?? OUTSIDERS) : OUTSIDERS);

async function checkOfTenant(entry: OfTenant, kind: string): Promise<void> {
  const document = documentOf(kind, entry.call(victim, land.shared));
  const { victim: home, reader } = land.tenants;
  for (const outsider of outsidersOf(entry))
    await refused(outsider, user(land.tenants[outsider]), document, entry.refusal, land.tenants[outsider]);
  if (!entry.admits) {
    const caller = user(land.tenants.stranger);
    const nothing = documentOf(kind, entry.call(nowhere(victim), land.shared));
    expect.soft(neutral((await ask(caller, document)).text), 'told from an unknown one').toBe(neutral((await ask(caller, nothing)).text));
  }
  if (entry.noTenant !== null) await refused('no tenant', user(), document, entry.noTenant ?? NO_TENANT, home);
  if (entry.neighbourApplication)
    await refused('neighbour application', consumer(home, 'Application', victim.neighbour!), document, entry.neighbourApplication, home);
  if (entry.neighbourRuntime)
    await refused('neighbour runtime', consumer(home, 'Runtime', victim.loneRuntime!), document, entry.neighbourRuntime, home);
  if (entry.outside) await refused('runtime outside', consumer(home, 'Runtime', victim.loneRuntime!), document, entry.outside, home);
  if (entry.reader) await refused('reader', user(reader), document, entry.reader, reader, [victim.application!, victim.runtime!]);
}

describe('operations', () => {
  it('have an entry each, and no entry is left over', () => {
    for (const { type, entries } of ROOTS) expect(Object.keys(entries).sort()).toEqual(Object.keys(type.getFields()).sort());
  });

  for (const { name, kind, entry, scopes } of OPERATIONS) {
    if (!entry) continue;
    describe(`${kind} ${name}`, () => {
      if (entry.about === 'tenant') it('is closed to everybody but its tenant', () => checkOfTenant(entry, kind));

      if (entry.about === 'caller')
        it('shows others nothing of the tenant', async () => {
          const document = documentOf(kind, entry.call(victim, land.shared));
          for (const outsider of entry.outsiders ?? OUTSIDERS) {
            const { text } = await ask(user(land.tenants[outsider]), document);
            expect.soft(leaksOf(text, document, victim), outsider).toEqual([]);
          }
          const home = land.tenants.victim;
          if (entry.outside)
            await refused('runtime outside', consumer(home, 'Runtime', victim.loneRuntime!), document, entry.outside, home);
        });

      if (scopes.length > 0)
        it('is closed without its scopes', () =>
          missingScopes((held) => user(land.tenants.victim, held), scopes, documentOf(kind, entry.call(victim, land.shared))));

      it('is open to those whom it is for', async () => {
        const place = kind === 'query' ? land : await prepare();
        const own = kind === 'query' ? victim : await place.furnish(place.tenants.victim);
        if (name === 'createLabelDefinition')
          return expect((await place.ask(user(place.tenants.stranger), documentOf(kind, entry.call(own, place.shared)))).errors).toEqual(
            [],
          );
        const { data, errors, text } = await place.ask(user(place.tenants.victim), documentOf(kind, entry.call(own, place.shared)));
        if (entry.about === 'all' && entry.told) return expect(errors[0]?.message).toMatch(entry.told);
        expect(errors, text).toEqual([]);
        expect(data?.['result'] ?? null, text).not.toBeNull();
        if (entry.about === 'caller' ? entry.shows : entry.about === 'tenant' && kind === 'query')
          expect(
            Object.values(own).some((value) => text.includes(value)),
            text,
          ).toBe(true);
      });
    });
  }
});

const isPage = (type: GraphQLObjectType) => type.name.endsWith('Page');

/** Whether the type is an object that is found by an id, or a choice of such. */
function isObjectOfItsOwn(name: string): boolean {
  const type = published.getType(name);
  if (isAbstractType(type)) return published.getPossibleTypes(type).some(({ name: choice }) => isObjectOfItsOwn(choice));
  if (!isObjectType(type)) return false;
  if (isPage(type)) return isObjectOfItsOwn(getNamedType(type.getFields()['data']!.type).name);
  return 'id' in type.getFields();
}

const NESTED_FIELDS = Object.values(published.getTypeMap())
  .filter(
    (type): type is GraphQLObjectType =>
      isObjectType(type) && !type.name.startsWith('__') && !isPage(type) && ROOTS.every((root) => root.type !== type),
  )
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const guard = directiveOf(field.astNode, 'sanitize') ?? directiveOf(field.astNode, 'hasScopes');
      const leadsOn = isObjectOfItsOwn(getNamedType(field.type).name) || field.args.some((argument) => argument.name === 'id');
      if (!guard && !leadsOn) return [];
      const silent = directiveOf(field.astNode, 'sanitize') !== undefined;
      const byId = field.args.some((argument) => argument.name === 'id');
      return [{ name: `${type.name}.${field.name}`, byId, silent, scopes: guard ? scopesOf(guard.path!) : [] }];
    }),
  );

/** All values under the key `it`, at whatever depth. */
function found(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(found);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'it' ? [inner] : found(inner)));
}
const isNothing = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 0) || (typeof value === 'object' && 'data' in value && isNothing(value.data));

describe('fields below', () => {
  it('have an entry each, and no entry is left over', () => {
    expect(Object.keys(NESTED).sort()).toEqual(NESTED_FIELDS.map(({ name }) => name).sort());
  });

  for (const { name, byId, silent, scopes } of NESTED_FIELDS) {
    const entry = NESTED[name];
    if (!entry) continue;
    const through = (own: Estate, foreign: Estate) => documentOf('query', entry.through(own, foreign, land.shared));
    describe(name, () => {
      it('leads nobody to what another tenant has', async () => {
        for (const role of ['stranger', 'sibling'] as const) {
          const document = through(estates[role], victim);
          const { data, text } = await ask(user(land.tenants[role]), document);
          if (byId) expect.soft(found(data).every(isNothing), text).toBe(true);
          if (!name.startsWith('ApplicationWithTenants.')) expect.soft(leaksOf(text, document, victim), role).toEqual([]);
        }
      });

      if (!entry.throughAll)
        it('is reached by nobody through what another tenant has', async () => {
          const document = through(victim, victim);
          for (const outsider of OUTSIDERS)
            expect.soft(leaksOf((await ask(user(land.tenants[outsider]), document)).text, document, victim), outsider).toEqual([]);
        });

      if (entry.hiddenFromReaders)
        it('is empty to tenants that may read its parent alone', async () => {
          const document = through(victim, victim);
          const { data, text } = await ask(user(land.tenants.reader), document);
          expect(found(data), text).toHaveLength(1);
          expect(found(data).every(isNothing), text).toBe(true);
        });

      it('is there for its owner', async () => {
        const { data, errors, text } = await ask(user(land.tenants.victim), through(victim, victim));
        expect(errors, text).toEqual([]);
        expect(
          found(data).some((value) => !isNothing(value)),
          text,
        ).toBe(!entry.alwaysEmpty && name !== 'ApplicationTemplate.webhooks');
      });

      if (scopes.length > 0)
        it('is closed without its scopes', async () => {
          const held = EVERYTHING.filter((scope) => !scopes.includes(scope));
          const { data, errors, text } = await ask(user(land.tenants.victim, held), through(victim, victim));
          expect(
            found(data).every((value) => value === null),
            text,
          ).toBe(true);
          if (silent) expect(errors, text).toEqual([]);
          else expect(errors[0]?.message).toBe(`insufficient scopes provided [actual=${held.join(';')}; required=${scopes.join(';')}]`);
        });
    });
  }
});

const GUARDED = Object.values(published.getTypeMap())
  .filter((type) => isInputObjectType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap((field) => {
      const guard = directiveOf(field.astNode, 'hasScopes');
      return guard ? [{ name: `${type.name}.${field.name}`, scopes: scopesOf(guard.path!) }] : [];
    }),
  );

describe('guarded fields of inputs', () => {
  it('have an entry each, and no entry is left over', () => {
    expect(Object.keys(GUARDED_INPUTS).sort()).toEqual(GUARDED.map(({ name }) => name).sort());
  });

  it.each(GUARDED)('$name is closed without its scopes', async ({ name, scopes }) => {
    await missingScopes(
      (held) => user(land.tenants.victim, held),
      scopes,
      documentOf('mutation', GUARDED_INPUTS[name]!(victim, land.shared)),
    );
  });
});
