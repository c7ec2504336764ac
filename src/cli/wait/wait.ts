/** Waiting for something to become so. */
import { Failure } from '../failure/failure.ts';

export interface WaitOptions {
  /** What is waited for, as the failure tells it. */
  readonly what: string;
  /** Milliseconds. */
  readonly timeout: number;
  /** Between two looks; milliseconds. */
  readonly interval?: number;
  /** How it stands, as the failure tells it. */
  readonly seen?: () => string | undefined;
  /** What brings it about, where waiting longer may not. */
  readonly hint?: string | undefined;
}

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Looks until `look` gives a value. @throws Failure timed_out */
export async function until<T>(look: () => Promise<T | undefined>, { what, timeout, interval = 250, seen, hint }: WaitOptions): Promise<T> {
  const deadline = Date.now() + timeout;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() + interval > deadline) throw timedOut(what, timeout / 1000, seen?.(), hint);
    await sleep(interval);
  }
}

const timedOut = (what: string, seconds: number, seen: string | undefined, hint: string | undefined) =>
  new Failure('timed_out', `Waited ${seconds} s for ${what}${seen === undefined ? '' : `: ${seen}`}.`, {
    hint,
    details: { timeout: seconds },
  });
