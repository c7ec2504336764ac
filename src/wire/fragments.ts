/** The fragments of a document, by their names. */
import { type DocumentNode, type FragmentDefinitionNode, Kind } from 'graphql';

export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export const isFragment = (node: { readonly kind: string }): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION;

export const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(definitions.filter(isFragment).map((fragment) => [fragment.name.value, fragment]));
