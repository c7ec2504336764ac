/** The history: commits get their numbers after the fact, so that writers need not queue for them. */
import type { About, Change, Commit } from '../contract.ts';
import type { Connections } from './connections.ts';

const NUMBERING = 7_267_727_002;

/**
 * Any commit that is seen here was acknowledged before those that will be seen later only: numbers go up in time, without gaps.
 * They need not be durable: numbers that a crash of the server takes are given again.
 */
const NUMBER = `
  BEGIN;
  SET LOCAL synchronous_commit = off;
  SELECT pg_advisory_xact_lock(${NUMBERING});
  UPDATE compass.commits c SET sequence = last.sequence + news.nth
  FROM (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM compass.commits WHERE sequence IS NULL) news,
    (SELECT coalesce(max(sequence), 0) AS sequence FROM compass.commits) last
  WHERE c.id = news.id;
  COMMIT`;

const STATE = `SELECT EXISTS (SELECT 1 FROM compass.commits WHERE sequence IS NULL) AS waiting,
  (SELECT coalesce(max(sequence), 0) FROM compass.commits) AS last`;

interface Row {
  readonly sequence: string;
  readonly time: Date;
  readonly about: About;
  readonly changes: readonly Change[];
}

/** Gives numbers to the commits that have none yet. @returns the last number */
export async function numberCommits(connections: Connections): Promise<number> {
  const state = async () => (await connections.run<{ waiting: boolean; last: string }>(STATE))[0]!;
  const before = await state();
  if (!before.waiting) return Number(before.last);
  const client = await connections.begin(NUMBER);
  client.release();
  return Number((await state()).last);
}

/** Numbered commits after that one, oldest first. */
export async function readCommits({ run }: Connections, after: number, limit: number): Promise<Commit[]> {
  const rows = await run<Row>('SELECT sequence, time, about, changes FROM compass.commits WHERE sequence > $1 ORDER BY sequence LIMIT $2', [
    after,
    limit,
  ]);
  return rows.map(({ sequence, time, about, changes }) => ({ sequence: Number(sequence), time: time.toISOString(), about, changes }));
}

/** Forgets all but the last commits. @returns how many were forgotten */
export async function trimCommits({ run }: Connections, kept: number): Promise<number> {
  const rows = await run('DELETE FROM compass.commits WHERE sequence <= (SELECT max(sequence) FROM compass.commits) - $1 RETURNING 1', [
    kept,
  ]);
  return rows.length;
}
