import fc from 'fast-check';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CONCEPTS } from '../../../../src/director/concepts.ts';
import { createDirector } from '../../../../src/director/director.ts';
import { graphqlEndpoint } from '../../../../src/director/http/graphql.ts';
import { queryPlans } from '../../../../src/director/http/plans.ts';
import { buildDirectorSchema } from '../../../../src/director/schema/build.ts';
import { seed } from '../../../../src/director/seed.ts';
import type { Identity } from '../../../../src/identity/identity.ts';
import { ADMIN, directorsRegistry, posted, SETTINGS } from '../../../support/director-asked.ts';

interface Step {
  readonly query: string;
  readonly variables?: object;
  readonly caller: Identity;
}

const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const text = fc.constantFrom('shop', 'p', 'bank "of"\\n\u00e9', '', 'https://shop.example.com/hook', '{"type":"string"}');
const ids = fc.nat(4).map(id);
const written = (value: unknown): string =>
  Array.isArray(value)
    ? `[${value.map(written).join(', ')}]`
    : typeof value === 'object' && value !== null
      ? `{${Object.entries(value)
          .map(([name, inner]) => `${name}: ${name === 'type' ? String(inner) : written(inner)}`)
          .join(', ')}}`
      : JSON.stringify(value);

/** Names of arguments with their types and values: written into the document or given beside it. */
type Arguments = Readonly<Record<string, readonly [type: string, value: unknown]>>;

/** Some of what is answered fails: bundles that are unknown, auths that the caller must not see, labels of what is gone. */
const APPLICATION = fc
  .subarray(
    ['name', 'providerName', 'labels', 'kept: labels(key: "k")', 'status { condition }', 'webhooks { url }', '__typename'].concat([
      'bundles { data { id name } totalCount }',
      'auths { id }',
      'failing: bundles(first: 0) { totalCount }',
      `bundle(id: "${id(3)}") { name }`,
    ]),
    { minLength: 1 },
  )
  .map((fields) => `{ ${fields.join(' ')} }`);

const mutation = (field: string, args: fc.Arbitrary<Arguments>, selection: fc.Arbitrary<string>) =>
  fc.record({ field: fc.constant(field), args, selection, alias: fc.constantFrom('', 'one: ') });
const given = (type: string, value: fc.Arbitrary<unknown>) => value.map((one) => [type, one] as const);

const registerInput = fc.record(
  {
    name: text,
    providerName: text,
    labels: fc.dictionary(fc.constantFrom('k', 'l'), text, { maxKeys: 2 }),
    webhooks: fc.tuple(fc.record({ type: fc.constant('CONFIGURATION_CHANGED'), url: text })),
    bundles: fc.array(fc.record({ name: text }), { maxLength: 2 }),
  },
  { requiredKeys: ['name'] },
);
const MUTATIONS = fc.oneof(
  mutation('registerApplication', fc.record({ in: given('ApplicationRegisterInput!', registerInput) }), APPLICATION),
  mutation('unregisterApplication', fc.record({ id: given('ID!', ids) }), APPLICATION),
  mutation(
    'updateApplication',
    fc.record({ id: given('ID!', ids), in: given('ApplicationUpdateInput!', fc.record({ providerName: text })) }),
    APPLICATION,
  ),
  mutation(
    'setApplicationLabel',
    fc.record({ applicationID: given('ID!', ids), key: given('String!', text), value: given('Any!', fc.oneof(text, fc.nat(2))) }),
    fc.constant('{ key value }'),
  ),
  mutation(
    'createLabelDefinition',
    fc.record({ in: given('LabelDefinitionInput!', fc.record({ key: fc.constant('scenarios'), schema: text })) }),
    fc.constant('{ key schema }'),
  ),
);

const steps: fc.Arbitrary<Step> = fc
  .record({
    parts: fc.array(MUTATIONS, { minLength: 1, maxLength: 2 }),
    inline: fc.boolean(),
    scopes: fc.constantFrom(ADMIN.scopes, ['application:write'], ['application:read']),
  })
  .map(({ parts, inline, scopes }) => {
    const variables: Record<string, unknown> = {};
    const definitions: string[] = [];
    const fields = parts.map(({ alias, field, args, selection }, index) => {
      const asked = Object.entries(args).map(([name, [type, value]]) => {
        if (inline) return `${name}: ${written(value)}`;
        variables[`v${index}${name}`] = value;
        definitions.push(`$v${index}${name}: ${type}`);
        return `${name}: $v${index}${name}`;
      });
      return `${alias && `${alias.slice(0, -2)}${index}: `}${field}(${asked.join(', ')}) ${selection}`;
    });
    return {
      query: `mutation ${inline ? '' : `(${definitions.join(', ')})`} { ${fields.join(' ')} }`,
      ...(!inline && { variables }),
      caller: { ...ADMIN, scopes },
    };
  });

/** A plane that names what it makes one after the other. Where it is forgetful no plan serves it twice. */
async function plane(forgetful: boolean) {
  const registry = directorsRegistry();
  await registry.write({ by: 'test', operation: 'seed' }, (tx) => seed(tx, true));
  let made = 0;
  const now = new Date('2024-01-01T00:00:00Z');
  const director = createDirector({ registry, settings: SETTINGS, clock: () => now, newId: () => id(made++) });
  const learning = graphqlEndpoint(director);
  return {
    ask: ({ query, variables, caller }: Step) => (forgetful ? graphqlEndpoint(director) : learning)(posted(query, variables, caller)),
    done: async () =>
      (await registry.history(1, 1_000)).map(({ about, changes }) => [
        about.operation,
        changes.map(({ collection, kind }) => [collection, kind]),
      ]),
  };
}

const FIRST: Step = { query: 'mutation { registerApplication(in: {name: "first", bundles: [{name: "b"}]}) { id } }', caller: ADMIN };

/** The same with other texts: what was learnt of the one answers it. */
const another = ({ query, variables, caller }: Step): Step => ({
  ...(JSON.parse(JSON.stringify({ query, variables }).replaceAll('shop', 'store').replaceAll('bank', 'post')) as Step),
  caller,
});

describe('mutations with plans', () => {
  it('answer and do what they do without: once, with faults and without', { timeout: 30_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 2, maxLength: 12 }), async (story) => {
        const [planned, plain] = await Promise.all([plane(false), plane(true)]);
        for (const step of [FIRST, ...story.flatMap((one) => [one, another(one)])])
          expect(await planned.ask(step)).toEqual(await plain.ask(step));
        expect(await planned.done()).toEqual(await plain.done());
      }),
      { numRuns: 25 },
    ),
  );

  it('are not done again where a field of the answer fails', async () => {
    const { ask, done } = await plane(false);
    const registering = (name: string) =>
      `mutation { registerApplication(in: {name: "${name}"}) { name bundles(first: 0) { totalCount } } }`;
    for (const name of ['shop', 'bank'])
      expect(JSON.parse((await ask({ query: registering(name), caller: { ...ADMIN, scopes: ['application:write'] } })).body)).toMatchObject(
        {
          data: { registerApplication: { name } },
          errors: [{ path: ['registerApplication', 'bundles'] }],
        },
      );
    expect(await done()).toHaveLength(2);
  });

  it('are served by one where they differ in their texts alone', () => {
    const registering = (name: string) => `mutation { registerApplication(in: {name: "${name}"}) { id } }`;
    const document = parse(registering('shop'));
    const plans = queryPlans(buildDirectorSchema(CONCEPTS).published);
    plans.learn(registering('shop'), document, getOperationAST(document)!);
    expect(plans.find(registering('bank'), undefined)).toMatchObject({ mutates: true, strings: ['bank'] });
  });
});
