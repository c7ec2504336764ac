/** Work that goes on after an answer was given. */
import { setTimeout } from 'node:timers/promises';
import type { Director } from '../director.ts';

const underWay = new WeakMap<Director, Set<Promise<void>>>();

/** Longer than work is left without a word, in milliseconds: another process on the same Registry may still be at what is younger. */
const ABANDONED_AFTER = 600_000;

/** The instant before which work must have begun for a starting plane to take it up. */
export function abandonedBefore({ registry, clock }: Director): string {
  const age = registry.sequence === undefined ? ABANDONED_AFTER : 0;
  return new Date((clock?.() ?? new Date()).getTime() - age).toISOString();
}

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

/** Resolves when nothing goes on any more, or after that many milliseconds: what a plane waits for before it stops. What is left untold then has its ticket. */
export async function backgroundDone(director: Director, patience: number): Promise<void> {
  const tasks = underWay.get(director);
  if (!tasks || tasks.size === 0) return;
  const over = new AbortController();
  const idle = async () => {
    while (tasks.size > 0) await Promise.all(tasks);
  };
  await Promise.race([idle(), setTimeout(patience, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
