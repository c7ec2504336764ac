/** How long lists are, for as long as nobody has written anything: counting a list of 100,000 takes longer than all else of a page. */

const KEPT = 1000;
/** Milliseconds: so long a repair of the index entries, which is no commit, may go unnoticed. */
const KEPT_FOR = 10_000;

interface Total {
  readonly total: number;
  /** Number of the last commit when it was counted, at a moment when all commits had one. */
  readonly asOf: string;
  readonly until: number;
}

/**
 * SQL for the number of the last commit, null while there are commits without one. Commits get theirs after the fact, in one row without gaps:
 * where it is the same, the same commits are seen.
 */
export const AS_OF = `CASE WHEN EXISTS (SELECT 1 FROM compass.commits WHERE sequence IS NULL) THEN NULL
  ELSE (SELECT coalesce(max(sequence), 0) FROM compass.commits) END`;

export class Totals {
  readonly #kept = new Map<string, Total>();

  find(list: string): Total | undefined {
    const found = this.#kept.get(list);
    return found && found.until > performance.now() ? found : undefined;
  }

  keep(list: string, total: number, asOf: string): void {
    if (this.find(list)?.asOf === asOf) return;
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(list, { total, asOf, until: performance.now() + KEPT_FOR });
  }

  /** The server may have crashed, or another taken its place: numbers may be given again. */
  clear(): void {
    this.#kept.clear();
  }
}
