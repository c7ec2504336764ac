/**
 * The variables of a request, read as tolerantly and refused in the same words as the reference's library does:
 * a number is fine for a text, digits are fine for a number, one value is fine for a list; the first fault alone is told.
 * What scalars and enums of the schema themselves think of their values is another matter: that is a fault of the field.
 */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type OperationDefinitionNode,
  typeFromAST,
  valueFromAST,
  type VariableDefinitionNode,
} from 'graphql';
import { isObject } from '../text/json.ts';

export type Values = Readonly<Record<string, unknown>>;

/** Values by the names of variables, ready for resolvers, or where they do not fit: `in.webhooks[0].type must be defined`. */
export type Understood = { readonly values: Record<string, unknown> } | { readonly fault: string };

export type VariableReader = (given: Values | null | undefined) => Understood;

class Misfit extends Error {}

type Read = (value: unknown, path: string) => unknown;

const misfit = (path: string, why: string): never => {
  throw new Misfit(`${path} ${why}`);
};

/** What the wire calls a value that came as JSON: numbers are texts to it until somebody wants them as numbers. */
const kindOf = (value: unknown) =>
  Array.isArray(value) ? 'slice' : value !== null && typeof value === 'object' ? 'map' : typeof value === 'boolean' ? 'bool' : 'string';

const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** Digits that fit into 32 bits: the wire takes 64, and refuses what it is going to store. */
function integer(value: unknown, path: string): number {
  if (!isText(value)) return misfit(path, `cannot use ${kindOf(value)} as Int`);
  const number = typeof value === 'number' || /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) return misfit(path, 'cannot use string as Int');
  return number === (number | 0) ? number : misfit(path, `cannot use value ${number} as Int`);
}

function float(value: unknown, path: string): number {
  const number = isText(value) && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : misfit(path, `cannot use ${kindOf(value)} as Float`);
}

const text =
  (name: 'String' | 'ID'): Read =>
  (value, path) =>
    isText(value) ? String(value) : misfit(path, `cannot use ${kindOf(value)} as ${name}`);

const boolean: Read = (value, path) => (typeof value === 'boolean' ? value : misfit(path, `cannot use ${kindOf(value)} as Boolean`));

const BUILT_IN: Readonly<Record<string, Read>> = { Int: integer, Float: float, String: text('String'), ID: text('ID'), Boolean: boolean };

function readerOfObject(type: GraphQLInputObjectType): Read {
  const fields = Object.values(type.getFields()).map((field) => ({
    name: field.name,
    // input types may hold themselves
    read: lazily(() => readerOf(field.type)),
    required: isRequiredInputField(field),
    preset: field.defaultValue,
  }));
  const known = new Set(['__typename', ...fields.map(({ name }) => name)]);
  return (value, path) => {
    if (!isObject(value)) return misfit(path, `must be a ${type.name}`);
    for (const name in value) if (value[name] !== undefined && !known.has(name)) misfit(`${path}.${name}`, 'unknown field');
    const made: Record<string, unknown> = {};
    for (const { name, read, required, preset } of fields) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (given !== undefined) made[name] = read(given, `${path}.${name}`);
      else if (required) misfit(`${path}.${name}`, 'must be defined');
      else if (preset !== undefined) made[name] = preset;
    }
    return made;
  };
}

/** What the type makes of a value. Types that tell of faults later, at the field, do not throw. */
const parsed =
  (type: GraphQLLeafType): Read =>
  (value, path) => {
    try {
      return type.parseValue(value);
    } catch (error) {
      return misfit(path, (error as Error).message);
    }
  };

/** Values of an enum are found by their letters, whatever their case; which of them are right is for the type to say. */
function readerOfNamed(type: GraphQLNamedInputType): Read {
  if (isInputObjectType(type)) return readerOfObject(type);
  const parse = parsed(type);
  if (!isEnumType(type)) return BUILT_IN[type.name] ?? parse;
  const names = new Set(type.getValues().map(({ name }) => name.toLowerCase()));
  return (value, path) => {
    if (!isText(value)) return misfit(path, 'enums must be ints or strings');
    return names.has(String(value).toLowerCase()) ? parse(value, path) : misfit(path, `${value} is not a valid ${type.name}`);
  };
}

function readerOf(type: GraphQLInputType): Read {
  if (isNonNullType(type)) {
    const read = readerOf(type.ofType);
    return (value, path) => (value === null ? misfit(path, 'cannot be null') : read(value, path));
  }
  if (isListType(type)) {
    const read = readerOf(type.ofType);
    return (value, path) =>
      value === null ? null : (Array.isArray(value) ? value : [value]).map((item: unknown, at) => read(item, `${path}[${at}]`));
  }
  const read = readerOfNamed(type);
  return (value, path) => (value === null ? null : read(value, path));
}

function lazily(make: () => Read): Read {
  let made: Read | undefined;
  return (value, path) => (made ??= make())(value, path);
}

interface Variable {
  readonly name: string;
  readonly read: Read;
  readonly required: boolean;
  /** The default of the document, or undefined. */
  readonly preset: unknown;
}

function variableOf(schema: GraphQLSchema, { variable, type, defaultValue }: VariableDefinitionNode): Variable {
  // documents are valid when they come here
  const wanted = typeFromAST(schema, type) as GraphQLInputType;
  return {
    name: variable.name.value,
    read: readerOf(wanted),
    required: isNonNullType(wanted),
    preset: defaultValue && valueFromAST(defaultValue, wanted),
  };
}

/** The reader for the variables of a valid operation: made once, used for each request. */
export function variableReader(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): VariableReader {
  const variables = variableDefinitions.map((definition) => variableOf(schema, definition));
  return (given) => {
    const values: Record<string, unknown> = {};
    try {
      for (const { name, read, required, preset } of variables) {
        const value = given && Object.hasOwn(given, name) ? given[name] : undefined;
        if (value !== undefined) values[name] = read(value, name);
        else if (preset !== undefined) values[name] = preset;
        else if (required) misfit(name, 'must be defined');
      }
    } catch (error) {
      if (error instanceof Misfit) return { fault: error.message };
      throw error;
    }
    return { values };
  };
}
