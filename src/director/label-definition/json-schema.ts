/**
 * What is wrong with a JSON schema itself, in the words and the order of the validator that the wire shows (`reference: facts/applications.md 8`):
 * it reads the keywords one after the other, goes into the schemas inside at once, and tells the first fault.
 */
import { isObject } from '../../text/json.ts';
import { DEEPEST, isDeeperThan } from '../texts/depth.ts';
import { sortedJson } from '../texts/json-text.ts';

const PRIMITIVES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string'];

type Schema = Readonly<Record<string, unknown>>;
/** The fault of one keyword's value; asked only where the keyword is there. */
type Judge = (value: unknown, key: string, schema: Schema) => string | undefined;

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isSchema = (value: unknown) => isObject(value) || isBoolean(value);

const wrongType = (expected: string, key: string) => `Invalid type. Expected: ${expected}, given: ${key}`;
const mustBe = (key: string, what: string) => `${key} must be of a${/^[aio]/.test(what) ? 'n' : ''} ${what}`;

function firstOf<T>(items: Iterable<T>, judge: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const fault = judge(item);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

const text: Judge = (value, key) => (typeof value === 'string' ? undefined : wrongType('string', key));
const truth: Judge = (value, key) => (isBoolean(value) ? undefined : mustBe(key, 'boolean'));
const number: Judge = (value, key) => (typeof value === 'number' ? undefined : mustBe(key, 'number'));
const size: Judge = (value, key) =>
  !Number.isInteger(value) ? mustBe(key, 'integer') : (value as number) < 0 ? `${key} must be greater than or equal to 0` : undefined;

/** The largest of a pair of sizes, which may not be below the smallest. */
const sizeFrom =
  (smallest: string): Judge =>
  (value, key, schema) =>
    size(value, key, schema) ??
    (typeof schema[smallest] === 'number' && schema[smallest] > (value as number)
      ? `${smallest} cannot be greater than ${key}`
      : undefined);

const multiple: Judge = (value, key) => {
  if (typeof value !== 'number') return wrongType('number', key);
  return value <= 0 ? `${key} must be strictly greater than 0` : undefined;
};

const exclusive =
  (bound: string): Judge =>
  (value, key, schema) => {
    if (isBoolean(value)) return Object.hasOwn(schema, bound) ? undefined : `${key} cannot be used without ${bound}`;
    return typeof value === 'number' ? undefined : wrongType('boolean/number', key);
  };

const types: Judge = (value, key) => {
  const names: unknown[] = Array.isArray(value) ? value : [value];
  return firstOf(names.entries(), ([index, name]) => {
    if (typeof name !== 'string') return wrongType('string/array of strings', key);
    if (!PRIMITIVES.includes(name))
      return `has a primitive type that is NOT VALID -- given: /${name}/ Expected valid values are:[${PRIMITIVES.join(' ')}]`;
    return names.indexOf(name) < index ? `${name} type is duplicated` : undefined;
  });
};

/** What the validator's engine for patterns does without: looking around and back. */
const BEYOND_ENGINE = /\(\?<?[=!]|\\[1-9]/;
/** Its flags within a pattern, and its way to name a group. */
const ENGINES_OWN = /\(\?[imsU-]+(?=[:)])|\(\?P</g;

function isPattern(pattern: string): boolean {
  if (BEYOND_ENGINE.test(pattern)) return false;
  try {
    return Boolean(new RegExp(pattern.replace(ENGINES_OWN, (own) => (own === '(?P<' ? '(?<' : '(?:'))));
  } catch {
    return false;
  }
}

const pattern: Judge = (value, key) => {
  if (typeof value !== 'string') return mustBe(key, 'string');
  return isPattern(value) ? undefined : `${key} must be a valid regex`;
};

const unique = (values: readonly unknown[], key: string) =>
  new Set(values.map(sortedJson)).size < values.length ? `${key} items must be unique` : undefined;

const values: Judge = (value, key) => (Array.isArray(value) ? unique(value, key) : mustBe(key, 'array'));

const names: Judge = (value, key) => {
  if (!Array.isArray(value)) return mustBe(key, 'array');
  const odd = value.findIndex((name) => typeof name !== 'string');
  return unique(odd === -1 ? value : value.slice(0, odd), key) ?? (odd === -1 ? undefined : `${key} items must be string`);
};

const inner = (schema: unknown): string | undefined => (isBoolean(schema) ? undefined : keywordFault(schema));

const schemaOr =
  (fault: (key: string) => string): Judge =>
  (value, key) =>
    isSchema(value) ? inner(value) : fault(key);

/** The keyword that is named for a list that is none. */
const schemas =
  (named?: string): Judge =>
  (value, key) =>
    Array.isArray(value) ? firstOf(value, inner) : mustBe(named ?? key, 'array');

const definitions: Judge = (value, key) => {
  const fault = wrongType('array of schemas', key);
  return isObject(value) ? firstOf(Object.values(value), (schema) => (isSchema(schema) ? inner(schema) : fault)) : fault;
};

const properties: Judge = (value, key) => (isObject(value) ? firstOf(Object.values(value), inner) : `${key} must be of type object`);

const patternProperties: Judge = (value, key) =>
  isObject(value)
    ? firstOf(Object.entries(value), ([name, schema]) => (isPattern(name) ? inner(schema) : `Invalid regex pattern '${name}'`))
    : wrongType('valid schema', key);

const dependencies: Judge = (value, key) => {
  const fault = 'dependency must be of type schema or array of strings';
  const judge = (dependency: unknown) => {
    if (Array.isArray(dependency)) return dependency.every((name) => typeof name === 'string') ? undefined : fault;
    return isSchema(dependency) ? inner(dependency) : fault;
  };
  return isObject(value) ? firstOf(Object.values(value), judge) : `${key} must be of type object`;
};

const items: Judge = (value, key) => {
  const fault = wrongType('valid schema/array of schemas', key);
  return firstOf(Array.isArray(value) ? value : [value], (schema) => (isSchema(schema) ? inner(schema) : fault));
};

const object = schemaOr((key) => mustBe(key, 'object'));

/** In the order in which they are read. */
const KEYWORDS: readonly (readonly [string, Judge])[] = [
  ['$id', text],
  ['definitions', definitions],
  ['title', text],
  ['description', text],
  ['$ref', text],
  ['type', types],
  ['properties', properties],
  ['additionalProperties', schemaOr((key) => wrongType('boolean/valid schema', key))],
  ['patternProperties', patternProperties],
  ['propertyNames', schemaOr(() => wrongType('valid schema', 'patternProperties'))],
  ['dependencies', dependencies],
  ['items', items],
  ['additionalItems', schemaOr((key) => wrongType('boolean/valid schema', key))],
  ['multipleOf', multiple],
  ['minimum', number],
  ['exclusiveMinimum', exclusive('minimum')],
  ['maximum', number],
  ['exclusiveMaximum', exclusive('maximum')],
  ['minLength', size],
  ['maxLength', sizeFrom('minLength')],
  ['pattern', pattern],
  ['format', (value, key) => (typeof value === 'string' ? undefined : `${key} must be of type string`)],
  ['minProperties', size],
  ['maxProperties', sizeFrom('minProperties')],
  ['required', names],
  ['minItems', size],
  ['maxItems', size],
  ['uniqueItems', truth],
  ['contains', inner],
  ['enum', values],
  ['oneOf', schemas()],
  ['anyOf', schemas()],
  ['allOf', schemas('anyOf')],
  ['not', object],
  ['if', object],
  ['then', object],
  ['else', object],
];

function keywordFault(schema: unknown): string | undefined {
  if (!isObject(schema)) return 'Expected: valid schema, given: Invalid JSON';
  return firstOf(KEYWORDS, ([keyword, judge]) => {
    const key = keyword === '$id' && Object.hasOwn(schema, 'id') ? 'id' : keyword;
    return Object.hasOwn(schema, key) ? judge(schema[key], key, schema) : undefined;
  });
}

/** The first fault that is found; undefined for a schema. */
export function jsonSchemaFault(schema: unknown): string | undefined {
  if (isBoolean(schema)) return undefined;
  if (!isObject(schema)) return 'schema is invalid';
  if (isDeeperThan(schema, DEEPEST)) return `schema is more than ${DEEPEST} levels deep`;
  return Object.hasOwn(schema, '$schema') && typeof schema['$schema'] !== 'string'
    ? '$schema must be of type string'
    : keywordFault(schema);
}
