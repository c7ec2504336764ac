/** Work that goes on after an answer was given. */
import { setTimeout } from 'node:timers/promises';
import type { DirectorCore } from './context.ts';

const underWay = new WeakMap<DirectorCore, Set<Promise<void>>>();

/** When processes that share a registry look whether whoever began something is still alive, and after which time they take it over even so; in milliseconds. */
export const SHARED_WORK = { after: 5_000, patience: 600_000 } as const;

/** What began before this is what an earlier process left, where this process alone has the registry. */
export const startOf = ({ clock }: DirectorCore): string => (clock?.() ?? new Date()).toISOString();

/** Starts it; a failure is reported, as nobody waits for it. */
export function inBackground(director: DirectorCore, what: string, work: () => Promise<unknown>): void {
  const tasks = underWay.get(director) ?? new Set();
  underWay.set(director, tasks);
  const task: Promise<void> = work()
    .then(
      () => undefined,
      (error: unknown) => director.report?.(`${what} failed`, { reason: error instanceof Error ? error.message : String(error) }),
    )
    .finally(() => tasks.delete(task));
  tasks.add(task);
}

/** Resolves when nothing goes on any more, or after that many milliseconds: what a plane waits for before it stops. What is left untold then has its ticket. */
export async function backgroundDone(director: DirectorCore, patience: number): Promise<void> {
  const tasks = underWay.get(director);
  if (!tasks || tasks.size === 0) return;
  const over = new AbortController();
  const idle = async () => {
    while (tasks.size > 0) await Promise.all(tasks);
  };
  await Promise.race([idle(), setTimeout(patience, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
