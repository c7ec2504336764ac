/** How a commit ended whose answer was lost with its connection. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Connections } from './connections.ts';

/** What a commit in the making leaves behind if it succeeds. */
export interface Committing {
  /** The server's number of the transaction. */
  readonly xid: string;
  readonly time: Date;
}

/** Milliseconds: longer than the server keeps a transaction whose process says nothing. */
const PATIENCE = 20_000;
const INTERVAL = 100;

/** Asks until the server tells; undefined if it does not in time. */
export async function wasCommitted({ run }: Connections, { xid, time }: Committing): Promise<boolean | undefined> {
  // Numbers may be given again after a crash of the server: the time tells such commits apart.
  const isStored = async () => (await run('SELECT 1 FROM compass.commits WHERE xid = $1::xid8 AND time = $2', [xid, time])).length > 0;
  const isUnderWay = async () => {
    const rows = await run<{ under_way: boolean }>(
      // A crash may also have forgotten the number, and the server refuses to be asked about numbers to come.
      `SELECT CASE WHEN $1::xid8 < pg_snapshot_xmax(pg_current_snapshot())
         THEN coalesce(pg_xact_status($1::xid8) = 'in progress', false) ELSE false END AS under_way`,
      [xid],
    );
    return rows[0]!.under_way;
  };
  for (const until = Date.now() + PATIENCE; Date.now() < until; await sleep(INTERVAL)) {
    try {
      const underWay = await isUnderWay();
      if (await isStored()) return true;
      if (!underWay) return false;
    } catch {
      // The server is not back yet.
    }
  }
  return undefined;
}
