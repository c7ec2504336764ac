/** The ids that an index has under one key, in the index's order. */
export interface Posting extends Iterable<string> {
  readonly size: number;
  has(id: string): boolean;
  /** Tells of ids that are asked for in ascending order whether they are there: it goes on from the last, where `has` searches anew. For lists in the order of ids. */
  ascending?(): (id: string) => boolean;
  slice(offset: number, count: number): string[];
  /** The first ids that are behind some place; all that follow such a one are, too. */
  behind(isBehind: (id: string) => boolean, count: number): string[];
}

export const EMPTY: Posting = {
  size: 0,
  has: () => false,
  slice: () => [],
  behind: () => [],
  [Symbol.iterator]: () => [][Symbol.iterator](),
};

/** Most keys of most indexes name one record: its id stands for the list. */
export class Single implements Posting {
  readonly size = 1;
  readonly #id: string;
  constructor(id: string) {
    this.#id = id;
  }
  has(id: string): boolean {
    return id === this.#id;
  }
  slice(offset: number, count: number): string[] {
    return offset === 0 && count > 0 ? [this.#id] : [];
  }
  behind(isBehind: (id: string) => boolean, count: number): string[] {
    return count > 0 && isBehind(this.#id) ? [this.#id] : [];
  }
  [Symbol.iterator](): Iterator<string> {
    return [this.#id][Symbol.iterator]();
  }
}
