/** What clients may give for a variable, and what they are told otherwise: as the reference's library has it. */
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CONCEPTS } from '../../../src/director/concepts.ts';
import { buildDirectorSchema } from '../../../src/director/schema/build.ts';
import { execute, VariableFault } from '../../../src/wire/execute.ts';
import { variableReader } from '../../../src/wire/variables.ts';

const { published } = buildDirectorSchema(CONCEPTS);

const USES = {
  'String!': '(localTenantID: $x) { totalCount }',
  'ID!': '(id: $x) { id }',
  Int: '(first: $x) { totalCount }',
  'Int = 5': '(first: $x) { totalCount }',
  'Boolean!': '{ id @include(if: $x) }',
  '[String!]': '(in: $x)',
  '[LabelFilter!]': '(filter: $x) { totalCount }',
  'ApplicationRegisterInput!': '(in: $x) { id }',
  '[HealthCheckType!]': '(types: $x) { totalCount }',
  PageCursor: '(after: $x) { totalCount }',
} as const;
type Type = keyof typeof USES;

/** The value that resolvers see, or the fault. */
function read(type: Type, variables: Record<string, unknown> | null): unknown {
  const document = parse(`query ($x: ${type}) { field${USES[type]} }`);
  const understood = variableReader(published, getOperationAST(document)!)(variables);
  return 'fault' in understood ? new VariableFault(understood.fault).message : understood.values.x;
}

const HOOK = 'CONFIGURATION_CHANGED';

const TAKEN: readonly (readonly [Type, given: unknown, seen: unknown])[] = [
  ['String!', 'a', 'a'],
  ['String!', 3, '3'],
  ['String!', 3.5, '3.5'],
  ['ID!', 3, '3'],
  ['ID!', -1.5, '-1.5'],
  ['Int', 3, 3],
  ['Int', '3', 3],
  ['Int', '+3', 3],
  ['Int', '-07', -7],
  ['Int', null, null],
  ['Int = 5', null, null],
  ['Boolean!', false, false],
  ['[String!]', 'a', ['a']],
  ['[String!]', 3, ['3']],
  ['[String!]', [], []],
  ['[String!]', null, null],
  ['[LabelFilter!]', { key: 'a' }, [{ key: 'a' }]],
  ['[LabelFilter!]', [{ key: 3, query: null }], [{ key: '3', query: null }]],
  ['[LabelFilter!]', [{ key: 'a', __typename: 'LabelFilter' }], [{ key: 'a' }]],
  ['[HealthCheckType!]', 'MANAGEMENT_PLANE_APPLICATION_HEALTHCHECK', ['MANAGEMENT_PLANE_APPLICATION_HEALTHCHECK']],
  ['PageCursor', 'abc', 'abc'],
  ['ApplicationRegisterInput!', { name: 3, labels: null }, { name: '3', labels: null }],
  [
    'ApplicationRegisterInput!',
    { name: 'a', webhooks: { type: HOOK, timeout: '3' } },
    { name: 'a', webhooks: [{ type: HOOK, timeout: 3 }] },
  ],
];

const REFUSED: readonly (readonly [Type, given: unknown, fault: string])[] = [
  ['String!', null, 'x cannot be null'],
  ['String!', true, 'x cannot use bool as String'],
  ['String!', ['a'], 'x cannot use slice as String'],
  ['String!', {}, 'x cannot use map as String'],
  ['ID!', true, 'x cannot use bool as ID'],
  ['Int', 'a', 'x cannot use string as Int'],
  ['Int', '', 'x cannot use string as Int'],
  ['Int', ' 3', 'x cannot use string as Int'],
  ['Int', '1e3', 'x cannot use string as Int'],
  ['Int', 3.5, 'x cannot use string as Int'],
  ['Int', true, 'x cannot use bool as Int'],
  ['Int', [3], 'x cannot use slice as Int'],
  ['Int', 2 ** 31, 'x cannot use value 2147483648 as Int'],
  ['Boolean!', 'true', 'x cannot use string as Boolean'],
  ['Boolean!', 1, 'x cannot use string as Boolean'],
  ['[String!]', [null], 'x[0] cannot be null'],
  ['[String!]', ['a', true], 'x[1] cannot use bool as String'],
  ['[String!]', [['a']], 'x[0] cannot use slice as String'],
  ['[String!]', false, 'x[0] cannot use bool as String'],
  ['[LabelFilter!]', 'a', 'x[0] must be a LabelFilter'],
  ['[LabelFilter!]', [{}], 'x[0].key must be defined'],
  ['[LabelFilter!]', [{ key: null }], 'x[0].key cannot be null'],
  ['[LabelFilter!]', [{ colour: 1 }], 'x[0].colour unknown field'],
  ['[HealthCheckType!]', 'NOTHING', 'x[0] NOTHING is not a valid HealthCheckType'],
  ['[HealthCheckType!]', 3, 'x[0] 3 is not a valid HealthCheckType'],
  ['[HealthCheckType!]', true, 'x[0] enums must be ints or strings'],
  ['ApplicationRegisterInput!', 'a', 'x must be a ApplicationRegisterInput'],
  ['ApplicationRegisterInput!', [], 'x must be a ApplicationRegisterInput'],
  [
    'ApplicationRegisterInput!',
    { name: 'a', webhooks: [{ type: HOOK }, { type: HOOK, timeout: '3s' }] },
    'x.webhooks[1].timeout cannot use string as Int',
  ],
  ['ApplicationRegisterInput!', { name: 'a', constructor: 1 }, 'x.constructor unknown field'],
];

describe('a variable', () => {
  it.each(TAKEN)('of type %s takes %j', (type, given, seen) => expect(read(type, { x: given })).toEqual(seen));
  it.each(REFUSED)('of type %s refuses %j: %s', (type, given, fault) => expect(read(type, { x: given })).toBe(fault));

  it('may be left out where it has a default or may be null', () => {
    expect(read('Int', {})).toBeUndefined();
    expect(read('Int = 5', null)).toBe(5);
    expect(read('ID!', {})).toBe('x must be defined');
    expect(read('ID!', null)).toBe('x must be defined');
  });

  it('names the first of several faults alone', async () => {
    const document = parse('query ($a: ID!, $b: ID!) { application(id: $a) { id } runtime(id: $b) { id } }');
    const { errors, data } = await execute({ schema: published, document, variableValues: { b: true } });
    expect(errors?.map(({ message }) => message)).toEqual(['a must be defined']);
    expect(data).toBeUndefined();
  });

  it('is a fault of the field where only its letters have the wrong case', () => {
    const seen = read('ApplicationRegisterInput!', { x: { name: 'a', statusCondition: 'initial' } });
    expect(seen).toMatchObject({
      statusCondition: { error: { message: expect.stringContaining('initial is not a valid ApplicationStatusCondition') } },
    });
  });
});
