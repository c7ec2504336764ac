import type { LRUCache } from 'lru-cache';
import type { Collection, PageQuery, PageResult, Stored } from '../contract.ts';
import { compareBytes } from '../../text/order.ts';
import { EMPTY, type Posting } from './posting.ts';
import { firstWhere } from './sorted-ids.ts';

/** What a page is made from. */
export interface Source {
  get(id: string): Stored | undefined;
  posting(index: string, key: string): Posting;
  /** Intersections of lists by their terms, as long as nothing changes: the next page of a list is asked for soon. */
  readonly intersections?: LRUCache<string, readonly string[]>;
}

/** Ids in a list whose intersections are worth remembering. */
const LONG = 32;

/** Intersects the terms' lists, beginning with the shortest; a page of one list costs no more than itself. */
export function pageOf(from: Collection, source: Source, query: PageQuery<Stored>): PageResult<Stored> {
  const [only, ...more] = query.all;
  const part = partOf(from, source, query);
  if (more.length === 0 && only.anyOf.length === 1 && !query.match) {
    const ids = source.posting(only.index, only.anyOf[0]!);
    return { records: part(ids).map((id) => source.get(id)!), total: ids.size };
  }
  const inOrder = ordering(from, source, only.index);
  const [first, ...others] = query.all
    .map((term) => ({
      index: term.index,
      ids: union(
        term.anyOf.map((key) => source.posting(term.index, key)),
        ordering(from, source, term.index),
      ),
    }))
    .sort((a, b) => a.ids.size - b.ids.size);
  if (!first || first.ids.size === 0) return { records: [], total: 0 };
  const recordOf = (id: string) => source.get(id)!;
  if (others.length === 0 && !query.match) return { records: part(first.ids).map(recordOf), total: first.ids.size };
  const intersect = () => {
    const tests = others.map((other) => testOf(from, first, other));
    const found: string[] = [];
    for (const id of first.ids) if (tests.every((isIn) => isIn(id)) && (!query.match || query.match(recordOf(id)))) found.push(id);
    return sameOrder(from, first.index, only.index) ? found : found.sort(inOrder);
  };
  const found = query.match || first.ids.size < LONG ? intersect() : remembered(source.intersections, JSON.stringify(query.all), intersect);
  return { records: part(listed(found)).map(recordOf), total: found.length };
}

function remembered(known: Source['intersections'], terms: string, intersect: () => readonly string[]): readonly string[] {
  const held = known?.get(terms);
  if (held) return held;
  const found = intersect();
  known?.set(terms, found);
  return found;
}

interface IdsOf {
  readonly index: string;
  readonly ids: Posting;
}

/** Tells of the walked list's ids, asked for in turn, whether the other has them. */
function testOf(from: Collection, walked: IdsOf, other: IdsOf): (id: string) => boolean {
  const alongside = !orderOf(from, walked.index) && !orderOf(from, other.index);
  return (alongside && other.ids.ascending?.()) || ((id) => other.ids.has(id));
}

/** A part of a list. */
type Part = (ids: Pick<Posting, 'slice' | 'behind'>) => string[];

function partOf(from: Collection, source: Source, { all, behind, behindOrder, offset = 0, first }: PageQuery<Stored>): Part {
  if (behind === undefined) return (ids) => ids.slice(offset, first);
  const order = orderOf(from, all[0].index);
  if (!order) return (ids) => ids.behind((id) => compareBytes(id, behind) > 0, first);
  if (behindOrder === undefined) throw new Error('behind an id alone is for lists in the order of ids');
  return (ids) => ids.behind((id) => (compareBytes(order(source.get(id)!), behindOrder) || compareBytes(id, behind)) > 0, first);
}

/** A list that is held whole. */
const listed = (ids: readonly string[]): Pick<Posting, 'slice' | 'behind'> => ({
  slice: (offset, count) => ids.slice(offset, offset + count),
  behind: (isBehind, count) => {
    const at = firstWhere(ids, isBehind);
    return ids.slice(at, at + count);
  },
});

function union(lists: readonly Posting[], compare: (a: string, b: string) => number): Posting {
  const filled = [...new Set(lists)].filter((list) => list.size > 0);
  if (filled.length <= 1) return filled[0] ?? EMPTY;
  const ids = new Set<string>();
  for (const list of filled) for (const id of list) ids.add(id);
  const sorted = [...ids].sort(compare);
  return {
    size: sorted.length,
    has: (id) => ids.has(id),
    ...listed(sorted),
    [Symbol.iterator]: () => sorted[Symbol.iterator](),
  };
}

const orderOf = (from: Collection, index: string) => from.indexes[index]?.order;

const sameOrder = (from: Collection, a: string, b: string) => a === b || orderOf(from, a) === orderOf(from, b);

function ordering(from: Collection, source: Source, index: string): (a: string, b: string) => number {
  const order = orderOf(from, index);
  if (!order) return compareBytes;
  return (a, b) => compareBytes(order(source.get(a)!), order(source.get(b)!)) || compareBytes(a, b);
}
