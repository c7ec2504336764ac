/** How plans make objects and lists: plainly where all values are there, by one promise where some are awaited. */
import type { Awaitable } from '../../registry/contract.ts';

/** The plan does not lead there. */
export class Unplanned extends Error {}

export interface PlannedField<Run> {
  readonly key: string;
  readonly read: (source: unknown, run: Run) => unknown;
  readonly complete: (value: unknown, run: Run) => unknown;
}

const forgotten = () => {};

/** Those that nobody waits for any more must not end the process when they fail. */
const forget = (pending: readonly Promise<unknown>[] | undefined) => pending?.forEach((one) => one.catch(forgotten));

export function objectOf<Run>(fields: readonly PlannedField<Run>[]): (source: unknown, run: Run) => Awaitable<Record<string, unknown>> {
  return (source, run) => {
    const made: Record<string, unknown> = {};
    let pending: Promise<unknown>[] | undefined;
    try {
      for (const { key, read, complete } of fields) {
        const value = read(source, run);
        const completed = value instanceof Promise ? value.then((later: unknown) => complete(later, run)) : complete(value, run);
        made[key] = completed;
        if (completed instanceof Promise) (pending ??= []).push(completed.then((later: unknown) => void (made[key] = later)));
      }
    } catch (error) {
      forget(pending);
      throw error;
    }
    return pending ? Promise.all(pending).then(() => made) : made;
  };
}

export function listOf<Run>(complete: (value: unknown, run: Run) => unknown): (value: unknown, run: Run) => Awaitable<unknown> {
  return (value, run) => {
    if (value === null || value === undefined) return null;
    if (!Array.isArray(value)) throw new Unplanned();
    const made: unknown[] = [];
    let pending = false;
    try {
      for (const item of value as readonly unknown[]) {
        const completed = item instanceof Promise ? item.then((later: unknown) => complete(later, run)) : complete(item, run);
        if (completed instanceof Promise) pending = true;
        made.push(completed);
      }
    } catch (error) {
      forget(made.filter((one) => one instanceof Promise));
      throw error;
    }
    return pending ? Promise.all(made) : made;
  };
}
