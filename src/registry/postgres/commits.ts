/** The history: commits get their numbers after the fact, so that writers need not queue for them. */
import type { About, Change, Commit } from '../contract.ts';
import type { Connections } from './connections.ts';

interface Row {
  readonly sequence: string;
  readonly time: Date;
  readonly about: About;
  readonly changes: readonly Change[];
}

/** Gives numbers to the commits that have none yet. @returns the last number */
export async function numberCommits({ run }: Connections): Promise<number> {
  const [row] = await run<{ last: string }>('SELECT compass.number_commits() AS last');
  return Number(row!.last);
}

/** Commits after that one, oldest first; those that have no number yet get theirs. */
export async function readCommits({ run }: Connections, after: number, limit: number): Promise<Commit[]> {
  const rows = await run<Row>('SELECT * FROM compass.commits_after($1, $2)', [after, limit]);
  return rows.map(({ sequence, time, about, changes }) => ({ sequence: Number(sequence), time: time.toISOString(), about, changes }));
}

/** Forgets all but the last commits. @returns how many were forgotten */
export async function trimCommits({ runLong }: Connections, kept: number): Promise<number> {
  // Counted, as numbers leap where the server has crashed.
  const rows = await runLong(
    `DELETE FROM compass.commits WHERE sequence <= (
       SELECT sequence FROM compass.commits WHERE sequence IS NOT NULL ORDER BY sequence DESC OFFSET $1 LIMIT 1
     ) RETURNING 1`,
    [kept],
  );
  return rows.length;
}
