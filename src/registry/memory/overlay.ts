import type { Stored } from '../contract.ts';
import { compareBytes } from '../../text/order.ts';
import type { Posting } from './posting.ts';
import type { Table } from './table.ts';

/** What one view sees otherwise than the table has it: a writer its own changes, an old reader what has changed since. */
export class Overlay {
  readonly #table: Table;
  /** Undefined: not there. */
  readonly #records = new Map<string, Stored | undefined>();
  /** Ids by key, of the indexes that were asked for: most transactions ask for few after what they have changed. */
  readonly #lists = new Map<string, Map<string, Set<string>>>();

  constructor(table: Table) {
    this.#table = table;
  }

  has(id: string): boolean {
    return this.#records.has(id);
  }

  /** As the view sees it. */
  get(id: string): Stored | undefined {
    return this.#records.has(id) ? this.#records.get(id) : this.#table.get(id);
  }

  set(id: string, record: Stored | undefined): void {
    const old = this.#records.get(id);
    this.#records.set(id, record);
    for (const [index, lists] of this.#lists) {
      for (const key of old ? this.#keys(index, old) : []) lists.get(key)?.delete(id);
      if (record) this.#add(lists, index, record);
    }
  }

  entries(): IterableIterator<[string, Stored | undefined]> {
    return this.#records.entries();
  }

  posting(index: string, key: string): Posting {
    const base = this.#table.posting(index, key);
    const own = this.#listsOf(index).get(key);
    const hidden = this.#hiddenOf(base);
    if (hidden === 0 && !own?.size) return base;
    const order = this.#table.definition?.indexes[index]?.order;
    const compare = order
      ? (a: string, b: string) => compareBytes(order(this.get(a)!), order(this.get(b)!)) || compareBytes(a, b)
      : compareBytes;
    return new Merged(base, this, own ?? NONE, compare, base.size - hidden);
  }

  /** How many of the list's ids this overlay knows better. */
  #hiddenOf(base: Posting): number {
    let hidden = 0;
    if (base.size < this.#records.size) {
      for (const id of base) if (this.#records.has(id)) hidden++;
    } else {
      for (const id of this.#records.keys()) if (base.has(id)) hidden++;
    }
    return hidden;
  }

  idsAfter(id: string | undefined, count: number): string[] {
    const kept = this.#table.idsAfter(id, count + this.#records.size).filter((other) => !this.#records.has(other));
    const own = [...this.#records]
      .filter(([other, record]) => record && (id === undefined || compareBytes(other, id) > 0))
      .map(([other]) => other);
    return [...kept, ...own].sort(compareBytes).slice(0, count);
  }

  #listsOf(index: string): ReadonlyMap<string, ReadonlySet<string>> {
    const known = this.#lists.get(index);
    if (known) return known;
    const lists = new Map<string, Set<string>>();
    for (const record of this.#records.values()) if (record) this.#add(lists, index, record);
    this.#lists.set(index, lists);
    return lists;
  }

  #add(lists: Map<string, Set<string>>, index: string, record: Stored): void {
    for (const key of this.#keys(index, record)) {
      const ids = lists.get(key);
      if (ids) ids.add(record.id);
      else lists.set(key, new Set([record.id]));
    }
  }

  #keys(index: string, record: Stored): Iterable<string> {
    return this.#table.definition?.indexes[index]?.keys(record) ?? [];
  }
}

const NONE: ReadonlySet<string> = new Set();

/** The table's list without the ids that the overlay knows better, with the overlay's own between. */
class Merged implements Posting {
  readonly size: number;
  readonly #base: Posting;
  readonly #overlay: Overlay;
  readonly #own: ReadonlySet<string>;
  readonly #compare: (a: string, b: string) => number;

  constructor(base: Posting, overlay: Overlay, own: ReadonlySet<string>, compare: (a: string, b: string) => number, kept: number) {
    this.#base = base;
    this.#overlay = overlay;
    this.#own = own;
    this.#compare = compare;
    this.size = kept + own.size;
  }

  has(id: string): boolean {
    return this.#overlay.has(id) ? this.#own.has(id) : this.#base.has(id);
  }

  slice(offset: number, count: number): string[] {
    const found: string[] = [];
    if (count <= 0) return found;
    let skip = offset;
    for (const id of this) {
      if (skip-- > 0) continue;
      found.push(id);
      if (found.length === count) break;
    }
    return found;
  }

  behind(isBehind: (id: string) => boolean, count: number): string[] {
    const found: string[] = [];
    for (const id of this) {
      if (found.length >= count) break;
      if (found.length > 0 || isBehind(id)) found.push(id);
    }
    return found;
  }

  *[Symbol.iterator](): Generator<string> {
    const own = [...this.#own].sort(this.#compare);
    let next = 0;
    for (const id of this.#base) {
      if (this.#overlay.has(id)) continue;
      while (next < own.length && this.#compare(own[next]!, id) < 0) yield own[next++]!;
      yield id;
    }
    while (next < own.length) yield own[next++]!;
  }
}
