import DataLoader from 'dataloader';
import type { Collection, PageQuery, PageResult, ReadTx, Stored } from '../contract.ts';
import { type Alike, alikeOf, pageOf, pagesOf } from './page.ts';
import type { Run } from './session.ts';
import { columnText, keyText } from './text.ts';
import type { Totals } from './totals.ts';

const MANY = 1000;

export interface ViewOptions {
  /** A record as it stands in the database, with its sealed fields opened. */
  readonly open: (collection: string, doc: Stored) => Stored;
  /** Whether what was read once stays so: on a snapshot. */
  readonly settled: boolean;
  /** Not where a view has changes of its own, nor where what it looks at must be told from all else. */
  readonly totals?: Totals;
  /** Pages that look at records batch by batch need one view; undefined where the statements have one anyway. */
  readonly onOneView?: <T>(work: (tx: ReadTx) => Promise<T>) => Promise<T>;
}

type Records = readonly Stored[];

/** Look-ups by id and by key that are asked for together go to the server as one statement. */
export class PostgresView implements ReadTx {
  protected readonly run: Run;
  protected readonly options: ViewOptions;
  readonly #records = new Map<string, DataLoader<string, Stored | undefined>>();
  readonly #lists = new Map<string, DataLoader<string, Records>>();
  readonly #pages = new Map<string, DataLoader<string, PageResult<Stored>>>();
  #over = false;

  constructor(run: Run, options: ViewOptions) {
    this.run = <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') => {
      this.requireOpen();
      return run<Row>(text, values, fresh);
    };
    this.options = options;
  }

  /** No use of it after this. */
  end(): void {
    this.#over = true;
  }

  async get<R extends Stored>(from: Collection<R>, id: string): Promise<R | undefined> {
    this.requireOpen();
    return (await this.#recordsOf(from.name).load(id)) as R | undefined;
  }

  async getMany<R extends Stored>(from: Collection<R>, ids: readonly string[]): Promise<(R | undefined)[]> {
    return Promise.all(ids.map((id) => this.get(from, id)));
  }

  async find<R extends Stored, I extends string>(from: Collection<R, I>, index: NoInfer<I>, key: string): Promise<readonly R[]> {
    requireIndex(from, index);
    this.requireOpen();
    return (await this.#listsOf(from.name, index).load(key)) as readonly Stored[] as readonly R[];
  }

  async findMany<R extends Stored, I extends string>(
    from: Collection<R, I>,
    index: NoInfer<I>,
    keys: readonly string[],
  ): Promise<(readonly R[])[]> {
    return Promise.all(keys.map((key) => this.find(from, index, key)));
  }

  async count<R extends Stored, I extends string>(from: Collection<R, I>, index: NoInfer<I>, key: string): Promise<number> {
    requireIndex(from, index);
    const rows = await this.run<{ count: number }>(
      'SELECT count(*)::int AS count FROM compass.entries WHERE collection = $1 AND index_name = $2 AND key = $3',
      [from.name, index, keyText(key)],
    );
    return rows[0]!.count;
  }

  async page<R extends Stored, I extends string>(from: Collection<R, I>, query: PageQuery<R, NoInfer<I>>): Promise<PageResult<R>> {
    for (const { index } of query.all) requireIndex(from, index);
    if (query.match && this.options.onOneView) return this.options.onOneView(async (tx) => tx.page(from, query));
    this.requireOpen();
    return (await this.#page(from as unknown as Collection<Stored>, query as unknown as PageQuery<Stored>)) as unknown as PageResult<R>;
  }

  async scan<R extends Stored>(from: Collection<R>, after: string | undefined, limit: number): Promise<R[]> {
    const rows = await scanRows(this.run, from.name, after, limit);
    return rows.map(({ doc }) => this.options.open(from.name, doc) as R);
  }

  #page(from: Collection<Stored>, query: PageQuery<Stored>): Promise<PageResult<Stored>> {
    const found = alikeOf(query);
    return found
      ? this.#pagesOf(from, found.alike).load(found.key)
      : pageOf(this.run, from, query, this.#opener(from.name), this.options.totals);
  }

  /** That record is known to be so now; lists of its collection are asked for again. */
  protected wrote(collection: string, id: string, record: Stored | undefined): void {
    this.#recordsOf(collection)
      .clear(id)
      .prime(id, record as Stored);
    for (const [name, list] of [...this.#lists, ...this.#pages]) if (name.startsWith(`${collection}|`)) list.clearAll();
  }

  protected requireOpen(): void {
    if (this.#over) throw new Error('The transaction is over');
  }

  #recordsOf(collection: string): DataLoader<string, Stored | undefined> {
    let loader = this.#records.get(collection);
    if (!loader) {
      loader = new DataLoader((ids) => this.#load(collection, ids), { cache: this.options.settled, maxBatchSize: MANY });
      this.#records.set(collection, loader);
    }
    return loader;
  }

  async #load(collection: string, ids: readonly string[]): Promise<(Stored | undefined)[]> {
    const wanted = [...new Set(ids)].map(columnText);
    const rows = await this.run<{ doc: Stored }>(`SELECT doc FROM compass.records WHERE collection = $1 AND id ${anyOf('$2', wanted)}`, [
      collection,
      oneOrAll(wanted),
    ]);
    const found = new Map(rows.map(({ doc }) => [doc.id, this.options.open(collection, doc)]));
    return ids.map((id) => found.get(id));
  }

  #listsOf(collection: string, index: string): DataLoader<string, Records> {
    const name = `${collection}|${index}`;
    let loader = this.#lists.get(name);
    if (!loader) {
      loader = new DataLoader((keys) => this.#loadLists(collection, index, keys), { cache: this.options.settled, maxBatchSize: MANY });
      this.#lists.set(name, loader);
    }
    return loader;
  }

  #pagesOf(from: Collection<Stored>, alike: Alike): DataLoader<string, PageResult<Stored>> {
    const name = `${from.name}|${alike.index}|${alike.first}|${alike.offset}`;
    let loader = this.#pages.get(name);
    if (!loader) {
      const load = (keys: readonly string[]) => {
        // A view that goes on for long is asked for too many kinds of pages to keep something for each.
        if (!this.options.settled) this.#pages.delete(name);
        return this.#loadPages(from, alike, keys);
      };
      loader = new DataLoader(load, { cache: this.options.settled, maxBatchSize: MANY });
      this.#pages.set(name, loader);
    }
    return loader;
  }

  async #loadPages(from: Collection<Stored>, alike: Alike, keys: readonly string[]): Promise<PageResult<Stored>[]> {
    const open = this.#opener(from.name);
    if (keys.length > 1) return pagesOf(this.run, from, alike, keys, open);
    return [
      await pageOf(
        this.run,
        from,
        { all: [{ index: alike.index, anyOf: keys }], first: alike.first, offset: alike.offset },
        open,
        this.options.totals,
      ),
    ];
  }

  #opener = (collection: string) => (doc: Stored) => this.options.open(collection, doc);

  async #loadLists(collection: string, index: string, keys: readonly string[]): Promise<Records[]> {
    const texts = keys.map(keyText);
    const wanted = [...new Set(texts)];
    const rows = await this.run<{ key: string; doc: Stored }>(
      `SELECT e.key, r.doc FROM compass.entries e JOIN compass.records r ON r.collection = e.collection AND r.id = e.id
       WHERE e.collection = $1 AND e.index_name = $2 AND e.key ${anyOf('$3', wanted)} ORDER BY e.key, e.place, e.id`,
      [collection, index, oneOrAll(wanted)],
    );
    const lists = new Map<string, Stored[]>();
    // Who found a record in a list often asks for it by its id next.
    const known = this.options.settled ? this.#recordsOf(collection) : undefined;
    for (const { key, doc } of rows) {
      const record = this.options.open(collection, doc);
      known?.prime(record.id, record);
      const list = lists.get(key);
      if (list) list.push(record);
      else lists.set(key, [record]);
    }
    return texts.map((text) => lists.get(text) ?? []);
  }
}

/** Records by id, with the id as its column has it; `after` is one of ours. */
export function scanRows(run: Run, collection: string, after: string | undefined, limit: number): Promise<{ id: string; doc: Stored }[]> {
  // Two statements: a condition that holds for any id would keep the server from its index.
  return after === undefined
    ? run('SELECT id, doc FROM compass.records WHERE collection = $1 ORDER BY id LIMIT $2', [collection, limit])
    : run('SELECT id, doc FROM compass.records WHERE collection = $1 AND id > $2 ORDER BY id LIMIT $3', [
        collection,
        columnText(after),
        limit,
      ]);
}

/** One value, said plainly, has a plan that the server keeps; for lists it makes one each time. */
const anyOf = (parameter: string, values: readonly string[]) => (values.length === 1 ? `= ${parameter}` : `= ANY (${parameter}::text[])`);
const oneOrAll = (values: readonly string[]) => (values.length === 1 ? values[0] : values);

/** @throws if the collection declares no such index */
function requireIndex(from: Collection<never>, index: string): void {
  if (!Object.hasOwn(from.indexes, index)) throw new Error(`${from.name} has no index ${index}`);
}
