/** What a fault takes with it: all above it up to the nearest thing that may be null (`reference: facts/security.md 1.3`). */
import {
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  getNamedType,
  getNullableType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type Fragments, fragmentsOf } from './fragments.ts';

type Path = readonly (string | number)[];

interface Selected {
  readonly type: GraphQLOutputType;
  readonly nodes: readonly FieldNode[];
}

const keyOf = ({ alias, name }: FieldNode) => alias?.value ?? name.value;

/**
 * The field that is answered under a name. Which of the types of an abstract one it is of does not matter:
 * fields of one name in the answer are all nullable or none, or the document were not valid.
 */
function selected(
  schema: GraphQLSchema,
  fragments: Fragments,
  sets: readonly SelectionSetNode[],
  parent: string,
  key: string,
): Selected | undefined {
  const nodes: FieldNode[] = [];
  const opened = new Set<string>();
  let type: GraphQLOutputType | undefined;
  const look = (set: SelectionSetNode, on: string) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        if (keyOf(selection) !== key) continue;
        const owner = schema.getType(on);
        if (isObjectType(owner) || isInterfaceType(owner)) type ??= owner.getFields()[selection.name.value]?.type;
        nodes.push(selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        look(selection.selectionSet, selection.typeCondition?.name.value ?? on);
      } else if (!opened.has(selection.name.value)) {
        opened.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment) look(fragment.selectionSet, fragment.typeCondition.name.value);
      }
    }
  };
  for (const set of sets) look(set, parent);
  return type && { type, nodes };
}

/** For each step of the path whether there must be something. */
function requiredAlong(schema: GraphQLSchema, fragments: Fragments, operation: OperationDefinitionNode, path: Path): readonly boolean[] {
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  let type: GraphQLOutputType = schema.getRootType(operation.operation)!;
  return path.map((step) => {
    if (typeof step === 'number') {
      const list: GraphQLOutputType = getNullableType(type);
      if (!isListType(list)) return false;
      type = list.ofType as GraphQLOutputType;
    } else {
      const found = selected(schema, fragments, sets, getNamedType(type).name, step);
      if (!found) return false;
      type = found.type;
      sets = found.nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    }
    return isNonNullType(type);
  });
}

function setNull(data: unknown, path: Path): void {
  let place = data as Record<string | number, unknown> | null | undefined;
  for (const step of path.slice(0, -1)) place = place?.[step] as typeof place;
  if (place) place[path.at(-1)!] = null;
}

/** The data that is left of an answer by the tolerant schema where the published one holds. Changes the data that it is given. */
export function withNulls(
  published: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { data, errors = [] }: ExecutionResult,
): ExecutionResult['data'] {
  const fragments = fragmentsOf(document);
  for (const { path } of errors) {
    if (!path) continue;
    const required = requiredAlong(published, fragments, operation, path);
    const length = required.lastIndexOf(false) + 1;
    if (length === 0) return null;
    setNull(data, path.slice(0, length));
  }
  return data;
}

/** Whether a query asks for the schema itself: then the published one answers. */
export const looksAtSchema = ({ operation }: OperationDefinitionNode, text: string): boolean =>
  operation === 'query' && /\b__(schema|type)\b/.test(text);
