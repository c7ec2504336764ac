/** The registry in memory: all there is with `--ephemeral`, and the state behind the file backend's journal. */
import {
  type About,
  type Awaitable,
  type Collection,
  type Commit,
  type ReadTx,
  type Registry,
  type RegistryInfo,
  RegistryUnavailable,
  type Stored,
  type WriteTx,
} from '../contract.ts';
import { Tables } from './table.ts';
import { View, WritingView, type Written } from './view.ts';

/** How many commits are remembered without a journal. */
const REMEMBERED = 1000;

export interface MemoryOptions {
  readonly collections?: readonly Collection<never>[];
  readonly clock?: () => Date;
  /** Prepares a commit for writing; what it returns is called when the commit was applied, in order, and makes it durable. A rejection undoes all that is not durable yet. */
  readonly persist?: (commit: Commit, written: readonly Written[]) => () => Promise<void>;
  /** Told what listeners throw. */
  readonly report?: (problem: Error) => void;
}

interface Job {
  readonly about: About;
  readonly work: (tx: WriteTx) => Awaitable<unknown>;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Applied {
  readonly commit: Commit;
  readonly undo: readonly Written[];
}

export function openMemoryRegistry(options: MemoryOptions = {}): MemoryRegistry {
  return new MemoryRegistry(options);
}

export class MemoryRegistry implements Registry {
  readonly latest: ReadTx;
  readonly tables = new Tables();
  readonly #options: MemoryOptions;
  readonly #readers = new Set<View>();
  readonly #listeners = new Set<(commit: Commit) => void>();
  readonly #waiting: Job[] = [];
  /** Applied but not durable yet, oldest first. */
  readonly #pending: Applied[] = [];
  readonly #commits: Commit[] = [];
  #busy = false;
  #sequence = 0;
  #settled = 0;
  #closing: RegistryUnavailable | undefined;
  #closed = false;
  #failed: RegistryUnavailable | undefined;
  #idle: (() => void)[] = [];

  constructor(options: MemoryOptions) {
    this.#options = options;
    for (const collection of options.collections ?? []) this.tables.of(collection);
    this.latest = new View(this.tables);
  }

  get sequence(): number {
    return this.#sequence;
  }

  /** Fills tables from elsewhere, before the first transaction. */
  load(collection: string, id: string, record: Stored | undefined): void {
    this.tables.named(collection).set(id, record);
  }

  /** Goes on counting from there. */
  startAt(sequence: number): void {
    this.#sequence = sequence;
    this.#settled = sequence;
  }

  /** Takes a commit of an earlier run into the history. */
  recall(commit: Commit): void {
    this.#commits.push(commit);
    if (this.#commits.length > 2 * REMEMBERED) this.#commits.splice(0, REMEMBERED);
  }

  /** The last commit that is durable. */
  get settled(): number {
    return this.#settled;
  }

  /** Whether history can tell all commits after that one. */
  remembers(after: number): boolean {
    return after >= this.#settled || (this.#commits[0]?.sequence ?? Infinity) <= after + 1;
  }

  read<T>(work: (tx: ReadTx) => Awaitable<T>): Awaitable<T> {
    if (this.#closed) throw this.#closing;
    const view = new View(this.tables);
    const end = () => {
      this.#readers.delete(view);
      view.end();
    };
    this.#readers.add(view);
    let result: Awaitable<T>;
    try {
      result = work(view);
    } catch (error) {
      end();
      throw error;
    }
    if (isPromise(result)) return Promise.resolve(result).finally(end);
    end();
    return result;
  }

  write<T>(about: About, work: (tx: WriteTx) => Awaitable<T>): Promise<T> {
    if (this.#closing) return Promise.reject(this.#closing);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ about, work, resolve, reject });
      if (!this.#busy) this.#drain();
    });
  }

  history(after: number, limit: number): readonly Commit[] {
    const start = this.#commits.findIndex((commit) => commit.sequence > after);
    return start < 0 ? [] : this.#commits.slice(start, start + limit);
  }

  watch(listener: (commit: Commit) => void): () => void {
    const own = (commit: Commit) => listener(commit);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  info(): RegistryInfo {
    const records = Object.fromEntries(this.tables.filled().map((table) => [table.name, table.size]));
    return { backend: 'memory', place: 'memory', sequence: this.#sequence, records };
  }

  /** Refuses new writes, lets those that were accepted end, does the last thing, and refuses reads too. */
  async close(last?: () => Promise<void>): Promise<void> {
    this.#closing ??= new RegistryUnavailable('The registry is closed');
    if (this.#busy || this.#pending.length > 0) await new Promise<void>((resolve) => this.#idle.push(resolve));
    await last?.();
    this.#closed = true;
  }

  /** One job after the other; one that need not wait costs no turn of the event loop. */
  #drain(): void {
    this.#busy = true;
    for (let job = this.#waiting.shift(); job; job = this.#waiting.shift()) {
      const running = this.#run(job);
      if (running) return void running.then(() => this.#drain());
    }
    this.#busy = false;
    this.#tellIdle();
  }

  #run(job: Job): Promise<void> | undefined {
    if (this.#failed) return void job.reject(this.#failed);
    const view = new WritingView(this.tables);
    const failed = (error: unknown) => {
      view.end();
      job.reject(error);
    };
    const done = (value: unknown) => {
      const written = view.written();
      view.end();
      const durable = written.length > 0 ? this.#commit(job.about, written) : undefined;
      if (durable) durable.then(() => job.resolve(value as never), job.reject);
      else job.resolve(value as never);
    };
    try {
      const result = job.work(view);
      if (isPromise(result)) return Promise.resolve(result).then(done).catch(failed);
      done(result);
    } catch (error) {
      failed(error);
    }
    return undefined;
  }

  #commit(about: About, written: readonly Written[]): Promise<void> | undefined {
    const commit: Commit = {
      sequence: this.#sequence + 1,
      time: (this.#options.clock?.() ?? new Date()).toISOString(),
      about,
      changes: written.map(({ table, id, record }) => ({ collection: table.name, id, kind: record ? 'put' : 'delete' })),
    };
    const persist = this.#options.persist?.(commit, written);
    this.#sequence = commit.sequence;
    const undo = this.#apply(written);
    if (!persist) return void this.#settle(commit);
    this.#pending.push({ commit, undo });
    return persist().then(
      () => {
        this.#pending.shift();
        this.#settle(commit);
        this.#tellIdle();
      },
      (error: unknown) => {
        throw this.#fail(error);
      },
    );
  }

  #apply(written: readonly Written[]): Written[] {
    return written.map(({ table, id, record }) => {
      const old = table.set(id, record);
      for (const reader of this.#readers) reader.remember(table, id, old);
      return { table, id, record: old };
    });
  }

  #settle(commit: Commit): void {
    this.#settled = commit.sequence;
    this.recall(commit);
    for (const listener of this.#listeners) {
      try {
        listener(commit);
      } catch (error) {
        this.#options.report?.(error as Error);
      }
    }
  }

  /** What did not become durable is undone, so that readers see what is stored; the number still moves, as answers may be kept by it. */
  #fail(error: unknown): RegistryUnavailable {
    this.#failed ??= error instanceof RegistryUnavailable ? error : new RegistryUnavailable(String(error), { cause: error });
    if (this.#pending.length > 0) this.#sequence++;
    while (this.#pending.length > 0) this.#apply(this.#pending.pop()!.undo.toReversed());
    this.#tellIdle();
    return this.#failed;
  }

  #tellIdle(): void {
    if (this.#busy || this.#pending.length > 0) return;
    for (const idle of this.#idle.splice(0)) idle();
  }
}

const isPromise = <T>(value: Awaitable<T>): value is Promise<T> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
