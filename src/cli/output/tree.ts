/** Tenants as a forest: one with several parents stands below each of them. */
import { printable } from './table.ts';

export interface TreeNode {
  readonly id: string;
  readonly internalID: string;
  readonly name?: string | null | undefined;
  readonly type?: string | null | undefined;
  /** Internal ids. */
  readonly parents: readonly string[];
}

export interface Branch extends Omit<TreeNode, 'parents'> {
  readonly children: readonly Branch[];
}

/** The forest, for programs and drawn. Whoever names an unknown parent is a root. */
export function treeOf(nodes: readonly TreeNode[]): { roots: readonly Branch[]; lines: readonly string[] } {
  const known = new Set(nodes.map(({ internalID }) => internalID));
  const below = grouped(nodes);
  const branch = ({ parents: _, ...node }: TreeNode, above: ReadonlySet<string>): Branch => {
    const inside = new Set([...above, node.internalID]);
    const children = (below.get(node.internalID) ?? []).filter(({ internalID }) => !inside.has(internalID));
    return { ...node, children: children.map((child) => branch(child, inside)) };
  };
  const roots = nodes.filter(({ parents }) => !parents.some((parent) => known.has(parent))).map((node) => branch(node, new Set()));
  return { roots, lines: roots.flatMap((root) => drawn(root, '', '')) };
}

function grouped(nodes: readonly TreeNode[]): ReadonlyMap<string, readonly TreeNode[]> {
  const groups = new Map<string, TreeNode[]>();
  for (const node of nodes) for (const parent of node.parents) groups.set(parent, [...(groups.get(parent) ?? []), node]);
  return groups;
}

function drawn({ id, name, type, children }: Branch, first: string, rest: string): string[] {
  return [
    `${first}${printable(name ?? '')}  ${id}  ${type ?? ''}`.trimEnd(),
    ...children.flatMap((child, index) => {
      const last = index === children.length - 1;
      return drawn(child, `${rest}${last ? '└─ ' : '├─ '}`, `${rest}${last ? '   ' : '│  '}`);
    }),
  ];
}
