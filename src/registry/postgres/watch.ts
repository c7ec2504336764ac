/** Tells listeners of commits, those of other processes too: NOTIFY wakes us up, the table tells, and a look from time to time makes up for what was not heard. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Commit } from '../contract.ts';
import { numberCommits, readCommits } from './commits.ts';
import type { Connections } from './connections.ts';
import type { PoolClient } from './driver.ts';

const CHANNEL = 'compass_commits';
const BATCH = 500;
/** The server need not sync its journal for a mere notice. */
const announcement = (by: string) => `BEGIN; SET LOCAL synchronous_commit = off; NOTIFY ${CHANNEL}, '${by}'; COMMIT`;
/** Milliseconds between two notices: one tells of all commits before it, and nobody hears more from more. */
const PAUSE = 10;

export interface WatchOptions {
  readonly connections: Connections;
  /** The number of this process, which need not hear of itself. */
  readonly process: string;
  /** Milliseconds between two looks. */
  readonly interval: number;
  /** Told what listeners throw. */
  readonly report: (problem: Error) => void;
}

export class Watch {
  readonly #options: WatchOptions;
  readonly #listeners = new Set<(commit: Commit) => void>();
  /** The last commit that was told; undefined while nobody listens. */
  #position: Promise<number> | undefined;
  #telling: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #announcing: Promise<void> | undefined;
  #announceAgain = false;
  #life: AbortController | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  add(listener: (commit: Commit) => void): () => void {
    const own = (commit: Commit) => listener(commit);
    this.#listeners.add(own);
    if (!this.#life) this.#start();
    return () => {
      this.#listeners.delete(own);
      if (this.#listeners.size === 0) this.end();
    };
  }

  /** Resolved when commits from now on will be told. */
  async started(): Promise<void> {
    await this.#position?.catch(() => undefined);
  }

  /** After a commit of this process: own listeners have heard of it when this ends, other processes will. */
  async committed(): Promise<void> {
    this.#announce();
    if (this.#life) await this.look();
  }

  /** Tells what is new. A look that begins after the call is waited for. */
  look(): Promise<void> {
    this.#waiting ??= this.#telling.then(() => {
      this.#waiting = undefined;
      this.#telling = this.#tell().catch(() => undefined);
      return this.#telling;
    });
    return this.#waiting;
  }

  end(): void {
    this.#life?.abort();
    this.#life = undefined;
    this.#position = undefined;
  }

  /** Waits for what is under way. */
  async idle(): Promise<void> {
    await Promise.all([this.#telling, this.#announcing]);
  }

  #start(): void {
    const life = new AbortController();
    this.#life = life;
    this.#position = this.#last();
    void this.#poll(life.signal);
    void this.#listen(life.signal);
  }

  #last(): Promise<number> {
    const last = numberCommits(this.#options.connections);
    last.catch(() => undefined);
    return last;
  }

  async #tell(): Promise<void> {
    const life = this.#life;
    if (!life || !this.#position) return;
    let position: number;
    try {
      position = await this.#position;
    } catch {
      if (life === this.#life) this.#position = this.#last();
      return;
    }
    for (;;) {
      const commits = await readCommits(this.#options.connections, position, BATCH);
      if (life !== this.#life) return;
      for (const commit of commits) {
        position = commit.sequence;
        this.#position = Promise.resolve(position);
        this.#tellOne(commit);
      }
      if (commits.length < BATCH) return;
    }
  }

  #tellOne(commit: Commit): void {
    for (const listener of this.#listeners) {
      try {
        listener(commit);
      } catch (error) {
        this.#options.report(error as Error);
      }
    }
  }

  async #poll(signal: AbortSignal): Promise<void> {
    for (;;) {
      await sleep(this.#options.interval, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      await this.look();
    }
  }

  /** Holds a connection that listens; a lost one is replaced at the pace of the looks. Servers without LISTEN are looked at only. */
  async #listen(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const client = await this.#options.connections.begin(`LISTEN ${CHANNEL}`).catch(() => undefined);
      if (client) await this.#heard(client, signal);
      else await sleep(this.#options.interval, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #heard(client: PoolClient, signal: AbortSignal): Promise<void> {
    const hear = (notice?: { readonly payload?: string }) => {
      if (notice?.payload !== this.#options.process) void this.look();
    };
    client.on('notification', hear);
    await new Promise<void>((resolve) => {
      if (signal.aborted) return resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
      client.once('error', () => resolve());
      client.once('end', () => resolve());
    });
    client.off('notification', hear);
    client.release(true);
    hear();
  }

  /** One notice at a time tells of all commits before it. */
  #announce(): void {
    if (this.#announcing) {
      this.#announceAgain = true;
      return;
    }
    this.#announceAgain = false;
    this.#announcing = this.#announceOnce().then(() => {
      this.#announcing = undefined;
      if (this.#announceAgain) this.#announce();
    });
  }

  async #announceOnce(): Promise<void> {
    try {
      const client = await this.#options.connections.begin(announcement(this.#options.process));
      client.release();
    } catch {
      // Others look from time to time.
    }
    await sleep(PAUSE);
  }
}
