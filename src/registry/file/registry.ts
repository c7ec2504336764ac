/** The registry in a folder: state in memory, each write in a journal before it is acknowledged, the whole folded into `registry.json`. */
import { open, rm, truncate } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Low } from 'lowdb';
import type { About, Awaitable, Collection, Commit, ReadTx, Registry, RegistryInfo, Stored, WriteTx } from '../contract.ts';
import { MemoryRegistry } from '../memory/registry.ts';
import type { Written } from '../memory/view.ts';
import { makeFolder } from '../../process/folder.ts';
import { removeTemporaries } from './durable.ts';
import type { Report } from './errors.ts';
import { EMPTY_FOLDED, type Folded, FoldedFile } from './folded.ts';
import { foldedFile, journalFile, journalsOf, keyFile } from './folder.ts';
import { archive, lastInHistory, readHistory } from './history.ts';
import { type Durability, Journal, type JournalFile, writeAll } from './journal.ts';
import { encodeLine } from './lines.ts';
import { type Loaded, load } from './load.ts';
import { Lock } from './lock.ts';
import { FORMAT, type Migrations } from './migrations.ts';
import { createKey, Opener, readKey, Sealer } from './seal.ts';

/** The journal is folded when it is larger than this, and than the folded state: a write is then written twice on average, however large all is. */
const FOLD_BYTES = 8 << 20;
const SCAN = 500;

export interface FileOptions {
  readonly dir: string;
  /** All that the program keeps, so that indexes are built while reading. */
  readonly collections: readonly Collection<never>[];
  readonly clock?: () => Date;
  readonly durability?: Durability;
  /** Told what people should know: a torn line that was dropped, a file that somebody has edited. */
  readonly report?: Report;
  readonly migrations?: Migrations;
  /** Journal size in bytes that starts folding. */
  readonly foldBytes?: number;
  /** Size in bytes that the history is bounded to. */
  readonly historyBytes?: number;
  /** Opens journal files: for tests of what happens when a disk fails. */
  readonly openFile?: (file: string) => Promise<JournalFile>;
}

/** @throws RegistryLocked, RegistryDamaged, RegistryTooNew */
export async function openFileRegistry(options: FileOptions): Promise<FileRegistry> {
  const folder = resolve(options.dir);
  makeFolder(folder);
  const lock = await Lock.take(folder, options.clock?.() ?? new Date());
  try {
    return await FileRegistry.start(folder, lock, options);
  } catch (error) {
    await lock.abandon();
    throw error;
  }
}

export class FileRegistry implements Registry {
  readonly folder: string;
  readonly #lock: Lock;
  readonly #options: FileOptions;
  readonly #core: MemoryRegistry;
  readonly #file: FoldedFile;
  readonly #low: Low<Folded>;
  readonly #opener: Opener;
  readonly #sealer: Sealer;
  readonly #journal: Journal;
  #folding: Promise<void> | undefined;
  #foldAt = 0;
  #closing: Promise<void> | undefined;

  private constructor(parts: {
    folder: string;
    lock: Lock;
    options: FileOptions;
    core: MemoryRegistry;
    file: FoldedFile;
    low: Low<Folded>;
    opener: Opener;
    sealer: Sealer;
    journal: Journal;
  }) {
    this.folder = parts.folder;
    this.#lock = parts.lock;
    this.#options = parts.options;
    this.#core = parts.core;
    this.#file = parts.file;
    this.#low = parts.low;
    this.#opener = parts.opener;
    this.#sealer = parts.sealer;
    this.#journal = parts.journal;
    this.#planFold();
  }

  /** Reads everything first, and changes files only when all of it is sound. */
  static async start(folder: string, lock: Lock, options: FileOptions): Promise<FileRegistry> {
    let self: FileRegistry | undefined;
    const core = new MemoryRegistry({
      collections: options.collections,
      ...(options.clock && { clock: options.clock }),
      persist: (commit, written) => self!.#persist(commit, written),
      report: (problem) => options.report?.({ kind: 'listener-failed', message: problem.stack ?? problem.message }),
    });
    const key = await readKey(keyFile(folder));
    const opener = new Opener(key && new Sealer(key));
    const file = new FoldedFile(foldedFile(folder), options.migrations);
    const low = new Low<Folded>(file, EMPTY_FOLDED);
    await low.read();
    const loaded = await load(folder, low, file, core, opener);
    const sequence = Math.max(loaded.sequence, await lastInHistory(folder, options.report));
    core.startAt(sequence);
    await tidy(folder, loaded, options);
    for (const name of file.edited)
      options.report?.({ kind: 'edited', message: `${foldedFile(folder)}: ${name} is not as the program wrote it; it is taken as it is` });
    const goOn = loaded.open && loaded.open.bytes > 0 ? loaded.open : { file: journalFile(folder, sequence + 1), bytes: 0 };
    const journal = new Journal(goOn.file, goOn.bytes, {
      durability: options.durability ?? 'safe',
      ...(options.openFile && { openFile: options.openFile }),
    });
    const sealer = new Sealer(key ?? (await createKey(keyFile(folder))));
    self = new FileRegistry({ folder, lock, options, core, file, low, opener, sealer, journal });
    // The history is ahead of an older registry.json that was put back: numbers go on behind it, and the files must agree on that.
    if (sequence > loaded.sequence) await self.fold();
    return self;
  }

  get latest(): ReadTx {
    return this.#core.latest;
  }

  get sequence(): number {
    return this.#core.sequence;
  }

  read<T>(work: (tx: ReadTx) => Awaitable<T>): Awaitable<T> {
    return this.#core.read(work);
  }

  write<T>(about: About, work: (tx: WriteTx) => Awaitable<T>): Promise<T> {
    return this.#core.write(about, work);
  }

  history(after: number, limit: number): Awaitable<readonly Commit[]> {
    return this.#core.remembers(after) ? this.#core.history(after, limit) : readHistory(this.folder, after, this.#core.settled, limit);
  }

  watch(listener: (commit: Commit) => void): () => void {
    return this.#core.watch(listener);
  }

  info(): RegistryInfo {
    return { ...this.#core.info(), backend: 'file', place: this.folder };
  }

  /** Tells processes that are kept out where this one listens. */
  describeHolder(details: { port?: number }): Promise<void> {
    return this.#lock.describe(details);
  }

  /** Writes the state of now into `registry.json` and empties the journal, while reads and writes go on. */
  async fold(): Promise<void> {
    await this.#folding?.catch(() => undefined);
    this.#folding ??= this.#foldOnce().finally(() => {
      this.#folding = undefined;
    });
    await this.#folding;
  }

  close(): Promise<void> {
    this.#closing ??= this.#letGo(async () => {
      const behind = this.#core.settled > this.#low.data.sequence || this.#file.outdated;
      if (behind && !this.#journal.failed) await this.fold().catch((error: Error) => this.#foldFailed(error));
    });
    return this.#closing;
  }

  /** Lets the folder go without folding: the journal holds what is new. */
  async abandon(): Promise<void> {
    this.#closing ??= this.#letGo(() => Promise.resolve());
    await this.#closing;
  }

  async #letGo(last: () => Promise<void>): Promise<void> {
    await this.#core.close(async () => {
      await this.#folding?.catch(() => undefined);
      await last();
    });
    await this.#journal.close().catch(() => undefined);
    await this.#lock.release();
  }

  #persist(commit: Commit, written: readonly Written[]): () => Promise<void> {
    const line = encodeLine({
      ...commit,
      changes: written.map(({ table, id, record }) => ({
        collection: table.name,
        id,
        record: record ? this.#sealed(table.name, record) : null,
      })),
    });
    return () => {
      const durable = this.#journal.append(line);
      if (this.#journal.bytes > this.#foldAt && !this.#folding) this.fold().catch((error: Error) => this.#foldFailed(error));
      return durable;
    };
  }

  #sealed(collection: string, record: Stored): Stored {
    const declared = this.#core.tables.named(collection).definition?.sealed ?? [];
    return this.#sealer.seal(collection, record, [...declared, ...this.#opener.sealedIn(collection)]);
  }

  async #foldOnce(): Promise<void> {
    await this.#core.read(async (tx) => {
      // In one turn: the view, its number, and the cut between the journals.
      const { sequence } = this.#core;
      const collections = Object.fromEntries(this.#core.tables.filled().map(({ name }) => [name, this.#records(tx, name)]));
      await this.#journal.rotate(journalFile(this.folder, sequence + 1));
      this.#low.data = { format: FORMAT, sequence, collections };
      try {
        await this.#low.write();
      } finally {
        this.#low.data = { format: FORMAT, sequence, collections: {} };
      }
      for (const { file, first } of await journalsOf(this.folder))
        if (first <= sequence) await archive(this.folder, file, this.#options.historyBytes);
    });
    this.#planFold();
  }

  *#records(tx: ReadTx, name: string): Generator<Stored> {
    const from = this.#core.tables.named(name).definition ?? { name, indexes: {}, sealed: [] };
    for (let after: string | undefined; ;) {
      const records = tx.scan<Stored>(from, after, SCAN) as readonly Stored[];
      for (const record of records) yield this.#sealed(name, record);
      if (records.length < SCAN) return;
      after = records.at(-1)!.id;
    }
  }

  #planFold(): void {
    this.#foldAt = Math.max(this.#options.foldBytes ?? FOLD_BYTES, this.#file.bytes);
  }

  /** All is in the journals still; the next try comes when as much again was written. */
  #foldFailed(error: Error): void {
    this.#foldAt = this.#journal.bytes + Math.max(this.#options.foldBytes ?? FOLD_BYTES, this.#foldAt);
    this.#options.report?.({ kind: 'fold-failed', message: `${foldedFile(this.folder)} could not be written: ${error.message}` });
  }
}

/** Brings the files into the state that writing goes on from. */
async function tidy(folder: string, loaded: Loaded, options: FileOptions): Promise<void> {
  await removeTemporaries(folder, foldedFile(folder));
  if (loaded.torn) {
    const { place, start, bytes } = loaded.torn;
    await truncate(place.file, start);
    options.report?.({
      kind: 'torn-line',
      message: `${place.file}, line ${place.line}, byte ${start}: the last write was cut off by a crash and is dropped (${bytes} bytes); it was never acknowledged`,
    });
  }
  if (loaded.open?.unended) await appendNewline(loaded.open.file);
  for (const file of loaded.folded) await archive(folder, file, options.historyBytes);
  if (loaded.open?.bytes === 0) await rm(loaded.open.file);
}

async function appendNewline(file: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await writeAll(handle, Buffer.from('\n'));
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
