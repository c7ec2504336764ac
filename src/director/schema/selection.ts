/** What is selected on an object of a certain type: fields of the same name in the answer together, fragments opened. */
import { type FieldNode, type GraphQLObjectType, type GraphQLSchema, isAbstractType, Kind, type SelectionSetNode } from 'graphql';
import type { Fragments } from '../../wire/fragments.ts';

/** One field of an answer: its name there, and the places where it is selected. */
export interface Collected {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
}

function applies(schema: GraphQLSchema, condition: string, type: GraphQLObjectType): boolean {
  if (condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && schema.isSubType(wanted, type);
}

/** In the order of the answer; conditions (`@skip`, `@include`) are not looked at. */
export function collectFields(
  schema: GraphQLSchema,
  fragments: Fragments,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): readonly Collected[] {
  const fields = new Map<string, FieldNode[]>();
  const opened = new Set<string>();
  const collect = (set: SelectionSetNode) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = fields.get(key);
        if (nodes) nodes.push(selection);
        else fields.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (!selection.typeCondition || applies(schema, selection.typeCondition.name.value, type)) collect(selection.selectionSet);
      } else if (!opened.has(selection.name.value)) {
        opened.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment && applies(schema, fragment.typeCondition.name.value, type)) collect(fragment.selectionSet);
      }
    }
  };
  sets.forEach(collect);
  return [...fields].map(([key, nodes]) => ({ key, nodes }));
}
