/** Transactions on the pool: begun on one view, tried again after conflicts, told exactly how they ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { About, Awaitable, Change, ReadTx, WriteTx } from '../contract.ts';
import { type Committing, wasCommitted } from './doubt.ts';
import type { PoolClient } from './driver.ts';
import { inDoubt, isConflict, isUnavailable, tooManyConflicts } from './errors.ts';
import type { Connections } from './connections.ts';
import { type Run, runOn } from './session.ts';
import { PostgresView } from './view.ts';
import { type WritingOptions, WritingView } from './writing-view.ts';

// The first statement takes the snapshot, so there must be one.
const BEGIN_READ = 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1';
// Small tables would be read whole, and then any two writes were in conflict: with indexes they are where they touch the same.
const BEGIN_WRITE = 'BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL enable_seqscan = off';

/** The number of a lock that those who try again hold, in all processes: among themselves they would only refuse each other again. */
const AGAIN = 7_267_727_003;
// A lock of the session, as one of the transaction would be waited for on a view that is old by then; COMMIT ends what a statement of several opens by itself.
const LOCK_AND_BEGIN = `SELECT pg_advisory_lock(${AGAIN}); COMMIT; ${BEGIN_WRITE}`;
const UNLOCK = `SELECT pg_advisory_unlock(${AGAIN})`;
const ATTEMPTS = 40;
/** Milliseconds. */
const LONGEST_BACK_OFF = 100;

export interface TransactionOptions extends Omit<WritingOptions, 'settled' | 'onOneView'> {
  readonly connections: Connections;
  readonly clock: () => Date;
}

/** How a write ended well. */
export interface Written<T> {
  readonly value: T;
  /** How many records were changed. */
  readonly changed: number;
}

/** A statement of ours has failed, as opposed to what was done with its answers. */
class Refused extends Error {}

export class Transactions {
  readonly #options: TransactionOptions;
  #retries: Promise<unknown> = Promise.resolve();

  constructor(options: TransactionOptions) {
    this.#options = options;
  }

  /** @throws RegistryUnavailable, or what the work throws */
  async read<T>(work: (tx: ReadTx) => Awaitable<T>): Promise<T> {
    const { connections, open } = this.#options;
    const client = await connections.begin(BEGIN_READ);
    const run = runOn(client);
    const told: Run = <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') =>
      run<Row>(text, values, fresh).catch((error: unknown) => Promise.reject(connections.told(error)));
    const view = new PostgresView(told, { open, settled: true });
    try {
      return await work(view);
    } finally {
      view.end();
      // Nobody has to wait for the end of a view.
      void release(client, 'COMMIT');
    }
  }

  /** @throws RegistryUnavailable, UniqueViolation, or what the work throws */
  async write<T>(about: About, work: (tx: WriteTx) => Awaitable<T>): Promise<Written<T>> {
    try {
      return await this.#attempt(about, work);
    } catch (error) {
      if (!(error instanceof Refused && isConflict(error.cause))) throw this.#told(error);
    }
    // One of this process waits for the lock of all: the others need no connection meanwhile.
    const retried = this.#retries.then(() => this.#retry(about, work));
    this.#retries = retried.catch(() => undefined);
    return retried;
  }

  async #retry<T>(about: About, work: (tx: WriteTx) => Awaitable<T>): Promise<Written<T>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#attempt(about, work, true);
      } catch (error) {
        if (!(error instanceof Refused && isConflict(error.cause))) throw this.#told(error);
        if (attempt === ATTEMPTS) throw tooManyConflicts(this.#options.connections.place, error.cause);
        await sleep(Math.random() * Math.min(LONGEST_BACK_OFF, 2 ** attempt));
      }
    }
  }

  async #attempt<T>(about: About, work: (tx: WriteTx) => Awaitable<T>, again = false): Promise<Written<T>> {
    const client = await this.#options.connections.begin(again ? LOCK_AND_BEGIN : BEGIN_WRITE);
    const run = refusing(runOn(client));
    const view = new WritingView(run, { ...this.#options, settled: false });
    try {
      const value = await work(view);
      await view.settled();
      // The work may have caught it, but nothing after it was done.
      if (run.refused) throw run.refused;
      const changes = view.changes();
      const committing = changes.length > 0 ? await this.#record(run, about, changes) : undefined;
      await this.#commit(client, committing);
      if (again) void release(client, UNLOCK);
      else client.release();
      return { value, changed: changes.length };
    } catch (error) {
      void release(client, again ? `ROLLBACK; ${UNLOCK}` : 'ROLLBACK');
      throw run.refused ?? error;
    } finally {
      view.end();
    }
  }

  async #record(run: Run, about: About, changes: readonly Change[]): Promise<Committing> {
    const time = this.#options.clock();
    const rows = await run<Omit<Committing, 'time'>>(
      'INSERT INTO compass.commits (time, about, changes) VALUES ($1, $2, $3) RETURNING id, pg_current_xact_id()::text AS xid',
      [time, JSON.stringify(about), JSON.stringify(changes)],
    );
    return { ...rows[0]!, time };
  }

  async #commit(client: PoolClient, committing: Committing | undefined): Promise<void> {
    try {
      await client.query('COMMIT');
    } catch (error) {
      const outcome = committing && isUnavailable(error) ? await wasCommitted(this.#options.connections, committing) : false;
      if (outcome === undefined) throw inDoubt(this.#options.connections.place, error);
      if (!outcome) throw new Refused('', { cause: error });
    }
  }

  #told(error: unknown): unknown {
    return error instanceof Refused ? this.#options.connections.told(error.cause) : error;
  }
}

/** Remembers the first statement that failed. */
function refusing(run: Run): Run & { refused?: Refused } {
  const own: Run & { refused?: Refused } = <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') =>
    run<Row>(text, values, fresh).catch((error: unknown) => {
      own.refused ??= new Refused('', { cause: error });
      throw error;
    });
  return own;
}

/** Gives the connection back, or drops it if it does not answer. */
async function release(client: PoolClient, last: string): Promise<void> {
  try {
    await client.query(last);
    client.release();
  } catch (error) {
    client.release(error as Error);
  }
}
