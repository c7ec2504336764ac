/** Queries of the Director's schema made by chance, and a schema whose answers depend on their place alone. */
import { createHash } from 'node:crypto';
import {
  buildASTSchema,
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
} from 'graphql';
import { SDL } from '../../../../src/director/schema/sdl.generated.ts';

/**
 * What resolvers do beside answering, now or later: nothing, or also fail and answer null where they must not, all at once or all later.
 * (Of a list with both kinds graphql-js forgets promises, whose failure nobody hears.)
 */
export type Temper = 'good' | 'bad' | 'bad later';

/** Numbers from 0 to below `below`, always the same for the same place. */
const chance = (place: string, below: number) => createHash('sha1').update(place).digest().readUInt32BE() % below;

interface Place {
  readonly at: string;
  readonly type?: string;
}

export function placedSchema(): GraphQLSchema {
  const schema = buildASTSchema(parse(SDL, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (value) => (value as Place).type;
    if (isObjectType(type))
      for (const field of Object.values(type.getFields()))
        field.resolve = (source, args, { temper }: { readonly temper: Temper }) => {
          const at = `${(source as Place | undefined)?.at ?? ''}.${field.name}${JSON.stringify(args)}`;
          return valueAt(schema, field.type, at, temper);
        };
  }
  return schema;
}

function valueAt(schema: GraphQLSchema, type: GraphQLOutputType, at: string, temper: Temper): unknown {
  const mood = chance(`mood ${at}`, 40);
  const failure = temper !== 'good' && mood < 3;
  if (failure && mood === 0 && temper === 'bad') throw new Error(at);
  if (failure && mood === 0) return Promise.reject(new Error(at));
  const value = failure ? [undefined, new Error(at), null][mood] : plainValue(schema, type, at, temper);
  return temper === 'bad later' || (temper === 'good' && mood > 30) ? Promise.resolve(value) : value;
}

function plainValue(schema: GraphQLSchema, type: GraphQLOutputType, at: string, temper: Temper): unknown {
  if (!isNonNullType(type) && chance(`null ${at}`, 8) === 0) return null;
  const wanted = getNullableType(type);
  if (isListType(wanted))
    return Array.from({ length: chance(`length ${at}`, 4) }, (_, index) => valueAt(schema, wanted.ofType, `${at}[${index}]`, temper));
  if (isAbstractType(wanted)) {
    const possible = schema.getPossibleTypes(wanted);
    return { at, type: possible[chance(`type ${at}`, possible.length)]!.name };
  }
  if (isObjectType(wanted)) return { at };
  if (isEnumType(wanted)) return wanted.getValues()[chance(at, wanted.getValues().length)]!.value;
  return { Int: chance(at, 1000), Boolean: chance(at, 2) === 1 }[wanted.name] ?? `value ${chance(at, 1000)}`;
}

/** Picks a number from 0 to below the given one. */
export type Pick = (below: number) => number;

export interface Query {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

export function queryBy(schema: GraphQLSchema, pick: Pick): Query {
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];
  const nameOf = (prefix: string, all: readonly unknown[]) => `${prefix}${all.length}`;

  const literal = (type: GraphQLInputType, depth: number): unknown => {
    if (isNonNullType(type)) return literal(type.ofType, depth);
    if (isListType(type)) return [literal(type.ofType, depth)];
    if (isEnumType(type)) return new EnumName(type.getValues()[pick(type.getValues().length)]!.name);
    if (isInputObjectType(type))
      return Object.fromEntries(
        Object.values(type.getFields())
          .filter((field) => isRequiredInputField(field) || (depth < 2 && pick(4) === 0))
          .map((field) => [field.name, literal(field.type, depth + 1)]),
      );
    return { Int: pick(10), Boolean: pick(2) === 1 }[type.name] ?? `text "${pick(4)}"`;
  };
  const argument = ({ name, type }: GraphQLArgument): string => {
    const value = literal(type, 0);
    if (pick(2) === 0) return `${name}: ${written(value)}`;
    const variable = nameOf('v', definitions);
    definitions.push(`$${variable}: ${String(type)}`);
    variables[variable] = plain(value);
    return `${name}: $${variable}`;
  };
  const selection = (type: GraphQLNamedType, depth: number): string => {
    const fields = isAbstractType(type) ? [] : isObjectType(type) ? Object.values(type.getFields()) : [];
    const parts = Array.from({ length: 1 + pick(4) }, () => {
      const field = fields[pick(Math.max(1, fields.length))];
      if (!field || (isCompositeType(getNamedType(field.type)) && depth === 0)) return '__typename';
      const args = field.args.filter((one) => isRequiredArgument(one) || pick(3) === 0).map(argument);
      const inner = isCompositeType(getNamedType(field.type)) ? selection(getNamedType(field.type), depth - 1) : '';
      return `${args.length > 0 || pick(3) === 0 ? `${nameOf('a', [...counted])}: ${(counted.push(0), '')}` : ''}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''} ${inner}`;
    });
    if (isAbstractType(type))
      for (const possible of schema.getPossibleTypes(type)) parts.push(`... on ${possible.name} ${selection(possible, depth - 1)}`);
    else if (pick(4) === 0) {
      const name = nameOf('F', fragments);
      const place = fragments.push('') - 1;
      fragments[place] = `fragment ${name} on ${type.name} ${selection(type, depth - 1)}`;
      parts.push(`...${name}`, `...${name}`);
    }
    return `{ ${parts.join(' ')} }`;
  };
  const counted: number[] = [];
  const body = selection(schema.getQueryType()!, 4);
  return { text: `query ${definitions.length > 0 ? `(${definitions.join(', ')})` : ''} ${body} ${fragments.join(' ')}`, variables };
}

class EnumName {
  constructor(readonly name: string) {}
}

function written(value: unknown): string {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return `[${value.map(written).join(', ')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${written(inner)}`)
      .join(', ')}}`;
  return JSON.stringify(value);
}

function plain(value: unknown): unknown {
  if (value instanceof EnumName) return value.name;
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  return value;
}
