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

/** Where a variable does not fit, and why: `in`, `webhooks`, 0, `type` must be defined. */
export interface Misplaced {
  readonly path: readonly (string | number)[];
  readonly why: string;
}

/** Values by the names of variables, ready for resolvers, or the first one that does not fit. */
export type Understood = { readonly values: Record<string, unknown> } | { readonly fault: Misplaced };

export type VariableReader = (given: Values | null | undefined) => Understood;

class Misfit extends Error implements Misplaced {
  /** Grows from the inside, as nobody needs it where all is well. */
  readonly path: (string | number)[] = [];
  constructor(readonly why: string) {
    super(why);
  }
}

type Read = (value: unknown) => unknown;

const misfit = (why: string): never => {
  throw new Misfit(why);
};

function readAt(step: string | number, read: Read, value: unknown): unknown {
  try {
    return read(value);
  } catch (error) {
    if (error instanceof Misfit) error.path.unshift(step);
    throw error;
  }
}

/** What the wire calls a value that came as JSON: numbers are texts to it until somebody wants them as numbers. */
const kindOf = (value: unknown) =>
  Array.isArray(value) ? 'slice' : value !== null && typeof value === 'object' ? 'map' : typeof value === 'boolean' ? 'bool' : 'string';

const isText = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

/** Digits that fit into 32 bits: the wire takes 64, and refuses what it is going to store. */
function integer(value: unknown): number {
  if (!isText(value)) return misfit(`cannot use ${kindOf(value)} as Int`);
  const number = typeof value === 'number' || /^[+-]?\d+$/.test(value) ? Number(value) : Number.NaN;
  if (!Number.isInteger(number)) return misfit('cannot use string as Int');
  return number === (number | 0) ? number : misfit(`cannot use value ${number} as Int`);
}

function float(value: unknown): number {
  const number = isText(value) && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : misfit(`cannot use ${kindOf(value)} as Float`);
}

const text =
  (name: 'String' | 'ID'): Read =>
  (value) =>
    isText(value) ? String(value) : misfit(`cannot use ${kindOf(value)} as ${name}`);

const boolean: Read = (value) => (typeof value === 'boolean' ? value : misfit(`cannot use ${kindOf(value)} as Boolean`));

const BUILT_IN: Readonly<Record<string, Read>> = { Int: integer, Float: float, String: text('String'), ID: text('ID'), Boolean: boolean };

const undefinedValue: Read = () => misfit('must be defined');
const unknownField: Read = () => misfit('unknown field');

function readerOfObject(type: GraphQLInputObjectType): Read {
  const fields = Object.values(type.getFields()).map((field) => ({
    name: field.name,
    // input types may hold themselves
    read: lazily(() => readerOf(field.type)),
    required: isRequiredInputField(field),
    preset: field.defaultValue,
  }));
  const known = new Set(['__typename', ...fields.map(({ name }) => name)]);
  return (value) => {
    if (!isObject(value)) return misfit(`must be a ${type.name}`);
    for (const name in value) if (value[name] !== undefined && !known.has(name)) readAt(name, unknownField, value);
    const made: Record<string, unknown> = {};
    for (const { name, read, required, preset } of fields) {
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (given !== undefined) made[name] = readAt(name, read, given);
      else if (required) readAt(name, undefinedValue, given);
      else if (preset !== undefined) made[name] = preset;
    }
    return made;
  };
}

/** What the type makes of a value. Types that tell of faults later, at the field, do not throw. */
const parsed =
  (type: GraphQLLeafType): Read =>
  (value) => {
    try {
      return type.parseValue(value);
    } catch (error) {
      return misfit((error as Error).message);
    }
  };

/** Values of an enum are found by their letters, whatever their case; which of them are right is for the type to say. */
function readerOfNamed(type: GraphQLNamedInputType): Read {
  if (isInputObjectType(type)) return readerOfObject(type);
  const parse = parsed(type);
  if (!isEnumType(type)) return BUILT_IN[type.name] ?? parse;
  const names = new Set(type.getValues().map(({ name }) => name.toLowerCase()));
  return (value) => {
    if (!isText(value)) return misfit('enums must be ints or strings');
    return names.has(String(value).toLowerCase()) ? parse(value) : misfit(`${value} is not a valid ${type.name}`);
  };
}

function readerOf(type: GraphQLInputType): Read {
  if (isNonNullType(type)) {
    const read = readerOf(type.ofType);
    return (value) => (value === null ? misfit('cannot be null') : read(value));
  }
  if (isListType(type)) {
    const read = readerOf(type.ofType);
    return (value) => (value === null ? null : (Array.isArray(value) ? value : [value]).map((item: unknown, at) => readAt(at, read, item)));
  }
  const read = readerOfNamed(type);
  return (value) => (value === null ? null : read(value));
}

function lazily(make: () => Read): Read {
  let made: Read | undefined;
  return (value) => (made ??= make())(value);
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
        if (value !== undefined) values[name] = readAt(name, read, value);
        else if (preset !== undefined) values[name] = preset;
        else if (required) readAt(name, undefinedValue, value);
      }
    } catch (error) {
      if (error instanceof Misfit) return { fault: error };
      throw error;
    }
    return { values };
  };
}
