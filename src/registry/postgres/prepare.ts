/** Makes a database ready: its tables, the key's mark, the entries of all indexes. One process at a time, however many start. */
import type { Collection, Stored } from '../contract.ts';
import { RegistryTooNew } from '../file/errors.ts';
import { Opener, type Sealer } from '../file/seal.ts';
import { type Connections, LONG } from './connections.ts';
import { rebuildEntries } from './entries.ts';
import { isConflict } from './errors.ts';
import { openKey } from './key.ts';
import { runMigrations } from './driver.ts';
import { MIGRATIONS } from './migrations.ts';
import { type Run, runOn } from './session.ts';

const STARTING = 7_267_727_001;
/** Milliseconds: a process that is stopped while it makes tables keeps no other from it for longer. */
const LONGEST_PAUSE = 60_000;
/** Processes of an older program may write meanwhile, and be in the way. */
const ATTEMPTS = 5;

export interface PrepareOptions {
  readonly keyFile: string;
  readonly collections: readonly Collection<never>[];
}

/** All or nothing: one that is cut off leaves the database as it was. @throws RegistryTooNew, WrongKey, RegistryUnavailable */
export async function prepare(connections: Connections, options: PrepareOptions): Promise<Sealer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await prepareOnce(connections, options);
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw connections.told(error);
    }
  }
}

async function prepareOnce(connections: Connections, options: PrepareOptions): Promise<Sealer> {
  const client = await connections.begin(
    `BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${LONGEST_PAUSE}; SELECT pg_advisory_xact_lock(${STARTING})`,
    LONG,
  );
  try {
    const run = runOn(client, LONG);
    await requireUTF8(run, connections.place);
    await migrate(run, connections.place, async (statements) => void (await run(statements, undefined, 'fresh')));
    await forgetForeignNumbers(run);
    const sealer = await openKey(run, connections.place, options.keyFile);
    await makeIndexes(run, connections.place, sealer, options.collections as unknown as readonly Collection<Stored>[]);
    // On a connection of its own, as it has transactions of its own.
    await runMigrations({ pgPool: connections.pool });
    await client.query('COMMIT');
    client.release();
    return sealer;
  } catch (error) {
    client.release(error as Error);
    throw error;
  }
}

async function requireUTF8(run: Run, place: string): Promise<void> {
  const [row] = await run<{ server_encoding: string }>('SHOW server_encoding');
  if (row?.server_encoding !== 'UTF8')
    throw new Error(`The database ${place} has the encoding ${row?.server_encoding}: make one with ENCODING 'UTF8'`);
}

async function migrate(run: Run, place: string, all: (statements: string) => Promise<void>): Promise<void> {
  const [there] = await run<{ there: boolean }>(`SELECT to_regclass('compass.migrations') IS NOT NULL AS there`);
  if (!there?.there)
    await all(`CREATE SCHEMA IF NOT EXISTS compass;
      CREATE TABLE compass.migrations (number integer PRIMARY KEY, applied timestamptz NOT NULL DEFAULT now())`);
  const [last] = await run<{ number: number }>('SELECT coalesce(max(number), 0) AS number FROM compass.migrations');
  const applied = last!.number;
  if (applied > MIGRATIONS.length) throw new RegistryTooNew(place, applied, MIGRATIONS.length);
  for (const [at, statements] of MIGRATIONS.entries()) {
    if (at < applied) continue;
    await all(statements);
    await run('INSERT INTO compass.migrations (number) VALUES ($1)', [at + 1]);
  }
}

/** A database that was restored on another server tells of transactions that are still to come there. */
async function forgetForeignNumbers(run: Run): Promise<void> {
  await run('UPDATE compass.commits SET xid = NULL WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())', [], 'fresh');
}

/** Indexes that the program has got since are filled from the records. */
async function makeIndexes(run: Run, place: string, sealer: Sealer, collections: readonly Collection<Stored>[]): Promise<void> {
  const known = await run<{ collection: string; name: string; is_unique: boolean; is_ordered: boolean }>('SELECT * FROM compass.indexes');
  const opener = new Opener(sealer);
  for (const from of collections) {
    const changed = Object.entries(from.indexes).filter(
      ([name, index]) =>
        !known.some(
          (one) =>
            one.collection === from.name &&
            one.name === name &&
            one.is_unique === (index.unique === true) &&
            one.is_ordered === (index.order !== undefined),
        ),
    );
    if (changed.length === 0) continue;
    await rebuildEntries(
      run,
      from,
      changed.map(([name]) => name),
      (collection, doc) => opener.open(place, collection, doc),
    );
    for (const [name, index] of changed)
      await run(
        `INSERT INTO compass.indexes (collection, name, is_unique, is_ordered) VALUES ($1, $2, $3, $4)
         ON CONFLICT (collection, name) DO UPDATE SET is_unique = excluded.is_unique, is_ordered = excluded.is_ordered`,
        [from.name, name, index.unique === true, index.order !== undefined],
      );
  }
}
