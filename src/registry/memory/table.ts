import { LRUCache } from 'lru-cache';
import type { Collection, Index, Stored } from '../contract.ts';
import { compareBytes } from '../../text/order.ts';
import { EMPTY, type Posting, Single } from './posting.ts';
import { type Order, SortedIds } from './sorted-ids.ts';

/** One index of one table: its key lists. */
class KeyLists {
  readonly definition: Index<Stored>;
  readonly #lists = new Map<string, string | SortedIds>();
  readonly #order: Order;

  constructor(definition: Index<Stored>, records: ReadonlyMap<string, Stored>) {
    this.definition = definition;
    const order = definition.order?.bind(definition);
    const compare = order
      ? (a: string, b: string) => compareBytes(order(records.get(a)!), order(records.get(b)!)) || compareBytes(a, b)
      : compareBytes;
    this.#order = { compare, knows: (id) => records.has(id) };
  }

  posting(key: string): Posting {
    const list = this.#lists.get(key);
    return list === undefined ? EMPTY : typeof list === 'string' ? new Single(list) : list;
  }

  add(key: string, id: string): void {
    const list = this.#lists.get(key);
    if (list === undefined) this.#lists.set(key, id);
    else if (typeof list === 'object') list.add(id);
    else if (list !== id) this.#lists.set(key, new SortedIds(this.#order, this.#order.compare(list, id) < 0 ? [list, id] : [id, list]));
  }

  delete(key: string, id: string): void {
    const list = this.#lists.get(key);
    if (list === id) this.#lists.delete(key);
    else if (typeof list === 'object' && list.delete(id) && list.size === 1) this.#lists.set(key, list.slice(0, 1)[0]!);
  }
}

/** How many intersections are remembered. */
const INTERSECTIONS = 32;

/** The committed records of one collection with their indexes. */
export class Table {
  readonly name: string;
  readonly #records = new Map<string, Stored>();
  readonly #ids = new SortedIds({ compare: compareBytes, knows: (id) => this.#records.has(id) });
  #indexes = new Map<string, KeyLists>();
  #definition: Collection | undefined;
  /** @see Source */
  readonly intersections = new LRUCache<string, readonly string[]>({ max: INTERSECTIONS });

  constructor(name: string) {
    this.name = name;
  }

  /** Undefined while records were only loaded and nobody has named the collection. */
  get definition(): Collection | undefined {
    return this.#definition;
  }

  get size(): number {
    return this.#records.size;
  }

  /** Takes the collection's indexes over, and builds them if records are there already. */
  define(definition: Collection): void {
    if (this.#definition === definition) return;
    this.#definition = definition;
    this.#indexes = new Map();
    for (const [name, index] of Object.entries(definition.indexes)) {
      const lists = new KeyLists(index, this.#records);
      this.#indexes.set(name, lists);
      for (const record of this.#records.values()) for (const key of index.keys(record)) lists.add(key, record.id);
    }
  }

  get(id: string): Stored | undefined {
    return this.#records.get(id);
  }

  /** @throws if the collection declares no such index */
  posting(index: string, key: string): Posting {
    const lists = this.#indexes.get(index);
    if (!lists) throw new Error(`${this.name} has no index ${index}`);
    return lists.posting(key);
  }

  idsAfter(id: string | undefined, count: number): string[] {
    return this.#ids.after(id, count);
  }

  /** Sets what is stored under the id, undefined for nothing. @returns what was there */
  set(id: string, record: Stored | undefined): Stored | undefined {
    if (this.intersections.size > 0) this.intersections.clear();
    const old = this.#records.get(id);
    if (record && !old) {
      this.#insert(record);
      return undefined;
    }
    const moved: (() => void)[] = [];
    for (const lists of this.#indexes.values()) this.#move(lists, id, old, record, moved);
    if (record) this.#records.set(id, record);
    else this.#records.delete(id);
    if (old && !record) this.#ids.delete(id);
    for (const add of moved) add();
    return old;
  }

  #insert(record: Stored): void {
    this.#records.set(record.id, record);
    this.#ids.add(record.id);
    for (const lists of this.#indexes.values()) for (const key of lists.definition.keys(record)) lists.add(key, record.id);
  }

  /** Takes the id out of lists now, while its old place can be told, and adds it to others when the new record is there. */
  #move(lists: KeyLists, id: string, old: Stored | undefined, record: Stored | undefined, later: (() => void)[]): void {
    const index = lists.definition;
    const before = old ? index.keys(old) : [];
    const after = record ? index.keys(record) : [];
    const stays = old !== undefined && record !== undefined && index.order?.(old) === index.order?.(record);
    for (const key of before) if (!stays || !after.includes(key)) lists.delete(key, id);
    for (const key of after) if (!stays || !before.includes(key)) later.push(() => lists.add(key, id));
  }
}

/** All tables by name. */
export class Tables {
  readonly #byName = new Map<string, Table>();

  of(from: Collection<never> | Collection): Table {
    const table = this.named(from.name);
    if (table.definition !== from) table.define(from as Collection);
    return table;
  }

  named(name: string): Table {
    let table = this.#byName.get(name);
    if (!table) this.#byName.set(name, (table = new Table(name)));
    return table;
  }

  /** Tables that hold records, by name. */
  filled(): Table[] {
    return [...this.#byName.values()].filter((table) => table.size > 0).sort((a, b) => compareBytes(a.name, b.name));
  }
}
