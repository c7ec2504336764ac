/**
 * Documents made into functions, once each. graphql-js walks the document anew for every object of an answer; a plan has done so before,
 * and goes on without a promise where values are there already. It knows the good way alone: where anything else happens (a fault, a null that must
 * not be, a form that it does not know) it gives up with `Unplanned` or the fault itself, and graphql-js tells what there is to tell.
 * What a mutation has done by then is not done again: its outcome is kept in the context.
 */
import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  getNullableType,
  type GraphQLField,
  type GraphQLFieldResolver,
  GraphQLID,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  Kind,
  type StringValueNode,
  type ValueNode,
  visit,
} from 'graphql';
import type { Awaitable } from '../../registry/contract.ts';
import type { DirectorContext } from '../context.ts';
import { leafText, listOf, NULL, objectOf, type PlannedField, Unplanned, unplanned, type Write } from './plan-text.ts';
import { type Fragments, fragmentsOf } from '../../wire/fragments.ts';
import { variableReader } from '../../wire/variables.ts';
import { type Collected, collectFields } from './selection.ts';

type Arguments = Record<string, unknown>;
type Values = Readonly<Record<string, unknown>>;

/** What one request brings. */
export interface Run {
  readonly context: DirectorContext;
  /** Arguments that differ between requests, by their number in the plan: the same for every object. */
  readonly args: readonly Arguments[];
  /** @see Given */
  readonly keeps: boolean;
}

/** What differs between requests with documents of one shape. */
export interface Given {
  readonly variables: Values | null | undefined;
  /** The texts that stand in the document, in their order. */
  readonly strings: readonly string[];
  /** Whether the registry keeps records, so that parts of them come again as the same objects. */
  readonly keeps: boolean;
}

/** Answers the JSON text of `data`. @throws Unplanned and whatever resolvers throw: then graphql-js is to answer */
export type Plan = (context: DirectorContext, given: Given) => Awaitable<string>;

/** Undefined for what only graphql-js answers: several mutations in one document, subscriptions, conditions, introspection. */
export function planOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Plan | undefined {
  if (contains(document, 'Directive')) return undefined;
  const definitions = operation.variableDefinitions ?? [];
  if (definitions.some((definition) => contains(definition, 'StringValue'))) return undefined;
  try {
    return new Planner(schema, document).plan(operation);
  } catch (error) {
    if (error instanceof Unplanned) return undefined;
    throw error;
  }
}

function contains(node: ASTNode, kind: 'Directive' | 'StringValue' | 'Variable'): boolean {
  let found = false;
  visit(node, {
    [kind]: () => {
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** Names of the variables that stand for fields of input objects in a literal. */
function variablesInObjects(value: ValueNode): string[] {
  const found: string[] = [];
  visit(value, { ObjectField: (field) => void (field.value.kind === Kind.VARIABLE && found.push(field.value.name.value)) });
  return found;
}

/** Argument values of requests, made of variables and of the texts in their documents. */
type Bind = (variables: Values, strings: readonly string[]) => Arguments;

class Planner {
  readonly #schema: GraphQLSchema;
  readonly #fragments: Fragments;
  readonly #places = new Map<StringValueNode, number>();
  readonly #binds: Bind[] = [];

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    this.#fragments = fragmentsOf(document);
    visit(document, { StringValue: (node) => void this.#places.set(node, this.#places.size) });
  }

  plan(operation: OperationDefinitionNode): Plan {
    const root = this.#schema.getRootType(operation.operation) ?? unplanned();
    const selected = collectFields(this.#schema, this.#fragments, root, [operation.selectionSet]);
    // answers of several mutations are read in turn, each before the next: graphql-js could not do so a second time
    if (operation.operation !== 'query' && selected.length !== 1) return unplanned();
    const answer = objectOf(this.#fields(root, selected));
    const read = variableReader(this.#schema, operation);
    return (context, { variables, strings, keeps }) => {
      const understood = read(variables);
      if ('fault' in understood) return unplanned();
      return answer(undefined, { context, args: this.#binds.map((bind) => bind(understood.values, strings)), keeps });
    };
  }

  #fields(type: GraphQLObjectType, selected: readonly Collected[]): PlannedField<Run>[] {
    return selected.map(({ key, nodes }) => {
      const name = nodes[0]!.name.value;
      if (key === '__proto__') return unplanned();
      if (name === '__typename') return { key, from: () => type.name, write: (value) => leafText(value, false), isText: true };
      const field = type.getFields()[name] ?? unplanned();
      const from = this.#source(type === this.#schema.getMutationType() ? changing(field, key) : field, nodes[0]!);
      return { key, from, write: this.#writer(field.type, nodes), isText: isText(getNullableType(field.type)) };
    });
  }

  #source(field: GraphQLField<unknown, unknown>, node: FieldNode): PlannedField<Run>['from'] {
    const { name } = field;
    if (!field.resolve) return name;
    // resolvers look at nothing but these three
    const resolve = field.resolve as (source: unknown, args: Arguments, context: DirectorContext) => unknown;
    const given = node.arguments ?? [];
    const hasStrings = given.some((argument) => contains(argument, 'StringValue'));
    if (!hasStrings && !given.some((argument) => contains(argument, 'Variable'))) {
      const args = getArgumentValues(field, node);
      return (source, { context }) => resolve(source, args, context);
    }
    // the wire takes a field whose variable is left out for null, and plans do not tell resolvers so
    const needed = given.flatMap(({ value }) => variablesInObjects(value));
    const bound: Bind = hasStrings
      ? (variables, strings) => getArgumentValues(field, this.#withStrings(node, strings), variables)
      : (variables) => getArgumentValues(field, node, variables);
    const bind: Bind = (variables, strings) =>
      needed.every((variable) => Object.hasOwn(variables, variable)) ? bound(variables, strings) : unplanned();
    const number = this.#binds.push(needed.length === 0 ? bound : bind) - 1;
    return (source, { context, args }) => resolve(source, args[number]!, context);
  }

  /** The field as it stands in a document of the same shape with other texts. */
  #withStrings(node: FieldNode, strings: readonly string[]): FieldNode {
    const replaced = (value: ValueNode): ValueNode => {
      if (value.kind === Kind.STRING) return { ...value, value: strings[this.#places.get(value)!]! };
      if (value.kind === Kind.LIST) return { ...value, values: value.values.map(replaced) };
      if (value.kind !== Kind.OBJECT) return value;
      return { ...value, fields: value.fields.map((field) => ({ ...field, value: replaced(field.value) })) };
    };
    return { ...node, arguments: node.arguments?.map((argument) => ({ ...argument, value: replaced(argument.value) })) };
  }

  #writer(type: GraphQLOutputType, nodes: readonly FieldNode[]): Write<Run> {
    if (isNonNullType(type)) {
      const inner = this.#writer(type.ofType, nodes);
      return (value, run) => {
        const text = inner(value, run);
        return text instanceof Promise ? text.then(notNull) : notNull(text);
      };
    }
    if (isListType(type)) return listOf(this.#writer(type.ofType, nodes));
    if (isLeafType(type)) {
      const serialize = type.serialize.bind(type) as (value: unknown) => unknown;
      return (value, { keeps }) => (value === null || value === undefined ? NULL : leafText(serialize(known(value)), keeps));
    }
    if (isObjectType(type)) {
      const write = this.#object(type, nodes);
      return (value, run) => (value === null || value === undefined ? NULL : write(known(value), run));
    }
    if (!isAbstractType(type) || !type.resolveType) return unplanned();
    const nameOf = type.resolveType as unknown as (value: unknown, context: DirectorContext) => unknown;
    const possible = new Map(this.#schema.getPossibleTypes(type).map((one) => [one.name, this.#object(one, nodes)]));
    return (value, run) => {
      if (value === null || value === undefined) return NULL;
      const write = possible.get(nameOf(known(value), run.context) as string) ?? unplanned();
      return write(value, run);
    };
  }

  #object(type: GraphQLObjectType, nodes: readonly FieldNode[]): Write<Run> {
    const sets = nodes.map((node) => node.selectionSet ?? unplanned());
    return objectOf(this.#fields(type, collectFields(this.#schema, this.#fragments, type, sets)));
  }
}

/** Scalars whose texts are shown as they are. */
const isText = (type: GraphQLOutputType) => type === GraphQLString || type === GraphQLID;

const notNull = (text: string) => (text === NULL ? unplanned() : text);

/** A mutation whose outcome is kept. Its resolver is told what the field is called in the answer. */
function changing({ resolve = unplanned, ...field }: GraphQLField<unknown, unknown>, key: string): GraphQLField<unknown, unknown> {
  const info = { path: { key, prev: undefined, typename: undefined } } as GraphQLResolveInfo;
  const carriedOut = (source: unknown, args: Arguments, context: DirectorContext) =>
    (context.outcome = (async () => resolve(source, args, context, info))());
  return { ...field, resolve: carriedOut as GraphQLFieldResolver<unknown, unknown> };
}

/** graphql-js calls functions and throws errors that it finds in place of values. */
const known = (value: unknown) =>
  typeof value === 'function' || (typeof value === 'object' && value instanceof Error) ? unplanned() : value;
