/** Work that goes on after an answer was given. */
import type { Director } from '../director.ts';

const underWay = new WeakMap<Director, Set<Promise<void>>>();

/** Starts it; a failure is reported, as nobody waits for it. */
export function inBackground(director: Director, what: string, work: () => Promise<unknown>): void {
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

/** Resolves when nothing goes on any more: what a plane waits for before it stops. */
export async function backgroundDone(director: Director): Promise<void> {
  while ((underWay.get(director)?.size ?? 0) > 0) await Promise.all(underWay.get(director)!);
}
