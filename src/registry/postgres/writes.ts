/** Writes of this process: one after the other, as many to a transaction as come together, so that they share a sync and are never in each other's way. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { About, Awaitable, WriteTx } from '../contract.ts';
import { isConflict, tooManyConflicts } from './errors.ts';
import { Group, type GroupOptions, type Outcome, Refused, type Write } from './group.ts';

const ATTEMPTS = 40;
/** Milliseconds. */
const LONGEST_BACK_OFF = 100;
/** How many writes share a transaction at most, and until how many milliseconds after its begin others come in: the first waits for the last. */
const MOST = 32;
const OPEN_FOR = 20;
/** Milliseconds after a conflict with another process for which groups take turns from the start. */
const WARY_FOR = 1000;

/** How a write ended well. */
export interface Written<T> {
  readonly value: T;
  /** How many records were changed. */
  readonly changed: number;
}

interface Waiting extends Write {
  readonly resolve: (written: Written<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

export class Writes {
  readonly #options: GroupOptions;
  readonly #waiting: Waiting[] = [];
  #isRunning = false;
  #waryUntil = 0;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  /** @throws RegistryUnavailable, UniqueViolation, or what the work throws */
  write<T>(about: About, work: (tx: WriteTx) => Awaitable<T>): Promise<Written<T>> {
    return new Promise<Written<T>>((resolve, reject) => {
      this.#waiting.push({ about, work, resolve: resolve as Waiting['resolve'], reject });
      if (!this.#isRunning) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (let first = this.#waiting.shift(); first; first = this.#waiting.shift()) await this.#settle([first]);
    this.#isRunning = false;
  }

  /** Tries until it is known how all of them ended. Others may join them. */
  async #settle(writes: Waiting[]): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#attempt(writes, attempt > 0);
      } catch (error) {
        const isConflicting = error instanceof Refused && isConflict(error.cause);
        if (!isConflicting || attempt === ATTEMPTS) return this.#refuse(writes, error);
        this.#waryUntil = performance.now() + WARY_FOR;
        if (attempt > 0) await sleep(Math.random() * Math.min(LONGEST_BACK_OFF, 2 ** attempt));
      }
    }
  }

  #refuse(writes: readonly Waiting[], error: unknown): void {
    const { connections } = this.#options;
    const cause = error instanceof Refused ? error.cause : error;
    const told = isConflict(cause) ? tooManyConflicts(connections.place, cause) : connections.told(cause);
    for (const { reject } of writes) reject(told);
  }

  /** @throws Refused, RegistryUnavailable */
  async #attempt(writes: Waiting[], isAgain: boolean): Promise<void> {
    const began = performance.now();
    const group = new Group(this.#options, isAgain || began < this.#waryUntil);
    const outcomes: Outcome[] = [];
    try {
      for (let at = 0; at < writes.length || this.#joins(writes, isAgain ? -Infinity : began); at++) {
        outcomes.push(await group.carry(writes[at]!));
        // Nothing was done yet, so there is nothing to keep.
        if (at === 0 && 'error' in outcomes[0]!) break;
      }
      if ('error' in outcomes[0]!) {
        group.giveUp();
        this.#waiting.unshift(...writes.splice(1));
      } else await group.commit();
    } catch (error) {
      group.giveUp();
      throw error;
    }
    writes.forEach(({ resolve, reject }, at) => {
      const outcome = outcomes[at]!;
      if ('error' in outcome) reject(this.#options.connections.told(outcome.error));
      else resolve(outcome);
    });
  }

  #joins(writes: Waiting[], began: number): boolean {
    if (writes.length >= MOST || performance.now() - began > OPEN_FOR) return false;
    const next = this.#waiting.shift();
    if (next) writes.push(next);
    return next !== undefined;
  }
}
