import { compareBytes } from '../../text/order.ts';
import type { Posting } from './posting.ts';

const FULL = 1024;
/** Chunks that are looked at one by one before the right one is searched for. */
const NEAR = 6;

/** How a list is ordered. */
export interface Order {
  readonly compare: (a: string, b: string) => number;
  /** Whether the id's place can be told at all. */
  readonly knows: (id: string) => boolean;
}

/** Ids in order, in chunks: adding one to 100,000 moves a few hundred, and any offset is found by adding up chunk sizes. */
export class SortedIds implements Posting {
  readonly #chunks: string[][];
  readonly #order: Order;
  #size: number;

  /** `ids` must be in order. */
  constructor(order: Order, ids: string[] = []) {
    this.#order = order;
    this.#chunks = ids.length > 0 ? [ids] : [];
    this.#size = ids.length;
  }

  get size(): number {
    return this.#size;
  }

  /** Does nothing if the id is there. */
  add(id: string): void {
    const at = this.#chunkFor(id);
    const chunk = this.#chunks[at];
    if (!chunk) return this.#append(id);
    const place = this.#placeIn(chunk, id);
    if (chunk[place] === id) return;
    chunk.splice(place, 0, id);
    this.#size++;
    if (chunk.length > FULL) this.#chunks.splice(at + 1, 0, chunk.splice(FULL / 2));
  }

  delete(id: string): boolean {
    const at = this.#chunkFor(id);
    const chunk = this.#chunks[at];
    if (!chunk) return false;
    const place = this.#placeIn(chunk, id);
    if (chunk[place] !== id) return false;
    chunk.splice(place, 1);
    this.#size--;
    if (chunk.length === 0) this.#chunks.splice(at, 1);
    return true;
  }

  has(id: string): boolean {
    if (!this.#order.knows(id)) return false;
    const chunk = this.#chunks[this.#chunkFor(id)];
    return chunk !== undefined && chunk[this.#placeIn(chunk, id)] === id;
  }

  ascending(): (id: string) => boolean {
    let at = 0;
    let place = 0;
    return (id) => {
      const before = at;
      at = this.#chunkFrom(at, id);
      const chunk = this.#chunks[at];
      if (!chunk) return false;
      place = at === before ? leap(chunk, place, id) : this.#placeIn(chunk, id);
      return chunk[place] === id;
    };
  }

  slice(offset: number, count: number): string[] {
    const found: string[] = [];
    let skip = offset;
    for (const chunk of this.#chunks) {
      if (found.length >= count) break;
      if (skip < chunk.length) {
        const until = Math.min(chunk.length, skip + count - found.length);
        for (let i = skip; i < until; i++) found.push(chunk[i]!);
      }
      skip = Math.max(0, skip - chunk.length);
    }
    return found;
  }

  /** The ids behind that one, which need not be there itself. */
  after(id: string | undefined, count: number): string[] {
    return id === undefined ? this.slice(0, count) : this.behind((other) => this.#order.compare(other, id) > 0, count);
  }

  behind(isBehind: (id: string) => boolean, count: number): string[] {
    let at = firstWhere(this.#chunks, (chunk) => isBehind(chunk.at(-1)!));
    let place = firstWhere(this.#chunks[at] ?? [], isBehind);
    const found: string[] = [];
    for (; at < this.#chunks.length && found.length < count; at++, place = 0) {
      const chunk = this.#chunks[at]!;
      for (let i = place; i < chunk.length && found.length < count; i++) found.push(chunk[i]!);
    }
    return found;
  }

  *[Symbol.iterator](): Generator<string> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  #append(id: string): void {
    const last = this.#chunks.at(-1);
    if (last && last.length < FULL) last.push(id);
    else this.#chunks.push([id]);
    this.#size++;
  }

  /** The first chunk whose last id is not before this one; beyond the end if all are. */
  #chunkFor(id: string): number {
    const chunks = this.#chunks;
    const last = chunks.at(-1);
    if (!last || this.#order.compare(last[last.length - 1]!, id) < 0) return chunks.length;
    let low = 0;
    let high = chunks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const chunk = chunks[middle]!;
      if (this.#order.compare(chunk[chunk.length - 1]!, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The same, where it is not before that one and may be near it. */
  #chunkFrom(from: number, id: string): number {
    for (let at = from; at < from + NEAR; at++) {
      const chunk = this.#chunks[at];
      if (!chunk || compareBytes(chunk.at(-1)!, id) >= 0) return at;
    }
    return this.#chunkFor(id);
  }

  #placeIn(chunk: readonly string[], id: string): number {
    let low = 0;
    let high = chunk.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#order.compare(chunk[middle]!, id) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The first place where it holds, as it does for all that follow; the length if nowhere. */
export function firstWhere<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let low = 0;
  for (let high = list.length; low < high;) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The first place from that one on whose id is not before this one, where the last is not: steps that grow, then halves. */
function leap(chunk: readonly string[], from: number, id: string): number {
  let low = from;
  let step = 1;
  for (; low + step < chunk.length && compareBytes(chunk[low + step - 1]!, id) < 0; step *= 2) low += step;
  let high = Math.min(low + step - 1, chunk.length - 1);
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareBytes(chunk[middle]!, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
