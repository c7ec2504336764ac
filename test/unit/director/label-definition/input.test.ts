import { describe, expect, it } from 'vitest';
import { jsonSchemaFault } from '../../../../src/director/label-definition/json-schema.ts';
import { labelDefinitionFaults, scenariosSchemaFaults } from '../../../../src/director/label-definition/input.ts';
import { SCENARIO_NAME_PATTERN } from '../../../../src/director/label-definition/schema-text.ts';

const schemaOf = (items: object) => ({ type: 'array', minItems: 1, uniqueItems: true, items });
const ofNames = (names: unknown) => schemaOf({ type: 'string', enum: names, pattern: SCENARIO_NAME_PATTERN, maxLength: 128 });

describe('scenariosSchemaFaults', () => {
  it.each([
    [ofNames(['front', 'b2', 'my back']), []],
    [schemaOf({ type: 'string', enum: ['front'] }), []],
    [true, ['(root): Invalid type. Expected: object, given: boolean']],
    [
      { type: 'object' },
      [
        '(root): minItems is required',
        '(root): uniqueItems is required',
        '(root): items is required',
        'type: type does not match: "array"',
      ],
    ],
    [{ ...ofNames(['ab']), title: 'x' }, ['(root): Additional property title is not allowed']],
    [{ ...ofNames(['ab']), minItems: 2 }, ['minItems: minItems does not match: 1']],
    [schemaOf([]), ['items: Invalid type. Expected: object, given: array']],
    [schemaOf({ type: 'string', enum: ['ab'], maxLength: 12 }), ['items.maxLength: items.maxLength does not match: 128']],
    [ofNames([]), ['items.enum: At least one of the items must match']],
    [ofNames(['a']), [`items.enum.0: Does not match pattern '${SCENARIO_NAME_PATTERN}'`]],
    [ofNames(['ab', 'x'.repeat(129)]), ['items.enum.1: String length must be less than or equal to 128']],
    [ofNames(['ab', 1]), ['items.enum.1: Invalid type. Expected: string, given: integer']],
  ])('of %j', (schema, expected) => expect(scenariosSchemaFaults(schema)).toEqual(expected));
});

describe('jsonSchemaFault', () => {
  it.each([
    ['x', 'schema is invalid'],
    [null, 'schema is invalid'],
    [
      { type: 'nothing' },
      'has a primitive type that is NOT VALID -- given: /nothing/ Expected valid values are:[array boolean integer number null object string]',
    ],
    [ofNames(['a', 'a']), 'enum items must be unique'],
    [{ minItems: 1.5 }, 'minItems must be of an integer'],
    [{ uniqueItems: 'x' }, 'uniqueItems must be of a boolean'],
    [{ items: { pattern: '(' } }, 'pattern must be a valid regex'],
    [{ pattern: 'a(?=b)' }, 'pattern must be a valid regex'],
    [{ pattern: '(?i)(?P<name>a)[\\w-\\.]' }, undefined],
    [{ pattern: 5 }, 'pattern must be of a string'],
    [{ minItems: -1, type: 'array' }, 'minItems must be greater than or equal to 0'],
    [{ minLength: 3, maxLength: 2 }, 'minLength cannot be greater than maxLength'],
    [{ minItems: 3, maxItems: 2 }, undefined],
    [{ type: ['array', 'array'] }, 'array type is duplicated'],
    [{ type: 5 }, 'Invalid type. Expected: string/array of strings, given: type'],
    [{ items: 5 }, 'Invalid type. Expected: valid schema/array of schemas, given: items'],
    [{ items: [{}, { title: 1 }] }, 'Invalid type. Expected: string, given: title'],
    [{ properties: [] }, 'properties must be of type object'],
    [{ properties: { a: 1 } }, 'Expected: valid schema, given: Invalid JSON'],
    [{ required: 'a' }, 'required must be of an array'],
    [{ required: ['a', 'a', 1] }, 'required items must be unique'],
    [{ required: ['a', 1] }, 'required items must be string'],
    [{ enum: [] }, undefined],
    [{ enum: 'a' }, 'enum must be of an array'],
    [
      {
        enum: [
          { a: 1, b: 2 },
          { b: 2, a: 1 },
        ],
      },
      'enum items must be unique',
    ],
    [{ exclusiveMinimum: true }, 'exclusiveMinimum cannot be used without minimum'],
    [{ multipleOf: 0 }, 'multipleOf must be strictly greater than 0'],
    [{ allOf: {} }, 'anyOf must be of an array'],
    [{ not: 5 }, 'not must be of an object'],
    [{ $schema: 5, type: 'x' }, '$schema must be of type string'],
    [{ uniqueItems: 5, minItems: 'x' }, 'minItems must be of an integer'],
    [ofNames(['ab']), undefined],
  ])('of %j', (schema, expected) => expect(jsonSchemaFault(schema)).toBe(expected));
});

it('a schema is walked only to a bounded depth', () => {
  const deep = JSON.parse(`${'{"items":'.repeat(3000)}{}${'}'.repeat(3000)}`) as unknown;
  expect(jsonSchemaFault(deep)).toMatch(/levels deep/);
});

it('a key at fault and a schema at fault are named together', () => {
  expect(labelDefinitionFaults({ key: 'region', schema: '{"type":"x"}' })).toEqual({
    key: 'must be a valid value',
    'rule.validSchema': expect.stringContaining('[{"type":"x"}]'),
  });
  expect(labelDefinitionFaults({ key: 'region' })).toEqual({ key: 'must be a valid value' });
});
