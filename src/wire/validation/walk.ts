/**
 * Goes through a document as the reference's library does, so that faults are found in its order: what stands inside before what is around it,
 * and a fragment at each operation that spreads it, as its variables are theirs, and once for itself.
 */
import {
  type ASTNode,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  getNamedType,
  GraphQLError,
  type GraphQLArgument,
  type GraphQLDirective,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  type InlineFragmentNode,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type Location,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  typeFromAST,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from '../fragments.ts';

type Maybe<T> = T | undefined;
type Argument = Pick<GraphQLArgument, 'name' | 'type' | 'defaultValue'>;
type Parent = Maybe<GraphQLNamedType>;

/** What is known of a field: `__typename` is one everywhere. */
export interface FieldMeaning {
  readonly type: GraphQLOutputType;
  readonly args: readonly Argument[];
}

export type FieldLike = GraphQLField<unknown, unknown> | FieldMeaning;

/** What a rule looks at; each is told after what stands inside it. */
export interface Rule {
  variable?(node: VariableDefinitionNode, type: Maybe<GraphQLInputType>): void;
  value?(node: ValueNode, expected: Maybe<GraphQLInputType>): void;
  directive?(node: DirectiveNode, meaning: Maybe<GraphQLDirective>, location: string): void;
  directives?(nodes: readonly DirectiveNode[]): void;
  field?(node: FieldNode, parent: Parent, meaning: Maybe<FieldLike>): void;
  inlineFragment?(node: InlineFragmentNode, parent: Parent): void;
  spread?(node: FragmentSpreadNode, parent: Parent, fragment: Maybe<FragmentDefinitionNode>): void;
  operation?(node: OperationDefinitionNode): void;
  fragment?(node: FragmentDefinitionNode): void;
}

type Listeners = { readonly [Event in keyof Rule]-?: readonly NonNullable<Rule[Event]>[] };

/** For each thing to look at those who look at it, in their order. */
function listenersOf(rules: readonly Rule[]): Listeners {
  const of = <Event extends keyof Rule>(event: Event) =>
    rules.flatMap((rule): NonNullable<Rule[Event]>[] => (rule[event] ? [rule[event].bind(rule) as NonNullable<Rule[Event]>] : []));
  return {
    variable: of('variable'),
    value: of('value'),
    directive: of('directive'),
    directives: of('directives'),
    field: of('field'),
    inlineFragment: of('inlineFragment'),
    spread: of('spread'),
    operation: of('operation'),
    fragment: of('fragment'),
  };
}

export type MakeRule = (walk: Walk) => Rule;

/** Far more than a document asks for that is not made to cost time; `cost.ts` bounds each operation alone. */
const MOST_STEPS = 100_000;
const MOST_FAULTS = 100;

class Enough extends Error {}

/** The fields that may be asked of a type. */
export function fieldsOf(schema: GraphQLSchema, type: GraphQLNamedType): Readonly<Record<string, GraphQLField<unknown, unknown>>> {
  const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
  return type === schema.getQueryType()
    ? { ...fields, [SchemaMetaFieldDef.name]: SchemaMetaFieldDef, [TypeMetaFieldDef.name]: TypeMetaFieldDef }
    : fields;
}

/** Where the wire has a node begin: texts behind their quote, fragments behind their dots. */
function beginningOf({ kind }: ASTNode, { start, startToken }: Location): number {
  if (kind === Kind.INLINE_FRAGMENT) return startToken.next?.start ?? start;
  return kind === Kind.STRING ? start + 1 : start;
}

const TYPENAME: FieldMeaning = { type: GraphQLString, args: [] };

const LOCATIONS = { query: 'QUERY', mutation: 'MUTATION', subscription: 'SUBSCRIPTION' } as const;

export class Walk {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operations: readonly OperationDefinitionNode[];
  readonly fragments: Fragments;
  readonly faults: GraphQLError[] = [];
  /** Undefined inside a fragment that is looked at for itself. */
  operation: Maybe<OperationDefinitionNode>;
  /** Whether the last fault tells that the rest was not looked at. */
  gaveUp = false;
  readonly #tell: Listeners;
  readonly #fields = new Map<GraphQLNamedType, Readonly<Record<string, GraphQLField<unknown, unknown>>>>();
  #opened = new Set<string>();
  #steps = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode, rules: readonly MakeRule[]) {
    this.schema = schema;
    this.document = document;
    this.operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
    this.fragments = fragmentsOf(document);
    this.#tell = listenersOf(rules.map((make) => make(this)));
  }

  /** Notes a fault at the beginning of a node. */
  fault(node: ASTNode, message: string): void {
    this.faults.push(new GraphQLError(message, node.loc && { source: node.loc.source, positions: [beginningOf(node, node.loc)] }));
    if (this.faults.length >= MOST_FAULTS) throw new Enough('too many faults, the rest of the document was not looked at');
  }

  run(): readonly GraphQLError[] {
    try {
      for (const operation of this.operations) this.#operation(operation);
      for (const node of this.document.definitions) if (node.kind === Kind.FRAGMENT_DEFINITION) this.#fragment(node);
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
      this.gaveUp = true;
      this.faults.push(new GraphQLError(error.message));
    }
    return this.faults;
  }

  #operation(node: OperationDefinitionNode): void {
    this.operation = node;
    this.#opened = new Set();
    const variables = (node.variableDefinitions ?? []).map((variable) => {
      const type = typeFromAST(this.schema, variable.type) as Maybe<GraphQLInputType>;
      for (const tell of this.#tell.variable) tell(variable, type);
      return { variable, type };
    });
    for (const { variable, type } of variables) {
      if (variable.defaultValue) this.#value(variable.defaultValue, type);
      this.#directives(variable.directives, 'VARIABLE_DEFINITION');
    }
    this.#directives(node.directives, LOCATIONS[node.operation]);
    this.#selections(node.selectionSet, this.schema.getRootType(node.operation) ?? undefined);
    for (const tell of this.#tell.operation) tell(node);
    this.operation = undefined;
  }

  #fragment(node: FragmentDefinitionNode): void {
    this.#opened = new Set();
    this.#directives(node.directives, 'FRAGMENT_DEFINITION');
    this.#selections(node.selectionSet, this.schema.getType(node.typeCondition.name.value));
    for (const tell of this.#tell.fragment) tell(node);
  }

  #directives(nodes: readonly (DirectiveNode | ConstDirectiveNode)[] = [], location: string): void {
    for (const node of nodes) {
      const meaning = this.schema.getDirective(node.name.value) ?? undefined;
      this.#arguments(node.arguments, meaning?.args);
      for (const tell of this.#tell.directive) tell(node, meaning, location);
    }
    for (const tell of this.#tell.directives) tell(nodes);
  }

  #arguments(nodes: FieldNode['arguments'] = [], known: readonly Argument[] = []): void {
    for (const { name, value } of nodes) this.#value(value, known.find((argument) => argument.name === name.value)?.type);
  }

  #value(node: ValueNode, expected: Maybe<GraphQLInputType>): void {
    this.#step();
    if (node.kind === Kind.OBJECT) {
      const type = expected && getNamedType(expected);
      const fields = isInputObjectType(type) ? type.getFields() : {};
      for (const { name, value } of node.fields) this.#value(value, fields[name.value]?.type);
    }
    if (node.kind === Kind.LIST) {
      const list = isNonNullType(expected) ? expected.ofType : expected;
      const item = isListType(list) ? (list.ofType as GraphQLInputType) : undefined;
      for (const value of node.values) this.#value(value, item);
    }
    for (const tell of this.#tell.value) tell(node, expected);
  }

  #selections({ selections }: SelectionSetNode, parent: Parent): void {
    for (const selection of selections) this.#selection(selection, parent);
  }

  #selection(node: SelectionNode, parent: Parent): void {
    this.#step();
    if (node.kind === Kind.FIELD) {
      const meaning = this.#meaning(node.name.value, parent);
      this.#arguments(node.arguments, meaning?.args);
      this.#directives(node.directives, 'FIELD');
      if (node.selectionSet) this.#selections(node.selectionSet, meaning && getNamedType(meaning.type));
      for (const tell of this.#tell.field) tell(node, parent, meaning);
    } else if (node.kind === Kind.INLINE_FRAGMENT) {
      this.#directives(node.directives, 'INLINE_FRAGMENT');
      this.#selections(node.selectionSet, node.typeCondition ? this.schema.getType(node.typeCondition.name.value) : parent);
      for (const tell of this.#tell.inlineFragment) tell(node, parent);
    } else {
      const name = node.name.value;
      const fragment = this.fragments.get(name);
      this.#directives(node.directives, 'FRAGMENT_SPREAD');
      if (fragment && !this.#opened.has(name)) {
        this.#opened.add(name);
        this.#selections(fragment.selectionSet, this.schema.getType(fragment.typeCondition.name.value));
      }
      for (const tell of this.#tell.spread) tell(node, parent, fragment);
    }
  }

  #meaning(name: string, parent: Parent): Maybe<FieldLike> {
    if (name === '__typename') return TYPENAME;
    if (!parent) return undefined;
    let fields = this.#fields.get(parent);
    if (!fields) this.#fields.set(parent, (fields = fieldsOf(this.schema, parent)));
    return Object.hasOwn(fields, name) ? fields[name] : undefined;
  }

  #step(): void {
    if (++this.#steps > MOST_STEPS) throw new Enough('the document takes too long to look at');
  }
}
