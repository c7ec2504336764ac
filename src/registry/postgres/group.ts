/** One serializable transaction of the database that holds writes one after the other: they see each other, and become durable together. */
import { type About, type Awaitable, RegistryUnavailable, UniqueViolation, type WriteTx } from '../contract.ts';
import type { Connections } from './connections.ts';
import { type Committing, wasCommitted } from './doubt.ts';
import { inDoubt, isConflict, isUnavailable } from './errors.ts';
import { LazySession } from './lazy-session.ts';
import type { Run } from './session.ts';
import { type WritingOptions, WritingView, type Written } from './writing-view.ts';

// Small tables would be read whole, and then any two writes were in conflict: with indexes they are where they touch the same.
const BEGIN = 'BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL enable_seqscan = off';
/** Rules wait for nobody, so a process that says nothing for so long is stopped or gone: its keys and its turn are taken from it. */
const atMost = (pause: number) => `SET LOCAL idle_in_transaction_session_timeout = ${pause}`;

/** The number of a lock that is held by those who take turns, in all processes. */
const TURN = 7_267_727_003;
// A lock of the session, as one of the transaction would be waited for on a view that is old by then; COMMIT ends what a statement of several opens by itself.
const LOCK = `SELECT pg_advisory_lock(${TURN}); COMMIT`;
const UNLOCK = `SELECT pg_advisory_unlock(${TURN})`;

export interface GroupOptions extends Omit<WritingOptions, 'settled' | 'onOneView'> {
  readonly connections: Connections;
  readonly clock: () => Date;
  /** Milliseconds between two statements of a write after which the server gives it up. */
  readonly longestPause: number;
}

export interface Write<T = unknown> {
  readonly about: About;
  readonly work: (tx: WriteTx) => Awaitable<T>;
}

/** How a write ended, if its group is committed. */
export type Outcome<T = unknown> = { readonly value: T; /** Records. */ readonly changed: number } | { readonly error: unknown };

/** The transaction is lost: nothing of it was stored. */
export class Refused extends Error {}

const isLost = (error: unknown) => isConflict(error) || isUnavailable(error) || error instanceof RegistryUnavailable;

export class Group {
  readonly #options: GroupOptions;
  readonly #session: LazySession;
  readonly #inTurn: boolean;
  readonly #run: Run;
  /** What is sent without waiting for its answer. */
  readonly #sent: Promise<unknown>[] = [];
  #size = 0;
  #failure: { readonly cause: unknown } | undefined;
  #committing: Committing | undefined;

  /** @param inTurn whether it waits until no other process has such a group */
  constructor(options: GroupOptions, inTurn: boolean) {
    this.#options = options;
    this.#inTurn = inTurn;
    this.#session = new LazySession(options.connections, `${inTurn ? `${LOCK}; ` : ''}${BEGIN}; ${atMost(options.longestPause)}`);
    this.#run = <Row extends object>(text: string, values?: readonly unknown[], fresh?: 'fresh') =>
      this.#session.run<Row>(text, values, fresh).catch((cause: unknown) => {
        this.#failure ??= { cause };
        throw cause;
      });
  }

  /** Does it after those before. One that fails leaves nothing behind; after a first one that failed the group is to be given up. @throws Refused */
  async carry({ about, work }: Write): Promise<Outcome> {
    const isFirst = this.#size++ === 0;
    if (isFirst && this.#inTurn) await this.#open();
    if (!isFirst) this.#send('SAVEPOINT others');
    const view = new WritingView(this.#run, { ...this.#options, settled: true });
    try {
      const value = await work(view);
      const written = await view.settled();
      // The work may have caught it, but nothing after it was done.
      if (this.#failure) throw this.#failure.cause;
      if (written) this.#record(about, written);
      if (!isFirst) this.#send('RELEASE others');
      return { value, changed: written?.changes.length ?? 0 };
    } catch (error) {
      view.end();
      // Nobody waits for puts: one that was refused is why the work found what it did not like.
      const refused = await view.settled().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      return await this.#undo(isFirst, refused instanceof UniqueViolation ? refused : error);
    } finally {
      view.end();
    }
  }

  /** @throws Refused; RegistryUnavailable where nobody knows how it ended */
  async commit(): Promise<void> {
    const client = await this.#session.client;
    if (!client) return;
    // Both at once: nobody is to wait for the turn of a process that is stopped in between.
    const last = [client.query('COMMIT'), ...(this.#inTurn ? [client.query(UNLOCK)] : [])];
    const answers = await Promise.allSettled([...this.#sent, ...last]);
    const failed = answers.find((answer) => answer.status === 'rejected');
    if (!failed) return void this.#session.end();
    this.giveUp();
    const { connections } = this.#options;
    const cause: unknown = failed.reason;
    const outcome = this.#committing && isUnavailable(cause) ? await wasCommitted(connections, this.#committing) : false;
    if (outcome === undefined) throw inDoubt(connections.place, cause);
    if (!outcome) throw new Refused('', { cause });
  }

  giveUp(): void {
    void this.#session.end(this.#inTurn ? `ROLLBACK; ${UNLOCK}` : 'ROLLBACK');
  }

  async #open(): Promise<void> {
    await this.#session.open().catch((cause: unknown) => Promise.reject(new Refused('', { cause })));
  }

  async #undo(isFirst: boolean, error: unknown): Promise<Outcome> {
    // Answers come in order: after this one nothing of the work is under way.
    if (!isFirst && !(this.#failure && isLost(this.#failure.cause))) await this.#run('ROLLBACK TO others').catch(() => undefined);
    const failure = this.#failure;
    if (failure && isLost(failure.cause)) throw new Refused('', { cause: failure.cause });
    this.#failure = undefined;
    if (!isFirst) this.#send('RELEASE others');
    return { error: failure?.cause ?? error };
  }

  #record(about: About, { changes, moved, xid }: Written): void {
    const time = this.#options.clock();
    this.#committing ??= { xid, time };
    this.#send('INSERT INTO compass.commits (time, about, changes, moved) VALUES ($1, $2, $3, $4)', [
      time,
      JSON.stringify(about),
      JSON.stringify(changes),
      JSON.stringify(moved),
    ]);
  }

  #send(text: string, values?: readonly unknown[]): void {
    const sent = this.#run(text, values);
    sent.catch(() => undefined);
    this.#sent.push(sent);
  }
}
