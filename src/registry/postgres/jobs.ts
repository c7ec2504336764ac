/** What the job queue is told, and whose work is whose. */
import type { Work } from '../contract.ts';
import { ALIVE } from './presence.ts';
import type { Run } from './session.ts';

/** Which record the job is about; how often it was tried. */
export interface Job {
  readonly collection: string;
  readonly id: string;
  readonly attempt: number;
}

export const taskOf = (collection: string) => `compass:${collection}`;

/** Longest pause between two tries, in milliseconds. */
const LONGEST_PAUSE = 600_000;
export const pauseAfter = (attempt: number, { after }: Work) => Math.min(LONGEST_PAUSE, after * 2 ** Math.min(attempt, 20));

const ADD = `SELECT graphile_worker.add_job($1, $2::json, run_at := now() + $3::int * interval '1 millisecond', job_key := $4, max_attempts := 5, job_key_mode := $5)`;

/** Has somebody look at the record after that many milliseconds. A job that waits already is put off, unless `sooner`. */
export async function addJob(run: Run, job: Job, milliseconds: number, sooner = false): Promise<void> {
  const mode = sooner ? 'preserve_run_at' : 'replace';
  await run(ADD, [taskOf(job.collection), JSON.stringify(job), Math.ceil(milliseconds), `${job.collection}:${job.id}`, mode]);
}

/** Whoever writes the record is at its work from then on. */
export async function ownWork(run: Run, process: string, job: Job, work: Work): Promise<void> {
  const claimed = run(
    `INSERT INTO compass.claims (collection, id, process, until) VALUES ($1, $2, $3, now() + $4::int * interval '1 millisecond')
     ON CONFLICT (collection, id) DO UPDATE SET process = excluded.process, until = excluded.until`,
    [job.collection, job.id, process, work.patience],
  );
  await Promise.all([claimed, addJob(run, job, work.after)]);
}

/** False if a process that is alive is at it. */
export async function claim(run: Run, process: string, job: Job, work: Work): Promise<boolean> {
  const rows = await run(
    `INSERT INTO compass.claims (collection, id, process, until) VALUES ($1, $2, $3, now() + $4::int * interval '1 millisecond')
     ON CONFLICT (collection, id) DO UPDATE SET process = excluded.process, until = excluded.until
     WHERE claims.until < now() OR claims.process NOT IN (${ALIVE}) RETURNING 1`,
    [job.collection, job.id, process, work.patience],
  );
  return rows.length > 0;
}

export async function dropClaim(run: Run, process: string, { collection, id }: Job): Promise<void> {
  await run('DELETE FROM compass.claims WHERE collection = $1 AND id = $2 AND process = $3', [collection, id, process]);
}

/** Ids of all records that are to be worked on. */
export async function openWork(run: Run, collection: string, index: string): Promise<string[]> {
  const rows = await run<{ id: string }>('SELECT DISTINCT id FROM compass.entries WHERE collection = $1 AND index_name = $2', [
    collection,
    index,
  ]);
  return rows.map(({ id }) => id);
}

export async function isOpen(run: Run, { collection, id }: Job, index: string): Promise<boolean> {
  const rows = await run('SELECT 1 FROM compass.entries WHERE collection = $1 AND id = $2 AND index_name = $3 LIMIT 1', [
    collection,
    id,
    index,
  ]);
  return rows.length > 0;
}
