/** What a document asks for, measured before it is validated, let alone carried out. */
import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { type Fragments, fragmentsOf, isFragment } from './fragments.ts';

/** Far above what the reference's clients send (it takes 50 aliases), and low enough that a request cannot cost seconds. */
export const LIMITS = {
  tokens: 20_000,
  /** Levels of selections. */
  depth: 30,
  /** Fields altogether, those of a fragment each time that it is spread. */
  fields: 20_000,
  /** Fields beside each other, by whatever aliases: their number squared is what validation costs. */
  width: 1_000,
  /** Looks at the schema, each of which may answer all of it. */
  introspections: 10,
  /** Levels of lists and objects in an argument. */
  values: 64,
};

interface Cost {
  readonly depth: number;
  readonly fields: number;
  /** Fields at the top of the selection. */
  readonly beside: number;
  /** The greatest number of these, here or below. */
  readonly width: number;
  readonly introspections: number;
  readonly values: number;
}

const NOTHING: Cost = { depth: 0, fields: 0, beside: 0, width: 0, introspections: 0, values: 0 };

function valueDepth(value: ValueNode): number {
  if (value.kind === Kind.LIST) return 1 + Math.max(0, ...value.values.map(valueDepth));
  if (value.kind === Kind.OBJECT) return 1 + Math.max(0, ...value.fields.map((field) => valueDepth(field.value)));
  return 0;
}

const argumentsDepth = (given: readonly ArgumentNode[] = []) => Math.max(0, ...given.map(({ value }) => valueDepth(value)));
const valuesOf = (node: { arguments?: readonly ArgumentNode[]; directives?: readonly DirectiveNode[] }) =>
  Math.max(argumentsDepth(node.arguments), ...(node.directives ?? []).map((directive) => argumentsDepth(directive.arguments)));

const isIntrospection = (name: string) => name === '__schema' || name === '__type';

type Executable = OperationDefinitionNode | FragmentDefinitionNode;
const isExecutable = (node: { readonly kind: string }): node is Executable => isFragment(node) || node.kind === Kind.OPERATION_DEFINITION;

class Measure {
  readonly #fragments: Fragments;
  readonly #known = new Map<string, Cost>();

  constructor(document: DocumentNode) {
    this.#fragments = fragmentsOf(document);
  }

  ofSelections({ selections }: SelectionSetNode): Cost {
    let total = NOTHING;
    for (const selection of selections) {
      const cost = this.#ofSelection(selection);
      total = {
        depth: Math.max(total.depth, cost.depth),
        fields: total.fields + cost.fields,
        beside: total.beside + cost.beside,
        width: Math.max(total.width, cost.width, total.beside + cost.beside),
        introspections: total.introspections + cost.introspections,
        values: Math.max(total.values, cost.values),
      };
    }
    return total;
  }

  #ofSelection(selection: SelectionNode): Cost {
    const values = valuesOf(selection);
    if (selection.kind === Kind.FRAGMENT_SPREAD) return this.#ofFragment(selection.name.value);
    const inner = selection.selectionSet ? this.ofSelections(selection.selectionSet) : NOTHING;
    // an inline fragment is a level for those who walk the document, though its fields stand beside the others
    if (selection.kind === Kind.INLINE_FRAGMENT) return { ...inner, depth: inner.depth + 1, values: Math.max(values, inner.values) };
    return {
      depth: inner.depth + 1,
      fields: inner.fields + 1,
      beside: 1,
      width: Math.max(1, inner.width),
      introspections: inner.introspections + (isIntrospection(selection.name.value) ? 1 : 0),
      values: Math.max(values, inner.values),
    };
  }

  /** A fragment that spreads itself counts once here; validation refuses it. */
  #ofFragment(name: string): Cost {
    const found = this.#known.get(name);
    if (found) return found;
    this.#known.set(name, NOTHING);
    const fragment = this.#fragments.get(name);
    const cost = fragment ? this.ofSelections(fragment.selectionSet) : NOTHING;
    this.#known.set(name, cost);
    return cost;
  }
}

function faultOf({ depth, fields, width, introspections, values }: Cost): string | undefined {
  if (depth > LIMITS.depth) return `the query is ${depth} levels deep, at most ${LIMITS.depth} are allowed`;
  if (fields > LIMITS.fields) return `the query asks for ${fields} fields, at most ${LIMITS.fields} are allowed`;
  if (width > LIMITS.width) return `the query asks for ${width} fields beside each other, at most ${LIMITS.width} are allowed`;
  if (introspections > LIMITS.introspections)
    return `the query looks at the schema ${introspections} times, at most ${LIMITS.introspections} are allowed`;
  if (values > LIMITS.values) return `an argument is ${values} levels deep, at most ${LIMITS.values} are allowed`;
  return undefined;
}

/** Why the document costs too much; undefined where it may go on. */
export function costFault(document: DocumentNode): string | undefined {
  const measure = new Measure(document);
  for (const definition of document.definitions.filter(isExecutable)) {
    const fault = faultOf(measure.ofSelections(definition.selectionSet));
    if (fault !== undefined) return fault;
  }
  return undefined;
}
