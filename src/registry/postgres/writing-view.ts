import { type Change, type Collection, type Stored, UniqueViolation, type WriteTx } from '../contract.ts';
import { columnsOf, type Entry, entriesOf } from './entries.ts';
import { ownWork } from './jobs.ts';
import type { Run } from './session.ts';
import { columnText } from './text.ts';
import { listName } from './totals.ts';
import { PostgresView, type ViewOptions } from './view.ts';

/** Changes nothing where a unique key is taken. Entries that stay are not touched. For a record that was there it tells which lists it left and joined. */
const PUT = `
  WITH wanted AS (
    SELECT * FROM unnest ($3::text[], $4::text[], $5::text[], $6::boolean[]) AS w (index_name, key, place, is_unique)
  ), taken AS (
    SELECT w.index_name, w.key FROM wanted w JOIN compass.entries e
      ON e.is_unique AND e.collection = $1 AND e.index_name = w.index_name AND e.key = w.key
    WHERE w.is_unique AND e.id <> $2 LIMIT 1
  ), gone AS (
    DELETE FROM compass.entries e WHERE e.collection = $1 AND e.id = $2 AND NOT EXISTS (SELECT 1 FROM taken)
      AND NOT EXISTS (SELECT 1 FROM wanted w WHERE w.index_name = e.index_name AND w.key = e.key AND w.place = e.place AND w.is_unique = e.is_unique)
    RETURNING e.index_name, e.key, e.is_unique
  ), came AS (
    INSERT INTO compass.entries (collection, index_name, key, place, id, is_unique)
    SELECT $1, w.index_name, w.key, w.place, $2, w.is_unique FROM wanted w WHERE NOT EXISTS (SELECT 1 FROM taken)
    ON CONFLICT (collection, index_name, key, place, id) DO NOTHING RETURNING index_name, key, is_unique
  ), stored AS (
    INSERT INTO compass.records (collection, id, doc) SELECT $1, $2, $7::json WHERE NOT EXISTS (SELECT 1 FROM taken)
    ON CONFLICT (collection, id) DO UPDATE SET doc = excluded.doc, written = excluded.written
  )
  SELECT t.index_name, t.key, one.existed,
    CASE WHEN one.existed THEN (
      SELECT json_agg(json_build_array(index_name, key, by)) FROM (SELECT *, -1 AS by FROM gone UNION ALL SELECT *, 1 FROM came) both_ways WHERE NOT is_unique
    ) END AS moved,
    pg_current_xact_id()::text AS xid
  FROM (SELECT EXISTS (SELECT 1 FROM compass.records WHERE collection = $1 AND id = $2) AS existed) one LEFT JOIN taken t ON true`;

const DELETE = `
  WITH gone AS (
    DELETE FROM compass.entries WHERE collection = $1 AND id = $2 RETURNING index_name, key, is_unique
  ), went AS (
    DELETE FROM compass.records WHERE collection = $1 AND id = $2 RETURNING 1
  )
  SELECT pg_current_xact_id()::text AS xid, (SELECT json_agg(json_build_array(index_name, key, -1)) FROM gone WHERE NOT is_unique) AS moved FROM went`;

/** Index, key, and by how many the list grew. */
type Move = readonly [index: string, key: string, by: number];

/** What a put or a deletion has done. */
interface Done {
  readonly collection: string;
  readonly id: string;
  readonly existed: boolean;
  readonly exists: boolean;
  readonly moved: readonly Move[];
  /** The server's number of the transaction. */
  readonly xid: string;
}

/** What is different from before the transaction. */
export interface Written {
  readonly changes: readonly Change[];
  /** By how many records each list has grown, by name; 0 where as many left it as came. */
  readonly moved: Readonly<Record<string, number>>;
  readonly xid: string;
}

export interface WritingOptions extends ViewOptions {
  readonly seal: (from: Collection<Stored>, record: Stored) => Stored;
  /** The number of this process. */
  readonly process: string;
}

/** Writes through to its transaction, where nobody else sees it before the commit. */
export class WritingView extends PostgresView implements WriteTx {
  readonly #seal: WritingOptions['seal'];
  readonly #process: string;
  /** In the order in which they were asked for. */
  readonly #operations: Promise<Done | undefined>[] = [];

  constructor(run: Run, options: WritingOptions) {
    super(run, options);
    this.#seal = options.seal;
    this.#process = options.process;
  }

  /** Sends it and waits for nothing: what is asked for afterwards is answered after it, and what it fails with is what the write fails with. */
  put<R extends Stored>(into: Collection<R>, record: NoInfer<R>): void {
    this.requireOpen();
    this.wrote(into.name, record.id, record);
    this.#follow(this.#put(into as unknown as Collection<Stored>, record));
  }

  /** As `put`. */
  delete<R extends Stored>(from: Collection<R>, id: string): void {
    this.requireOpen();
    this.wrote(from.name, id, undefined);
    this.#follow(this.#delete(from.name, id));
  }

  /** Ends when all puts and deletions have. @returns undefined where nothing is different. @throws what the first of them has thrown */
  async settled(): Promise<Written | undefined> {
    const all = await Promise.all(this.#operations);
    return writtenBy(all.filter((done) => done !== undefined));
  }

  async #put(into: Collection<Stored>, record: Stored): Promise<Done> {
    const entries = entriesOf(into, record);
    const id = columnText(record.id);
    const put = this.run<{ index_name: string | null; key: string; existed: boolean; moved: Move[] | null; xid: string }>(PUT, [
      into.name,
      id,
      ...columnsOf(entries),
      JSON.stringify(this.#seal(into, record)),
    ]);
    const { work } = into;
    const isWork = work && entries.some((entry) => entry.index === work.index);
    const [rows] = await Promise.all([put, isWork && ownWork(this.run, this.#process, { collection: into.name, id, attempt: 0 }, work)]);
    const [{ index_name: index, key, existed, moved, xid }] = rows as [(typeof rows)[number]];
    if (index !== null) throw new UniqueViolation(into.name, index, rawKeyOf(entries, index, key));
    return { collection: into.name, id: record.id, existed, exists: true, moved: existed ? netOf(moved ?? []) : allOf(entries), xid };
  }

  async #delete(collection: string, id: string): Promise<Done | undefined> {
    const [gone] = await this.run<{ moved: Move[] | null; xid: string }>(DELETE, [collection, columnText(id)]);
    return gone && { collection, id, existed: true, exists: false, moved: gone.moved ?? [], xid: gone.xid };
  }

  #follow(operation: Promise<Done | undefined>): void {
    operation.catch(() => undefined);
    this.#operations.push(operation);
  }
}

/** A record that changed its place in a list has not left it. */
const netOf = (moves: readonly Move[]): readonly Move[] =>
  moves.filter(([index, key, by]) => !moves.some((other) => other[0] === index && other[1] === key && other[2] === -by));

/** A new record comes into all its lists. */
const allOf = (entries: readonly Entry[]): Move[] => entries.flatMap(({ index, key, unique }) => (unique ? [] : [[index, key, 1]]));

function writtenBy(all: readonly Done[]): Written | undefined {
  const touched = new Map<string, Done>();
  const moved = new Map<string, number>();
  for (const done of all) {
    const { collection, id } = done;
    const name = JSON.stringify([collection, id]);
    touched.set(name, { ...done, existed: touched.get(name)?.existed ?? done.existed });
    for (const [index, key, by] of done.moved) {
      const list = listName(collection, index, key);
      moved.set(list, (moved.get(list) ?? 0) + by);
    }
  }
  const changes = [...touched.values()]
    .filter(({ existed, exists }) => existed || exists)
    .map(({ collection, id, exists }): Change => ({ collection, id, kind: exists ? 'put' : 'delete' }));
  return changes.length > 0 ? { changes, moved: Object.fromEntries(moved), xid: all[0]!.xid } : undefined;
}

const rawKeyOf = (entries: readonly Entry[], index: string, key: string) =>
  entries.find((entry) => entry.index === index && entry.key === key)?.rawKey ?? key;
