import { type Collection, type PageQuery, type PageResult, type ReadTx, type Stored, UniqueViolation, type WriteTx } from '../contract.ts';
import { Overlay } from './overlay.ts';
import { pageOf, type Source } from './page.ts';
import type { Table, Tables } from './table.ts';

/** Sees the tables as they are, apart from what its overlays say. */
export class View implements ReadTx {
  protected readonly tables: Tables;
  protected readonly overlays = new Map<string, Overlay>();
  #over = false;

  constructor(tables: Tables) {
    this.tables = tables;
  }

  /** No use of it after this: it is not kept up any more. */
  end(): void {
    this.#over = true;
    this.overlays.clear();
  }

  /** Keeps what this view sees while the table moves on. */
  remember(table: Table, id: string, old: Stored | undefined): void {
    const overlay = this.overlayOf(table);
    if (!overlay.has(id)) overlay.set(id, old);
  }

  get<R extends Stored>(from: Collection<R>, id: string): R | undefined {
    return this.source(from).get(id) as R | undefined;
  }

  getMany<R extends Stored>(from: Collection<R>, ids: readonly string[]): (R | undefined)[] {
    const source = this.source(from);
    return ids.map((id) => source.get(id) as R | undefined);
  }

  find<R extends Stored, I extends string>(from: Collection<R, I>, index: NoInfer<I>, key: string): R[] {
    return recordsOf(this.source(from), index, key);
  }

  findMany<R extends Stored, I extends string>(from: Collection<R, I>, index: NoInfer<I>, keys: readonly string[]): R[][] {
    const source = this.source(from);
    return keys.map((key) => recordsOf(source, index, key));
  }

  count<R extends Stored, I extends string>(from: Collection<R, I>, index: NoInfer<I>, key: string): number {
    return this.source(from).posting(index, key).size;
  }

  page<R extends Stored, I extends string>(from: Collection<R, I>, query: PageQuery<R, NoInfer<I>>): PageResult<R> {
    return pageOf(from as unknown as Collection, this.source(from), query as unknown as PageQuery<Stored>) as unknown as PageResult<R>;
  }

  scan<R extends Stored>(from: Collection<R>, after: string | undefined, limit: number): R[] {
    const source = this.source(from);
    return source.idsAfter(after, limit).map((id) => source.get(id) as R);
  }

  protected source(from: Collection<never>): Source & { idsAfter(id: string | undefined, count: number): string[] } {
    if (this.#over) throw new Error('The transaction is over');
    const table = this.tables.of(from);
    return (this.overlays.size > 0 && this.overlays.get(table.name)) || table;
  }

  protected overlayOf(table: Table): Overlay {
    let overlay = this.overlays.get(table.name);
    if (!overlay) this.overlays.set(table.name, (overlay = new Overlay(table)));
    return overlay;
  }
}

function recordsOf<R extends Stored>(source: Source, index: string, key: string): R[] {
  const records: R[] = [];
  for (const id of source.posting(index, key)) records.push(source.get(id) as R);
  return records;
}

/** A record that a transaction has put, or an id that it has deleted. */
export interface Written {
  readonly table: Table;
  readonly id: string;
  readonly record: Stored | undefined;
}

/** Keeps its changes to itself until they are committed. */
export class WritingView extends View implements WriteTx {
  put<R extends Stored>(into: Collection<R>, record: R): void {
    const source = this.source(into);
    for (const [name, index] of Object.entries<(typeof into.indexes)[string]>(into.indexes)) {
      if (!index.unique) continue;
      for (const key of index.keys(record))
        for (const id of source.posting(name, key)) if (id !== record.id) throw new UniqueViolation(into.name, name, key);
    }
    this.overlayOf(this.tables.of(into)).set(record.id, record);
  }

  delete<R extends Stored>(from: Collection<R>, id: string): void {
    if (this.source(from).get(id)) this.overlayOf(this.tables.of(from)).set(id, undefined);
  }

  /** What is different from the tables now. */
  written(): Written[] {
    const all: Written[] = [];
    for (const [name, overlay] of this.overlays) {
      const table = this.tables.named(name);
      for (const [id, record] of overlay.entries()) if (record !== table.get(id)) all.push({ table, id, record });
    }
    return all;
  }
}
