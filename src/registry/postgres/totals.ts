/**
 * How long the long lists are, always exactly: what was counted once, and what commits have moved in and out since.
 * Counting a list of 100,000 takes longer than all else of a page, and where somebody writes all the time it would be done for each.
 */
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';

const KEPT = 1000;
/** Milliseconds: so long a repair of the index entries, which is no commit, may go unnoticed. */
const KEPT_FOR = 10_000;
/** Commits that are looked through: more, and the list is counted anew. Far fewer than the history keeps. */
const MOST_COMMITS = 1000;

/** A list by which it is known to commits: short, as each of them names some. */
export const listName = (collection: string, index: string, key: string): string =>
  hash('sha256', JSON.stringify([collection, index, key]), 'base64').slice(0, 16);

interface Total {
  readonly total: number;
  /** The transactions that were not seen when it was told: the running ones before `next`, and all from there on. */
  readonly next: string;
  readonly running: readonly string[];
  /** Until when it may be brought forward without counting. */
  readonly until: number;
}

/** What a statement answers of a list's length. */
export interface Told {
  readonly total: number;
  /** As `pg_current_snapshot` has it; null where the length was not to be kept. */
  readonly seen: string | null;
  /** Whether it was counted. */
  readonly counted: boolean;
}

/** The statement's snapshot sees all that was seen before: views are older now and then. */
const IS_LATER = (next: string, running: string) => `pg_snapshot_xmax(s.seen) >= ${next} AND NOT EXISTS (
  SELECT 1 FROM pg_snapshot_xip(s.seen) x WHERE x < ${next} AND x <> ALL (${running}))`;

/**
 * SQL for one row (total, seen, counted).
 * @param lists names of the lists whose records these are: of one, or of those that all or any of them are in
 * @param counted SQL that counts
 * @param add takes a value of the statement and answers with its place
 */
export function totalSQL(lists: readonly string[], counted: string, known: Total | undefined, add: (value: unknown) => string): string {
  if (!known) return `(SELECT pg_current_snapshot()::text AS seen, ${counted} AS total, true AS counted)`;
  const next = `${add(known.next)}::xid8`;
  const running = `${add(known.running)}::xid8[]`;
  // What came into one list and left another says nothing of what is in both.
  const moved =
    lists.length === 1
      ? `(SELECT coalesce(sum((moved ->> ${add(lists[0])})::int), 0)::int FROM since)`
      : `CASE WHEN NOT EXISTS (SELECT 1 FROM since WHERE moved ?| ${add(lists)}::text[]) THEN 0 END`;
  // In the order of an index, and no further than is worth it: the server need not guess how many there are. Older programs tell nothing of what they move.
  return `(
    WITH since AS MATERIALIZED (
      (SELECT moved FROM compass.commits WHERE xid >= ${next} ORDER BY xid LIMIT ${MOST_COMMITS})
      UNION ALL SELECT moved FROM compass.commits WHERE xid = ANY (${running})
    ), s AS (SELECT pg_current_snapshot() AS seen), forward AS (
      SELECT s.seen::text AS seen, CASE WHEN ${IS_LATER(next, running)} AND (SELECT count(*) < ${MOST_COMMITS} AND count(*) = count(moved) FROM since)
        THEN ${add(known.total)}::int + ${moved} END AS total FROM s
    ) SELECT seen, CASE WHEN total IS NULL THEN ${counted} ELSE total END AS total, total IS NULL AS counted FROM forward)`;
}

export class Totals {
  readonly #long: number;
  readonly #kept = new LRUCache<string, Total>({ max: KEPT });

  /** @param long how many records a list has that is worth it */
  constructor(long: number) {
    this.#long = long;
  }

  find(list: string): Total | undefined {
    const found = this.#kept.get(list);
    return found && found.until > performance.now() ? found : undefined;
  }

  keep(list: string, { total, seen, counted }: Told): void {
    if (seen === null) return;
    const before = this.find(list);
    this.#kept.delete(list);
    if (total < this.#long) return;
    const [, next, running] = seen.split(':') as [string, string, string];
    const until = counted || !before ? performance.now() + KEPT_FOR : before.until;
    this.#kept.set(list, { total, next, running: running === '' ? [] : running.split(','), until });
  }

  /** The server may have crashed, or another taken its place: numbers of transactions may be given again. */
  clear(): void {
    this.#kept.clear();
  }
}
