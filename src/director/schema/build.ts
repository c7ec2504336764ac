/**
 * Makes the executable schema of the SDL and the concepts: resolvers get their checks here, once, in the wire's order:
 * scalars, rights on input fields, `@validate`, the concept's own check, scopes, `@hasScenario`, resolver (`reference: facts/security.md 1.4`).
 */
import {
  buildASTSchema,
  defaultFieldResolver,
  GraphQLDirective,
  type GraphQLEnumType,
  GraphQLScalarType,
  GraphQLSchema,
  getNamedType,
  isEnumType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
  isUnionType,
  parse,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLResolveInfo,
} from 'graphql';
import { andThen, type Awaitable } from '../../registry/contract.ts';
import { tolerantSchema } from '../../wire/tolerant.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { DirectorError, invalidData } from '../errors.ts';
import { requirePageSize } from '../page.ts';
import { inputError } from '../validation.ts';
import { describeSchema } from './descriptions.ts';
import { idReader } from './ids.ts';
import type { DirectorSchema } from './schemas.ts';
import { asWritten, literalOf } from './literal.ts';
import { directiveOf, hasScopes, inputGuard, requireScopes, scopesOf } from './scopes.ts';
import { SDL } from './sdl.generated.ts';

/** An argument's scalar that could not be read: kept in its place until the field is reached, whose error it becomes. */
class ScalarFault {
  constructor(readonly error: DirectorError) {}
}

function findScalarFault(value: unknown): ScalarFault | undefined {
  if (value instanceof ScalarFault) return value;
  if (value === null || typeof value !== 'object') return undefined;
  for (const inner of Object.values(value)) {
    const fault = findScalarFault(inner);
    if (fault) return fault;
  }
  return undefined;
}

function refuseScalarFaults(args: Record<string, unknown>): void {
  const fault = findScalarFault(args);
  if (fault) throw fault.error;
}

const tolerant =
  <A extends unknown[]>(read: (...args: A) => unknown) =>
  (...args: A) => {
    // what was read before is not read again
    if (args[0] instanceof ScalarFault) return args[0];
    try {
      return read(...args);
    } catch (error) {
      return new ScalarFault(error instanceof DirectorError ? error : invalidData(error instanceof Error ? error.message : String(error)));
    }
  };

/** Letters in another case are a fault of the field; what is no value in any case does not fit the variable. */
function enumReader(type: GraphQLEnumType): GraphQLEnumType['parseValue'] {
  const read = type.parseValue.bind(type);
  const names = new Map(type.getValues().map(({ name }) => [name.toLowerCase(), name]));
  return (value) => {
    if (value instanceof ScalarFault) return value;
    const name = typeof value === 'string' ? names.get(value.toLowerCase()) : undefined;
    if (name !== undefined && name !== value) return new ScalarFault(invalidData(`${String(value)} is not a valid ${type.name}`));
    return read(value) as unknown;
  };
}

type Resolver = GraphQLFieldResolver<unknown, DirectorContext>;
type Arguments = Record<string, unknown>;
type Check = (args: Arguments, context: DirectorContext, info?: GraphQLResolveInfo) => Awaitable<void>;

const lookup = <K extends 'validators' | 'beforeScopes' | 'afterScopes'>(
  concepts: readonly Concept[],
  kind: K,
  name: string,
): NonNullable<Concept[K]>[string] | undefined =>
  concepts.map((concept) => concept[kind]?.[name]).find((found) => found !== undefined) as NonNullable<Concept[K]>[string] | undefined;

function checksOf(field: GraphQLField<unknown, DirectorContext>, concepts: readonly Concept[]): Check[] {
  const checks: Check[] = [refuseScalarFaults];
  for (const argument of field.args) {
    const guard = inputGuard(argument.type);
    if (guard)
      checks.push((args, { caller }, info) => guard(asWritten(args[argument.name], literalOf(argument.name, info)), caller.scopes));
  }
  for (const argument of field.args) {
    if (!directiveOf(argument.astNode, 'validate')) continue;
    const inputType = getNamedType(argument.type).name;
    const judge = lookup(concepts, 'validators', inputType);
    if (!judge) continue;
    checks.push((args) => {
      const faults = judge(args[argument.name]);
      if (faults) throw inputError(inputType, faults);
    });
  }
  const before = lookup(concepts, 'beforeScopes', field.name);
  if (before) checks.push(before);
  const scopes = directiveOf(field.astNode, 'hasScopes');
  if (scopes) {
    const required = scopesOf(scopes.path!);
    checks.push((_, { caller }) => requireScopes(caller.scopes, required));
  }
  // a page size of null is refused before anybody asks for a tenant; health checks have no pages
  if (field.args.some(({ name }) => name === 'first') && field.name !== 'healthChecks') checks.push((args) => void requirePageSize(args));
  const after = lookup(concepts, 'afterScopes', field.name);
  if (after) checks.push(after);
  return checks;
}

function guardedRoot(
  field: GraphQLField<unknown, DirectorContext>,
  concepts: readonly Concept[],
  resolve: Resolver,
  mutates: boolean,
): Resolver {
  const checks = checksOf(field, concepts);
  const readIDs = idReader(field);
  return (parent, given, context, info) => {
    if (mutates && context.outcome) return context.outcome;
    // mutations of one document run one after the other
    if (mutates) context.operation = field.name;
    const args = readIDs(given);
    const next = (index: number): Awaitable<unknown> =>
      index === checks.length ? resolve(parent, args, context, info) : andThen(checks[index]!(args, context, info), () => next(index + 1));
    return next(0);
  };
}

function withReadArguments(field: GraphQLField<unknown, DirectorContext>, resolve: Resolver): Resolver {
  const readIDs = idReader(field);
  // a plan gives the same arguments to all objects of a page
  let good: Arguments | undefined;
  let args: Arguments = {};
  return (parent, given, context, info) => {
    if (given !== good) {
      refuseScalarFaults(given);
      [good, args] = [given, readIDs(given)];
    }
    return resolve(parent, args, context, info);
  };
}

function guardedField(field: GraphQLField<unknown, DirectorContext>): void {
  if (field.resolve && field.args.length > 0) field.resolve = withReadArguments(field, field.resolve as Resolver);
  const resolve = (field.resolve ?? defaultFieldResolver) as Resolver;
  const hidden = directiveOf(field.astNode, 'sanitize');
  const refused = directiveOf(field.astNode, 'hasScopes');
  if (hidden) {
    const required = scopesOf(hidden.path!);
    field.resolve = (parent, args, context, info) =>
      hasScopes(context.caller.scopes, required) ? resolve(parent, args, context, info) : null;
  } else if (refused) {
    const required = scopesOf(refused.path!);
    field.resolve = (parent, args, context, info) => {
      requireScopes(context.caller.scopes, required);
      return resolve(parent, args, context, info);
    };
  }
}

export function buildDirectorSchema(concepts: readonly Concept[]): DirectorSchema {
  const built = buildASTSchema(parse(SDL, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
  describeSchema(built);
  const unanswered: string[] = [];

  for (const { resolvers } of concepts)
    for (const [typeName, given] of Object.entries(resolvers)) {
      const type = built.getType(typeName);
      if (given instanceof GraphQLScalarType) {
        if (!isScalarType(type)) throw new Error(`${typeName} is no scalar of the schema`);
        Object.assign(type, { serialize: given.serialize, parseValue: given.parseValue, parseLiteral: given.parseLiteral });
      } else if (isUnionType(type) || isInterfaceType(type)) {
        type.resolveType = given.__resolveType as never;
      } else if (isObjectType(type)) {
        const fields = type.getFields();
        for (const [name, resolver] of Object.entries(given)) {
          if (!fields[name]) throw new Error(`${typeName}.${name} is no field of the schema`);
          fields[name].resolve = resolver as Resolver;
        }
      } else throw new Error(`${typeName} is no type of the schema`);
    }

  for (const type of Object.values(built.getTypeMap())) {
    if (isScalarType(type) && !isSpecifiedScalarType(type)) {
      type.parseValue = tolerant(type.parseValue.bind(type));
      type.parseLiteral = tolerant(type.parseLiteral.bind(type));
    }
    if (isEnumType(type) && !isIntrospectionType(type)) type.parseValue = enumReader(type);
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    const root = type === built.getQueryType() || type === built.getMutationType();
    for (const field of Object.values(type.getFields())) {
      if (!root) guardedField(field);
      else {
        if (!field.resolve) unanswered.push(`${type.name}.${field.name}`);
        const answer: Resolver =
          field.resolve ??
          (() => {
            throw new DirectorError('InvalidOperation', { reason: `${field.name} is not built yet` });
          });
        field.resolve = guardedRoot(field, concepts, answer, type === built.getMutationType());
      }
    }
  }

  const config = built.toConfig();
  // newer graphql-js knows more about directives than the wire's introspection shows
  const directives = config.directives
    .filter((directive) => directive.name !== 'oneOf')
    .map((directive) => {
      const { locations, ...rest } = directive.toConfig();
      return new GraphQLDirective({ ...rest, locations: locations.filter((location) => (location as string) !== 'DIRECTIVE_DEFINITION') });
    });
  const published = new GraphQLSchema({ ...config, directives, assumeValid: true });
  return { published, tolerant: tolerantSchema(published), unanswered };
}
