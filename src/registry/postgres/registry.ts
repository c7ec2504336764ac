/** The registry on PostgreSQL: any number of processes on one database. */
import {
  type About,
  type Awaitable,
  type Carried,
  type Collection,
  type Commit,
  type ReadTx,
  type Registry,
  type RegistryInfo,
  RegistryUnavailable,
  type Stored,
  type WriteTx,
} from '../contract.ts';
import { shownPlace } from '../address.ts';
import type { Report } from '../file/errors.ts';
import { Opener, type Sealer } from '../file/seal.ts';
import { numberCommits, readCommits, trimCommits } from './commits.ts';
import { Carrier } from './carrier.ts';
import { Connections } from './connections.ts';
import { prepare } from './prepare.ts';
import { Presence } from './presence.ts';
import { Statistics } from './statistics.ts';
import { readOnOneView } from './reading.ts';
import { mend, type Mended, verify } from './verify.ts';
import { PostgresView, type ViewOptions } from './view.ts';
import { Watch } from './watch.ts';
import { Writes } from './writes.ts';

/** Beside the connection that shows that this process is alive. */
const POOL_SIZE = 10;
const LOOK_INTERVAL = 1000;
/** How many commits are kept for the history. */
const REMEMBERED = 100_000;
/** Commits of this process between two times that the oldest are forgotten: a plane may run for years. */
const TRIMMED_AFTER = 10_000;
const LONGEST_PAUSE = 10_000;

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** All that the program keeps: indexes that are new are filled when the registry is opened. */
  readonly collections: readonly Collection<never>[];
  /** The key of the sealed fields; made where the database has none yet. COMPASS_REGISTRY_KEY_FILE unless given. */
  readonly keyFile?: string;
  readonly clock?: () => Date;
  readonly report?: Report;
  readonly poolSize?: number;
  /** Milliseconds between two looks for commits of other processes, where somebody watches. */
  readonly lookInterval?: number;
  /** How many commits the history keeps. */
  readonly remembered?: number;
  /** How many records a list has whose length is not counted anew for each page. */
  readonly longList?: number;
  /** Milliseconds until a statement that is not answered fails, with its connection: the network has swallowed it, or the server is stuck. */
  readonly answerTimeout?: number;
  /** Milliseconds between two statements of a write after which the server gives it up, as its process must be stopped. */
  readonly longestPause?: number;
}

/** @throws RegistryUnavailable, RegistryTooNew, WrongKey */
export async function openPostgresRegistry(options: PostgresOptions): Promise<PostgresRegistry> {
  const place = shownPlace(options.url);
  const keyFile = options.keyFile ?? process.env['COMPASS_REGISTRY_KEY_FILE'];
  if (!keyFile) throw new Error(`COMPASS_REGISTRY_KEY_FILE must name the file with the key of the sealed fields in ${place}`);
  if (place === shownPlace('postgres://')) throw new Error('The address of a database looks like postgres://user@host:5432/database');
  const connections = new Connections({
    url: options.url,
    place,
    size: (options.poolSize ?? POOL_SIZE) + 1,
    ...(options.longList !== undefined && { longList: options.longList }),
    ...(options.answerTimeout !== undefined && { answerTimeout: options.answerTimeout }),
  });
  try {
    const sealer = await prepare(connections, { keyFile, collections: options.collections });
    await trimCommits(connections, options.remembered ?? REMEMBERED);
    const presence = new Presence(connections);
    await presence.show();
    return new PostgresRegistry(connections, sealer, presence, options);
  } catch (error) {
    await connections.end();
    throw error;
  }
}

export class PostgresRegistry implements Registry {
  /** Other processes write too: nothing may be kept by a number. */
  readonly sequence = undefined;
  readonly latest: ReadTx;
  readonly #connections: Connections;
  readonly #sealer: Sealer;
  readonly #reading: Pick<ViewOptions, 'open' | 'totals'>;
  readonly #writes: Writes;
  readonly #watch: Watch;
  readonly #statistics: Statistics;
  readonly #presence: Presence;
  readonly #carriers = new Set<Carrier>();
  readonly #report: (problem: Error) => void;
  readonly #remembered: number;
  readonly #trimmedAfter: number;
  readonly #running = new Set<Promise<unknown>>();
  #commits = 0;
  #trimming: Promise<unknown> = Promise.resolve();
  #closing: Promise<void> | undefined;

  constructor(connections: Connections, sealer: Sealer, presence: Presence, options: PostgresOptions) {
    this.#connections = connections;
    this.#sealer = sealer;
    this.#remembered = options.remembered ?? REMEMBERED;
    this.#trimmedAfter = Math.min(TRIMMED_AFTER, this.#remembered);
    const opener = new Opener(sealer);
    const open = (collection: string, doc: Stored) => opener.open(connections.place, collection, doc);
    this.#presence = presence;
    this.#report = (problem) => options.report?.({ kind: 'listener-failed', message: problem.stack ?? problem.message });
    this.#reading = { open, totals: connections.totals };
    this.#writes = new Writes({
      connections,
      open,
      seal: (from, record) => sealer.seal(from.name, record, from.sealed),
      clock: options.clock ?? (() => new Date()),
      process: this.#presence.process,
      longestPause: options.longestPause ?? LONGEST_PAUSE,
    });
    this.#statistics = new Statistics(connections);
    this.#watch = new Watch({
      connections,
      process: presence.process,
      interval: options.lookInterval ?? LOOK_INTERVAL,
      report: this.#report,
    });
    this.latest = new PostgresView((text, values, fresh) => this.#whileOpen(() => connections.run(text, values, fresh)), {
      ...this.#reading,
      settled: false,
      onOneView: (work) => this.read(work),
    });
  }

  read<T>(work: (tx: ReadTx) => Awaitable<T>): Promise<T> {
    return this.#whileOpen(() => readOnOneView(this.#connections, this.#reading, work));
  }

  write<T>(about: About, work: (tx: WriteTx) => Awaitable<T>): Promise<T> {
    return this.#whileOpen(async () => {
      await this.#watch.started();
      const { value, changed } = await this.#writes.write(about, work);
      this.#statistics.grown(changed);
      if (changed > 0) {
        this.#forgetOldest();
        await this.#watch.committed();
      }
      return value;
    });
  }

  history(after: number, limit: number): Promise<readonly Commit[]> {
    return this.#whileOpen(() => readCommits(this.#connections, after, limit));
  }

  watch(listener: (commit: Commit) => void): () => void {
    return this.#watch.add(listener);
  }

  carry(all: readonly Carried[]): () => Promise<void> {
    const carrier = new Carrier({ connections: this.#connections, presence: this.#presence, report: this.#report }, all);
    this.#carriers.add(carrier);
    return async () => {
      await carrier.end();
      this.#carriers.delete(carrier);
    };
  }

  info(): Promise<RegistryInfo> {
    return this.#whileOpen(async () => {
      const sequence = await numberCommits(this.#connections);
      const rows = await this.#connections.runLong<{ collection: string; records: number }>(
        'SELECT collection, count(*)::int AS records FROM compass.records GROUP BY collection ORDER BY collection',
      );
      const records = Object.fromEntries(rows.map((row) => [row.collection, row.records]));
      return { backend: 'postgres', place: this.#connections.place, sequence, records };
    });
  }

  /** What is wrong with the entries of the indexes, for people. */
  verify(collections: readonly Collection<never>[]): Promise<string[]> {
    return this.#whileOpen(() => verify(this.#connections, this.#sealer, collections));
  }

  /** Makes all entries of the indexes anew, forgets the oldest history, and lets the server tidy up. */
  mend(collections: readonly Collection<never>[]): Promise<Mended> {
    return this.#whileOpen(() => mend(this.#connections, this.#sealer, collections, this.#remembered));
  }

  close(): Promise<void> {
    this.#closing ??= this.#letGo();
    return this.#closing;
  }

  #forgetOldest(): void {
    if (++this.#commits % this.#trimmedAfter !== 0) return;
    // What is not forgotten now will be the next time.
    this.#trimming = trimCommits(this.#connections, this.#remembered).catch(() => undefined);
  }

  async #letGo(): Promise<void> {
    await Promise.all([...this.#carriers].map((carrier) => carrier.end()));
    await Promise.allSettled(this.#running);
    this.#presence.end();
    this.#watch.end();
    await Promise.all([this.#watch.idle(), this.#statistics.idle(), this.#trimming]);
    await this.#connections.end();
  }

  #whileOpen<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closing) return Promise.reject(new RegistryUnavailable('The registry is closed'));
    const running = work();
    this.#running.add(running);
    const done = () => void this.#running.delete(running);
    running.then(done, done);
    return running;
  }
}
