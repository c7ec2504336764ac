/** The scalars of the Director's schema: how they are read from variables and documents, and written (`reference: facts/bundles.md 1.7`). */
import { GraphQLScalarType, Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import { DEEPEST, isDeeperThan } from '../texts/depth.ts';
import { invalidData, type DirectorError } from '../errors.ts';

type Variables = Readonly<Record<string, unknown>> | null | undefined;

/** A scalar that variables and documents give in the same form. */
function scalar<T>(name: string, read: (value: unknown) => T): GraphQLScalarType<T, unknown> {
  return new GraphQLScalarType<T, unknown>({
    name,
    serialize: (value) => value,
    parseValue: read,
    parseLiteral: (node, variables) => read(plain(node, variables)),
  });
}

/** The value of a literal in the document; objects are ordinary ones. */
function plain(node: ValueNode, variables: Variables): unknown {
  if (node.kind === Kind.OBJECT) return Object.fromEntries(node.fields.map((field) => [field.name.value, plain(field.value, variables)]));
  if (node.kind === Kind.LIST) return node.values.map((value) => plain(value, variables));
  return valueFromASTUntyped(node, variables) ?? null;
}

function textOf(name: string, value: unknown): string {
  if (typeof value !== 'string') throw invalidData(`${name} must be a text, not ${value === null ? 'null' : typeof value}`);
  return value;
}

const text = (name: string) => scalar(name, (value) => textOf(name, value));

/** What PostgreSQL's `jsonb`, the measure of the wire, does not hold. */
function refuseUnstorable(_key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('number out of range');
  const texts =
    typeof value === 'string' ? [value] : value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  if (texts.some((part) => part.includes('\0') || /\p{Surrogate}/u.test(part))) throw new RangeError('text cannot be stored');
  return value;
}

/** Text that holds JSON; kept as it was given. */
const jsonText = (name: string, fault: DirectorError) =>
  scalar(name, (value) => {
    const json = textOf(name, value);
    try {
      JSON.parse(json, refuseUnstorable);
    } catch {
      throw fault;
    }
    return json;
  });

function shallow<T>(what: string, value: T): T {
  if (isDeeperThan(value, DEEPEST)) throw invalidData(`${what} can be at most ${DEEPEST} levels deep`);
  return value;
}

/** A zero in the document is told apart from one in a variable as -0: the wire takes the former for no value (`facts/applications.md 4`). */
const Any = new GraphQLScalarType<unknown, unknown>({
  name: 'Any',
  serialize: (value) => value,
  parseValue: (value) => (value === 0 ? 0 : shallow('the value', value)),
  parseLiteral: (node, variables) => {
    const value = plain(node, variables);
    return value === 0 && node.kind !== Kind.VARIABLE ? -0 : value;
  },
});

const Labels = scalar('Labels', (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidData('labels must be an object');
  return shallow('labels', value as Record<string, unknown>);
});

/** Multimaps are given as JSON text in the Serialized fields; in this form they are only shown. */
const multimap = (name: string, serialized: string) =>
  scalar<never>(name, () => {
    throw invalidData(`${name} cannot be given as an object, use the text form ${serialized}`);
  });

export const SCALARS: Readonly<Record<string, GraphQLScalarType>> = {
  Any,
  CLOB: text('CLOB'),
  HttpHeaders: multimap('HttpHeaders', 'additionalHeadersSerialized'),
  HttpHeadersSerialized: text('HttpHeadersSerialized'),
  JSON: jsonText('JSON', invalidData('JSON input is not a valid JSON')),
  JSONSchema: jsonText('JSONSchema', invalidData('JSONSchema input is not a valid JSON')),
  Labels,
  PageCursor: text('PageCursor'),
  QueryParams: multimap('QueryParams', 'additionalQueryParamsSerialized'),
  QueryParamsSerialized: text('QueryParamsSerialized'),
  Timestamp: text('Timestamp'),
};
