/** Whether the entries of the indexes are those of the records, and how they are made so again. */
import type { Collection, Stored } from '../contract.ts';
import { Opener, type Sealer } from '../file/seal.ts';
import { trimCommits } from './commits.ts';
import { type Connections, LONG } from './connections.ts';
import { entriesOf, rebuildEntries } from './entries.ts';
import { type Run, runOn } from './session.ts';
import { columnText } from './text.ts';
import { scanRows } from './view.ts';

const BATCH = 500;

export interface Mended {
  /** Bytes of all tables before and after. */
  readonly before: number;
  readonly after: number;
  /** Commits that the history no longer has. */
  readonly forgotten: number;
}

interface Row {
  readonly id: string;
  readonly index_name: string;
  readonly key: string;
  readonly place: string;
  readonly is_unique: boolean;
}

/** @returns what is wrong, for people */
export async function verify(connections: Connections, sealer: Sealer, collections: readonly Collection<never>[]): Promise<string[]> {
  const client = await connections.begin('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1');
  try {
    const run = runOn(client, LONG);
    const wrong: string[] = [];
    for (const from of collections as unknown as readonly Collection<Stored>[])
      wrong.push(...(await verifyCollection(run, from, new Opener(sealer), connections.place)));
    const [orphans] = await run<{ count: number }>(
      `SELECT count(*)::int AS count FROM compass.entries e
       WHERE NOT EXISTS (SELECT 1 FROM compass.records r WHERE r.collection = e.collection AND r.id = e.id)`,
    );
    if (orphans!.count > 0) wrong.push(`${orphans!.count} index entries are of records that are gone`);
    await client.query('COMMIT');
    client.release();
    return wrong;
  } catch (error) {
    client.release(error as Error);
    throw connections.told(error);
  }
}

async function verifyCollection(run: Run, from: Collection<Stored>, opener: Opener, place: string): Promise<string[]> {
  const wrong: string[] = [];
  const declared = Object.keys(from.indexes);
  for (let after: string | undefined; ;) {
    const rows = await scanRows(run, from.name, after, BATCH);
    const kept = new Map<string, Set<string>>(rows.map(({ id }) => [id, new Set()]));
    const entries = await run<Row>(
      `SELECT id, index_name, key, place, is_unique FROM compass.entries
       WHERE collection = $1 AND id = ANY ($2::text[]) AND index_name = ANY ($3::text[])`,
      [from.name, rows.map(({ id }) => id), declared],
    );
    for (const { id, index_name, ...rest } of entries)
      kept.get(id)!.add(JSON.stringify([index_name, rest.key, rest.place, rest.is_unique]));
    for (const { id, doc } of rows) {
      const fault = faultOf(from, doc, id, kept.get(id)!, (one) => opener.open(place, from.name, one));
      if (fault) wrong.push(`${from.name}, record ${doc.id}: ${fault}`);
    }
    if (rows.length < BATCH) return wrong;
    after = rows.at(-1)!.doc.id;
  }
}

function faultOf(
  from: Collection<Stored>,
  doc: Stored,
  id: string,
  kept: ReadonlySet<string>,
  open: (doc: Stored) => Stored,
): string | undefined {
  if (columnText(doc.id) !== id) return `it is stored under the id ${id}`;
  let record: Stored;
  try {
    record = open(doc);
  } catch (error) {
    return (error as Error).message;
  }
  const wanted = new Set(entriesOf(from, record).map((one) => JSON.stringify([one.index, one.key, one.place, one.unique])));
  const missing = [...wanted].filter((one) => !kept.has(one)).length;
  const extra = [...kept].filter((one) => !wanted.has(one)).length;
  return missing + extra > 0 ? `its index entries are not as they should be (${missing} missing, ${extra} too many)` : undefined;
}

/** Makes all entries anew while writers wait, forgets history beyond that many commits, and lets the server tidy up. */
export async function mend(
  connections: Connections,
  sealer: Sealer,
  collections: readonly Collection<never>[],
  remembered: number,
): Promise<Mended> {
  const before = await sizeOf(connections);
  const opener = new Opener(sealer);
  const client = await connections.begin('BEGIN');
  try {
    const run = runOn(client, LONG);
    for (const from of collections as unknown as readonly Collection<Stored>[])
      await rebuildEntries(run, from, Object.keys(from.indexes), (name, doc) => opener.open(connections.place, name, doc));
    await run(
      `DELETE FROM compass.entries e
       WHERE NOT EXISTS (SELECT 1 FROM compass.records r WHERE r.collection = e.collection AND r.id = e.id)`,
    );
    await run('COMMIT', [], 'fresh');
    const forgotten = await trimCommits(connections, remembered);
    await run('VACUUM (ANALYZE) compass.records, compass.entries, compass.commits', [], 'fresh');
    client.release();
    return { before, after: await sizeOf(connections), forgotten };
  } catch (error) {
    client.release(error as Error);
    throw connections.told(error);
  }
}

async function sizeOf({ run }: Connections): Promise<number> {
  const [row] = await run<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'compass' AND c.relkind = 'r'`,
  );
  return Number(row!.bytes);
}
