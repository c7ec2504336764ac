/** Fragments: their names, their types, and where they may stand. */
import {
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { didYouMean, similar } from './suggestions.ts';
import type { MakeRule } from './walk.ts';

export const fragmentsOnCompositeTypes: MakeRule = (walk) => ({
  inlineFragment(node) {
    const name = node.typeCondition?.name.value;
    const type = name === undefined ? undefined : walk.schema.getType(name);
    if (type && !isCompositeType(type)) walk.fault(node, `Fragment cannot condition on non composite type "${type.name}".`);
  },
  fragment(node) {
    const type = walk.schema.getType(node.typeCondition.name.value);
    if (type && !isCompositeType(type))
      walk.fault(node, `Fragment "${node.name.value}" cannot condition on non composite type "${type.name}".`);
  },
});

export const knownFragmentNames: MakeRule = (walk) => ({
  spread({ name }, _, fragment) {
    if (!fragment) walk.fault(name, `Unknown fragment "${name.value}".`);
  },
});

export const knownTypeNames: MakeRule = (walk) => {
  const isKnown = (name: string) => walk.schema.getType(name) !== undefined;
  return {
    variable(node, type) {
      if (type) return;
      let { type: named } = node;
      while (named.kind !== Kind.NAMED_TYPE) named = named.type;
      walk.fault(node, `Unknown type "${named.name.value}".`);
    },
    inlineFragment(node) {
      const name = node.typeCondition?.name.value;
      if (name !== undefined && !isKnown(name)) walk.fault(node, `Unknown type "${name}".`);
    },
    fragment(node) {
      const name = node.typeCondition.name.value;
      if (!isKnown(name)) walk.fault(node, `Unknown type "${name}".${didYouMean(similar(name, Object.keys(walk.schema.getTypeMap())))}`);
    },
  };
};

/** The spreads inside, the sets that stand deepest and last first. */
function spreadsIn(set: SelectionSetNode): readonly FragmentSpreadNode[] {
  const spreads: FragmentSpreadNode[] = [];
  const waiting = [set];
  for (let next = waiting.pop(); next; next = waiting.pop())
    for (const selection of next.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) spreads.push(selection);
      else if (selection.selectionSet) waiting.push(selection.selectionSet);
    }
  return spreads;
}

export const noFragmentCycles: MakeRule = (walk) => {
  const visited = new Set<string>();
  const path: FragmentSpreadNode[] = [];
  const begun = new Map<string, number>();
  function follow({ name, selectionSet }: FragmentDefinitionNode): void {
    if (visited.has(name.value)) return;
    visited.add(name.value);
    begun.set(name.value, path.length);
    for (const spread of spreadsIn(selectionSet)) {
      const target = spread.name.value;
      const since = begun.get(target);
      if (since === undefined) {
        path.push(spread);
        const fragment = walk.fragments.get(target);
        if (fragment) follow(fragment);
        path.pop();
      } else {
        const via = path.slice(since).map((step) => `"${step.name.value}"`);
        const way = via.length > 0 ? ` via ${via.join(', ')}` : '';
        walk.fault(spread.name, `Cannot spread fragment "${target}" within itself${way}.`);
      }
    }
    begun.delete(name.value);
  }
  return { fragment: follow };
};

export const noUnusedFragments: MakeRule = (walk) => {
  const used = new Set<string>();
  // what the first fragment spreads still counts as used
  let isOver = false;
  return {
    spread({ name }) {
      if (!isOver) used.add(name.value);
    },
    fragment(node) {
      isOver = true;
      if (!used.has(node.name.value)) walk.fault(node, `Fragment "${node.name.value}" is never used.`);
    },
  };
};

export const uniqueFragmentNames: MakeRule = (walk) => {
  const seen = new Set<string>();
  return {
    fragment(node) {
      const name = node.name.value;
      if (seen.has(name)) walk.fault(node, `There can be only one fragment named "${name}".`);
      seen.add(name);
    },
  };
};

function objectsOf(schema: GraphQLSchema, type: GraphQLNamedType | undefined): readonly GraphQLObjectType[] | undefined {
  if (isObjectType(type)) return [type];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : undefined;
}

export const possibleFragmentSpreads: MakeRule = (walk) => {
  const excludes = (parent: GraphQLNamedType | undefined, condition: string) => {
    const here = objectsOf(walk.schema, parent);
    const wanted = objectsOf(walk.schema, walk.schema.getType(condition));
    return here && wanted && !wanted.some((type) => here.includes(type));
  };
  return {
    inlineFragment(node, parent) {
      const condition = node.typeCondition?.name.value;
      if (condition !== undefined && excludes(parent, condition))
        walk.fault(node, `Fragment cannot be spread here as objects of type "${parent!.name}" can never be of type "${condition}".`);
    },
    spread({ name }, parent, fragment) {
      const condition = fragment?.typeCondition.name.value;
      if (condition !== undefined && excludes(parent, condition))
        walk.fault(
          name,
          `Fragment "${name.value}" cannot be spread here as objects of type "${parent!.name}" can never be of type "${condition}".`,
        );
    },
  };
};
