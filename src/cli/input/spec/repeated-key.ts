/** Keys that stand twice in one map of a YAML document. */
import type { Fault } from '../../../text/fault.ts';

/** As much of the nodes of the package yaml as is looked at: scalars have values, maps and lists items, the items of maps keys. */
interface Node {
  readonly value?: unknown;
  readonly items?: readonly unknown[];
  readonly range?: readonly number[] | null;
}
interface Pair {
  readonly key: Node | null;
  readonly value: unknown;
}

const isPair = (item: unknown): item is Pair => typeof item === 'object' && item !== null && 'key' in item;

/** Of scalars. `<<` takes in what stands elsewhere, and may do so several times. */
const nameOf = ({ key }: Pair): string | undefined =>
  key === null || !('value' in key) || key.value === '<<' ? undefined : `${typeof key.value} ${String(key.value)}`;

/** The first that comes again; undefined where all are there once. */
export function repeatedKey(document: unknown): Fault | undefined {
  const left = [document];
  while (left.length > 0) {
    const { items = [] } = (left.pop() ?? {}) as Node;
    const names = new Set<string>();
    for (const item of items) {
      const name = isPair(item) ? nameOf(item) : undefined;
      if (name !== undefined && names.has(name)) return { at: (item as Pair).key?.range?.[0] ?? 0, reason: 'Map keys must be unique' };
      if (name !== undefined) names.add(name);
      left.push(isPair(item) ? item.value : item);
    }
  }
  return undefined;
}
