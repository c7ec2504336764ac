/** What others want of an agent that runs: a file in its folder, which it looks for while it waits. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asJson, readIfThere, writeWhole } from './files.ts';

export interface Wishes {
  /** Replace the certificate, however long it holds. */
  readonly renew: boolean;
}

const fileOf = (dir: string) => join(dir, 'wishes.json');
/** Milliseconds between two looks. */
const LOOK = 250;

/** Asks the agent of that folder to do its next round at once. */
export const leaveWishes = (dir: string, wishes: Wishes) => writeWhole(fileOf(dir), asJson({ ...wishes, at: Date.now() }));

/** What was wished for since; it is forgotten by this. */
export async function takeWishes(dir: string): Promise<Wishes | undefined> {
  const text = await readIfThere(fileOf(dir));
  if (text === undefined) return undefined;
  await rm(fileOf(dir), { force: true });
  try {
    return { renew: (JSON.parse(text) as Wishes).renew === true };
  } catch {
    return { renew: false };
  }
}

/** Waits so many milliseconds, less where somebody wishes for something or the signal is given. */
export async function waitForWishes(dir: string, milliseconds: number, signal: AbortSignal | undefined): Promise<Wishes | undefined> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const left = end - performance.now();
    if (left <= 0 || signal?.aborted) return undefined;
    await sleep(Math.min(LOOK, left), undefined, { signal }).catch(() => undefined);
    const wishes = await takeWishes(dir);
    if (wishes) return wishes;
  }
}
