/**
 * The storage contract: collections of records with declared indexes, inside transactions.
 * Everything that keeps state goes through here and runs unchanged on every backend; `test/contract/registry` is the suite that each backend passes.
 */

/** A backend that has everything in memory answers plainly, one with a database answers with a promise; `await` serves both. */
export type Awaitable<T> = T | Promise<T>;

/** Every record has an id that is unique in its collection. Records are values: never change one that was read, put a new one. */
export interface Stored {
  readonly id: string;
}

/** How records are found other than by id. */
export interface Index<R extends Stored> {
  /** The keys under which a record is found: none, one or many. Must depend on the record alone. Secrets are given as their digest. */
  keys(record: R): readonly string[];
  /** At most one record for each key; a second one is refused with UniqueViolation. */
  readonly unique?: boolean;
  /** What lists of this index are ordered by, bytewise; ties, and lists without it, are ordered by id. */
  order?(record: R): string;
}

/** Records that stand for something to be done in the background, for as long as they have a key in that index. */
export interface Work<I extends string = string> {
  readonly index: I;
  /** Milliseconds until others look whether the process that wrote the record, and so does the work, is still alive. */
  readonly after: number;
  /** Milliseconds after which a process that is alive counts as no longer at it. */
  readonly patience: number;
}

/** A kind of record. Declared once, beside the record's type, with `collection()`. */
export interface Collection<R extends Stored = Stored, I extends string = string> {
  readonly name: string;
  readonly indexes: Readonly<Record<I, Index<R>>>;
  /** Top-level fields that are sealed wherever the record is written outside memory (credentials, tokens, keys). */
  readonly sealed: readonly (keyof R & string)[];
  readonly work?: Work;
}

/** Declares a collection; the type of its records is given, that of its index names is inferred. */
export const collection =
  <R extends Stored>() =>
  <I extends string = never>(
    name: string,
    indexes: Record<I, Index<R>> = {} as Record<I, Index<R>>,
    options: { sealed?: readonly (keyof R & string)[]; work?: Work<NoInfer<I>> } = {},
  ): Collection<R, I> => ({ name, indexes, sealed: options.sealed ?? [], ...(options.work && { work: options.work }) });

/** One condition of a page: the record has any of these keys in that index. */
export interface Term<I extends string = string> {
  readonly index: I;
  readonly anyOf: readonly string[];
}

export interface PageQuery<R extends Stored, I extends string = string> {
  /** All must hold. The first term's index gives the order of the list. */
  readonly all: readonly [Term<I>, ...Term<I>[]];
  /** A further condition that no index can tell exactly. Costs a look at each candidate, so narrow them by terms first. */
  readonly match?: (record: R) => boolean;
  /** The greatest number of records in the answer. */
  readonly first: number;
  /** How many matches to pass over. */
  readonly offset?: number;
  /** Passes over all matches up to the record of this id in place of `offset`; it need not be there any more. */
  readonly behind?: string;
  /** What that record was ordered by when it was shown: where the list has an order of its own. */
  readonly behindOrder?: string;
}

export interface PageResult<R extends Stored> {
  readonly records: readonly R[];
  /** Number of all matches. */
  readonly total: number;
}

/** A consistent view of the registry. */
export interface ReadTx {
  get<R extends Stored>(from: Collection<R>, id: string): Awaitable<R | undefined>;
  /** In the order of the ids, undefined for unknown ones. */
  getMany<R extends Stored>(from: Collection<R>, ids: readonly string[]): Awaitable<readonly (R | undefined)[]>;
  find<R extends Stored, I extends string>(from: Collection<R, I>, index: NoInfer<I>, key: string): Awaitable<readonly R[]>;
  /** One list for each key, in the order of the keys: the batched form of find, for nested reads. */
  findMany<R extends Stored, I extends string>(
    from: Collection<R, I>,
    index: NoInfer<I>,
    keys: readonly string[],
  ): Awaitable<readonly (readonly R[])[]>;
  count<R extends Stored, I extends string>(from: Collection<R, I>, index: NoInfer<I>, key: string): Awaitable<number>;
  page<R extends Stored, I extends string>(from: Collection<R, I>, query: PageQuery<R, NoInfer<I>>): Awaitable<PageResult<R>>;
  /** The records with ids after that one (undefined: from the start), by id, bytewise: for exports and copies, which see everything once. */
  scan<R extends Stored>(from: Collection<R>, after: string | undefined, limit: number): Awaitable<readonly R[]>;
}

/** Sees its own changes; nobody else does before it is committed. */
export interface WriteTx extends ReadTx {
  /** What breaks a unique key is told by this or, where a database is told without waiting for its answer, by the write, whatever else its work has thrown then. */
  put<R extends Stored>(into: Collection<R>, record: NoInfer<R>): Awaitable<void>;
  /** Unknown ids are no error. */
  delete<R extends Stored>(from: Collection<R>, id: string): Awaitable<void>;
}

/** Who did what, kept with each write: the journal is the history of the landscape. */
export interface About {
  /** Such as `Static User admin` or `Runtime 5d…`. */
  readonly by: string;
  /** Such as `registerApplication`. */
  readonly operation: string;
  /** Internal id of the tenant of the call. */
  readonly tenant?: string;
}

export interface Change {
  readonly collection: string;
  readonly id: string;
  readonly kind: 'put' | 'delete';
}

/** One committed write. */
export interface Commit {
  readonly sequence: number;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly about: About;
  readonly changes: readonly Change[];
}

/** How the work of a collection is done. */
export interface Carried {
  readonly from: Collection<never>;
  /** Ended with the record still there means that it is to be tried again later, unless it goes on in this process. */
  readonly work: (id: string) => Promise<void | 'goes on'>;
}

export interface RegistryInfo {
  /** `memory`, `file` or `postgres`. */
  readonly backend: string;
  /** Where the state is, for people; without secrets. */
  readonly place: string;
  readonly sequence: number;
  /** Number of records of each collection that has any. */
  readonly records: Readonly<Record<string, number>>;
}

export interface Registry {
  /**
   * Runs the work on one consistent view, which is taken before its first look-up is answered. The work must be done with the transaction when it returns.
   * The view of a write that is not durable yet may be seen; a write that fails to become durable ends the registry's life.
   */
  read<T>(work: (tx: ReadTx) => Awaitable<T>): Awaitable<T>;
  /**
   * All or nothing; resolved means durable. The work may run again after a conflict with another process,
   * so it does nothing outside of the transaction: no network, no memory of its own.
   * @throws UniqueViolation, RegistryUnavailable, or what the work throws (then nothing is kept)
   */
  write<T>(about: About, work: (tx: WriteTx) => Awaitable<T>): Promise<T>;
  /** Reads that need no common view: each sees the latest state. */
  readonly latest: ReadTx;
  /** Moves with every commit that this process knows of; undefined where other processes write too, so that nothing may be cached by it. */
  readonly sequence: number | undefined;
  /** Commits after that sequence number, oldest first, as far back as history is kept. */
  history(after: number, limit: number): Awaitable<readonly Commit[]>;
  /** Called after each commit. Returns what ends it. */
  watch(listener: (commit: Commit) => void): () => void;
  info(): Awaitable<RegistryInfo>;
  /**
   * Does what processes left behind that died, one record in one process at a time: a record is that process's who wrote it last, as long as it lives.
   * The work may be begun again after a crash. Undefined where no other process can be. Returns what ends it.
   */
  carry?(all: readonly Carried[]): () => Promise<void>;
  /** Tells processes that a lock keeps out where this one listens; backends without a lock have no such thing. */
  describeHolder?(details: { port?: number }): Promise<void>;
  /** Finishes what is under way, folds, and lets the place go. */
  close(): Promise<void>;
}

/** A put that would break a unique index. */
export class UniqueViolation extends Error {
  override readonly name = 'UniqueViolation';
  constructor(
    readonly collection: string,
    readonly index: string,
    readonly key: string,
  ) {
    super(`${collection}: another record has this ${index}`);
  }
}

/** The registry cannot be read or written now: connection lost, disk full, closed. Nothing of the write was kept. */
export class RegistryUnavailable extends Error {
  override readonly name = 'RegistryUnavailable';
}

/** Goes on with a value that may or may not be there yet, without a detour where it is: for hot reads. (A module that exports `then` is taken for a promise when it is imported dynamically.) */
export function andThen<T, U>(value: Awaitable<T>, next: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(next) : next(value);
}

/** Whether a record that is read again is the same object, as it is where one process has them all in memory: only then it pays to keep what was made of one. */
export const keepsRecords = ({ sequence }: Pick<Registry, 'sequence'>): boolean => sequence !== undefined;
