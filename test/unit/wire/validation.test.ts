/** Documents that do not fit, one for each rule, and what their writers are told: line and text as in the reference's library. */
import { describe, expect, it } from 'vitest';
import { CONCEPTS } from '../../../src/director/concepts.ts';
import { buildDirectorSchema } from '../../../src/director/schema/build.ts';
import { documentReader } from '../../../src/wire/documents.ts';

const read = documentReader(buildDirectorSchema(CONCEPTS).published);

function faults(document: string): readonly string[] {
  const reading = read(document);
  if (!('faults' in reading)) return [];
  return reading.faults.map(({ locations, message }) => (locations?.[0] ? `${locations[0].line}: ${message}` : message));
}

const INVALID: Readonly<Record<string, readonly (readonly [document: string, ...faults: string[]])[]>> = {
  fields: [
    ['{ applications { data { id\n nme } } }', '2: Cannot query field "nme" on type "Application". Did you mean "name"?'],
    [
      '{ applications { data { auths { auth { credential { usernam } } } } } }',
      '1: Cannot query field "usernam" on type "CredentialData".',
    ],
    [
      '{ applications { data { auths { auth { credential { username } } } } } }',
      '1: Cannot query field "username" on type "CredentialData". Did you mean to use an inline fragment on "BasicCredentialData"?',
    ],
    ['{ __typ(name: "x") { name } }', '1: Cannot query field "__typ" on type "Query". Did you mean "__type"?'],
    ['{ viewer }', '1: Field "viewer" of type "Viewer!" must have a selection of subfields. Did you mean "viewer { ... }"?'],
    [
      '{ viewer { id { x } } }',
      '1: Cannot query field "x" on type "ID".',
      '1: Field "id" must not have a selection since type "ID" has no subfields.',
    ],
    [
      '{ viewer { id }\n a: viewer { id }\n a: tenants { totalCount } }',
      '3: Fields "a" conflict because "viewer" and "tenants" are different fields. Use different aliases on the fields to fetch both if this was intentional.',
    ],
  ],
  arguments: [
    ['{ applications(\n frist: 3) { totalCount } }', '1: Unknown argument "frist" on field "Query.applications". Did you mean "first"?'],
    ['{ application { id } }', '1: Field "application" argument "id" of type "ID!" is required, but it was not provided.'],
    ['{ application(id: "1", id: "2") { id } }', '1: There can be only one argument named "id".'],
    ['{ viewer { id @include } }', '1: Directive "@include" argument "if" of type "Boolean!" is required, but it was not provided.'],
    ['{ viewer { id @include(if: true, iff: 1) } }', '1: Unknown argument "iff" on directive "@include". Did you mean "if"?'],
  ],
  directives: [
    ['{ viewer @foo { id } }', '1: Unknown directive "@foo".'],
    ['{ viewer @deprecated { id } }', '1: Directive "@deprecated" may not be used on FIELD.'],
    ['{ viewer { id @skip(if: true) @skip(if: true) } }', '1: The directive "@skip" can only be used once at this location.'],
  ],
  fragments: [
    ['{ viewer { ...F } }', '1: Unknown fragment "F".'],
    ['{ viewer { id } } fragment F on Viewer { id }', '1: Fragment "F" is never used.'],
    ['{ viewer { ... on Viewr { id } } }', '1: Unknown type "Viewr".'],
    ['{ viewer { ...F } } fragment F on Viewr { id }', '1: Unknown type "Viewr". Did you mean "Viewer"?'],
    [
      '{ viewer { ... on Runtime { id } } }',
      '1: Fragment cannot be spread here as objects of type "Viewer" can never be of type "Runtime".',
    ],
    [
      '{ viewer { ...F } } fragment F on Runtime { id }',
      '1: Fragment "F" cannot be spread here as objects of type "Viewer" can never be of type "Runtime".',
    ],
    [
      '{ viewer { ...F } } fragment F on String { id }',
      '1: Cannot query field "id" on type "String".',
      '1: Cannot query field "id" on type "String".',
      '1: Fragment "F" cannot condition on non composite type "String".',
    ],
    [
      '{ viewer { ... on String { id } } }',
      '1: Cannot query field "id" on type "String".',
      '1: Fragment cannot condition on non composite type "String".',
    ],
    [
      '{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }',
      '1: Cannot spread fragment "A" within itself via "B".',
    ],
    ['{ viewer { ...A } } fragment A on Viewer { id } fragment A on Viewer { type }', '1: There can be only one fragment named "A".'],
    // told where it is spread, and once more for the fragment itself
    [
      '{ viewer { ...F } }\nfragment F on Viewer { nme }',
      '2: Cannot query field "nme" on type "Viewer".',
      '2: Cannot query field "nme" on type "Viewer".',
    ],
  ],
  operations: [
    ['subscription { viewer { id } }', '1: Schema does not support operation type "subscription"'],
    ['{ viewer { id } } query A { viewer { id } }', '1: This anonymous operation must be the only defined operation.'],
    ['query A { viewer { id } } query A { viewer { id } }', '1: There can be only one operation named "A".'],
  ],
  variables: [
    ['query ($x: Foo) { viewer { id } }', '1: Unknown type "Foo".', '1: Variable "$x" is never used.'],
    ['query A($x: ID) { viewer { id } }', '1: Variable "$x" is never used in operation "A".'],
    ['{ application(id: $x) { id } }', '1: Variable "$x" is not defined.'],
    ['query A { application(id: $x) { id } }', '1: Variable "$x" is not defined by operation "A".'],
    ['query ($x: String!) { application(id: $x) { id } }', '1: Variable "$x" of type "String!" used in position expecting type "ID!".'],
    ['query ($x: ID) { application(id: $x) { id } }', '1: Variable "$x" of type "ID" used in position expecting type "ID!".'],
    [
      'query ($x: LabelFilter!) { applications(filter: $x) { totalCount } }',
      '1: Variable "$x" of type "LabelFilter!" used in position expecting type "[LabelFilter!]".',
    ],
    [
      'query ($x: Viewer) { applications(first: $x) { totalCount } }',
      '1: Variable "$x" of type "Viewer" used in position expecting type "Int".',
      '1: Variable "$x" cannot be non-input type "Viewer".',
    ],
    [
      'query ($x: Int, $x: Int) { applications(first: $x) { totalCount } }',
      '1: Variable "$x" is never used.',
      '1: There can be only one variable named "$x".',
    ],
    ['query ($x: Int = "3") { applications(first: $x) { totalCount } }', '1: Int cannot represent non-integer value: "3"'],
  ],
  values: [
    ['{ applications(first: 3.5) { totalCount } }', '1: Int cannot represent non-integer value: 3.5'],
    ['{ applications(first: 2147483648) { totalCount } }', '1: Int cannot represent non 32-bit signed integer value: 2147483648'],
    [
      '{ applications(first: 99999999999999999999) { totalCount } }',
      '1: Int cannot represent non 32-bit signed integer value: 99999999999999999999',
    ],
    ['{ applicationsByLocalTenantID(localTenantID: 3) { totalCount } }', '1: String cannot represent a non string value: 3'],
    ['{ applicationsByLocalTenantID(localTenantID: abc) { totalCount } }', '1: String cannot represent a non string value: abc'],
    ['{ application(id: true) { id } }', '1: ID cannot represent a non-string and non-integer value: true'],
    ['{ viewer { id @include(if: "x") } }', '1: Boolean cannot represent a non boolean value: "x"'],
    ['{ applications(filter: "x") { totalCount } }', '1: Expected value of type "[LabelFilter!]", found "x".'],
    ['{ applications(filter: [null]) { totalCount } }', '1: Expected value of type "LabelFilter!", found null.'],
    ['mutation { registerApplication(in: null) { id } }', '1: Expected value of type "ApplicationRegisterInput!", found null.'],
    [
      'mutation { registerApplication(in: {nam: "x"}) { id } }',
      '1: Field "ApplicationRegisterInput.name" of required type "String!" was not provided.',
      '1: Field "nam" is not defined by type "ApplicationRegisterInput". Did you mean "name"?',
    ],
    [
      '{ healthChecks(types: MANAGEMENT_PLANE_APPLICATION_HEALTHCHEC) { totalCount } }',
      '1: Value "MANAGEMENT_PLANE_APPLICATION_HEALTHCHEC" does not exist in "[HealthCheckType!]" enum. Did you mean the enum value "MANAGEMENT_PLANE_APPLICATION_HEALTHCHECK"?',
    ],
    ['{ healthChecks(types: [3]) { totalCount } }', '1: Enum "HealthCheckType!" cannot represent non-enum value: 3.'],
    ['{ applications(filter: {key: "a", key: "b"}) { totalCount } }', '1: There can be only one input field named "key".'],
  ],
  grammar: [
    ['{ viewer { id }', '1: Expected Name, found <EOF>'],
    ['{ viewer {\n} }', '2: expected at least one definition, found }'],
    ['{ # nothing\n }', '2: expected at least one definition, found }'],
    ['hello', '1: Unexpected Name "hello"'],
    ['}', '1: Unexpected }'],
    ['query Q($x Int) { viewer { id } }', '1: Expected :, found Name'],
    ['query Q($x: Int = $y) { viewer { id } }', '1: Unexpected $'],
    ['fragment F { id }', '1: Expected "on", found {'],
    ['type X { a: Int }', '1: Unexpected Name "type"'],
    ['{ viewer { id } } extend type X { a: Int }', '1: Unexpected Name "extend"'],
    ['# nothing', 'no operation provided'],
    ['fragment F on Viewer { id }', 'no operation provided'],
  ],
};

describe.each(Object.entries(INVALID))('faults of %s', (_, table) => {
  it.each(table)('%s', (document, ...expected) => expect(faults(document)).toEqual(expected));
});

it('a fault has the column where the library has the node begin', () => {
  const columns = (document: string) => {
    const reading = read(document);
    return 'faults' in reading ? reading.faults.map(({ locations }) => locations?.[0]?.column) : [];
  };
  expect(columns('{ viewer { nme } }')).toEqual([12]);
  expect(columns('{ applications(first: "3") { totalCount } }')).toEqual([24]);
  expect(columns('{ viewer { "id" } }')).toEqual([13]);
  expect(columns('{ viewer {  ... on Viewr { id } } }')).toEqual([17]);
  expect(columns('{ viewer { ...F } }')).toEqual([15]);
  expect(columns('{ viewer @foo { id } }')).toEqual([11]);
  expect(columns('{ a: viewer { id } a: tenants { totalCount } }')).toEqual([20]);
});

describe('documents that fit', () => {
  it.each([
    '{ application(id: 3) { id } }',
    '{ applications(filter: {key: "a"}, first: null) { totalCount } }',
    '{ healthChecks(types: MANAGEMENT_PLANE_APPLICATION_HEALTHCHECK) { totalCount } }',
    'query ($x: ID! = "1") { application(id: $x) { id } }',
    'query ($x: ID = "1") { application(id: $x) { id } }',
    'query ($x: [LabelFilter!]!) { applications(filter: $x) { totalCount } }',
    'query ($x: String!) { applications(filter: [{key: $x}]) { totalCount } }',
    'query A { viewer { id } } query B { viewer { ...F } } fragment F on Viewer { ... @skip(if: true) { type } }',
    'query ($x: Boolean!) { viewer { ...F } } fragment F on Viewer { id @include(if: $x) }',
    'mutation { setRuntimeLabel(runtimeID: "1", key: "k", value: {a: [1, {b: null}]}) { key } }',
    '{ viewer() { id } __typename __schema { types { name } } }',
    'query () { viewer { id } }',
  ])('%s', (document) => expect(faults(document)).toEqual([]));
});

describe('documents that are made to cost time', () => {
  it.each([
    [
      'many operations with one large fragment',
      `${Array.from({ length: 1_500 }, (_, i) => `query a${i} { viewer { ...F } }`).join(' ')} fragment F on Viewer { ${'id '.repeat(900)} }`,
      /takes too long/,
    ],
    ['faults without end', `{ viewer { ${Array.from({ length: 900 }, (_, i) => `x${i}`).join(' ')} } }`, /too many faults/],
    ['a name without end', `{ viewer { ${'x'.repeat(1_000_000)} } }`, /Cannot query field/],
  ])('are given up: %s', (_, document, words) => {
    const begun = performance.now();
    expect(faults(document).at(-1)).toMatch(words);
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});
