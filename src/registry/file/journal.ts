/** Appends lines durably: one flush is under way, all that arrives meanwhile shares the next one, and so do those who come back at once after the last. */
import { type FileHandle, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RegistryUnavailable } from '../contract.ts';
import { PRIVATE_FILE, syncFolder } from './durable.ts';

/** `safe`: resolved means on disk. `fast`: within 50 ms; a power cut may take what was acknowledged in that time. */
export type Durability = 'safe' | 'fast';

const FAST_SYNC_MS = 50;
/** Longest wait for those who were just served to come with their next line, in milliseconds, and as a part of what a flush takes. */
const LONGEST_WAIT_MS = 2;
const WAIT_PART = 0.5;

/** What the journal needs of an open file. */
export type JournalFile = Pick<FileHandle, 'write' | 'datasync' | 'close'>;

export interface JournalOptions {
  readonly durability: Durability;
  /** Opens a file for appending, making it if needed. */
  readonly openFile?: (file: string) => Promise<JournalFile>;
}

interface Group {
  readonly lines: string[];
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
  /** The file for what comes after this group. */
  next?: string;
}

export class Journal {
  readonly #options: JournalOptions;
  readonly #groups: Group[] = [];
  #file: string;
  #handle: JournalFile | undefined;
  #bytes: number;
  #flushing: Promise<void> | undefined;
  #failed: RegistryUnavailable | undefined;
  #syncing: Promise<void> | undefined;
  /** How many lines were there at the end of the last flush, written or waiting: so many writers there are. */
  #expected = 1;
  /** Milliseconds of the last flush. */
  #took = 0;
  #unsynced = false;

  /** `bytes`: how long the file is already. */
  constructor(file: string, bytes: number, options: JournalOptions) {
    this.#file = file;
    this.#bytes = bytes;
    this.#options = options;
  }

  /** Size of the file that is written to, with what waits. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Why nothing can be written any more. */
  get failed(): RegistryUnavailable | undefined {
    return this.#failed;
  }

  /** Resolves when the line is durable. After any fault the file is suspect, and all is refused with the first fault. @throws RegistryUnavailable */
  append(line: string): Promise<void> {
    if (this.#failed) return Promise.reject(this.#failed);
    this.#bytes += line.length;
    const group = this.#openGroup();
    group.lines.push(line);
    this.#schedule();
    return group.done;
  }

  /** Later lines go into another file. Resolves when all before are durable. */
  rotate(file: string): Promise<void> {
    if (this.#failed) return Promise.reject(this.#failed);
    const group = this.#openGroup();
    group.next = file;
    this.#bytes = 0;
    this.#schedule();
    return group.done;
  }

  async close(): Promise<void> {
    while (this.#flushing) await this.#flushing;
    await this.#syncing;
    if (this.#unsynced && !this.#failed) await this.#handle?.datasync();
    await this.#handle?.close();
    this.#handle = undefined;
  }

  #openGroup(): Group {
    const last = this.#groups.at(-1);
    if (last && last.next === undefined) return last;
    const { promise, resolve, reject } = withResolvers();
    const group: Group = { lines: [], done: promise, resolve, reject };
    this.#groups.push(group);
    return group;
  }

  #schedule(): void {
    this.#flushing ??= new Promise((resolve) => setImmediate(resolve)).then(() => this.#flushAll());
  }

  async #flushAll(): Promise<void> {
    while (this.#groups.length > 0) {
      await this.#gather();
      const group = this.#groups.shift()!;
      try {
        const begun = performance.now();
        await this.#flush(group);
        this.#expected = group.lines.length + this.#waiting;
        this.#took = performance.now() - begun;
        group.resolve();
      } catch (error) {
        this.#failed = new RegistryUnavailable(`The journal ${this.#file} cannot be written: ${(error as Error).message}`, {
          cause: error,
        });
        for (const refused of [group, ...this.#groups.splice(0)]) refused.reject(this.#failed);
      }
    }
    this.#flushing = undefined;
  }

  get #waiting(): number {
    return this.#groups[0]?.lines.length ?? 0;
  }

  /** Without it, many writers would fall into two halves that wait for each other's flushes. */
  async #gather(): Promise<void> {
    const until = performance.now() + Math.min(LONGEST_WAIT_MS, this.#took * WAIT_PART);
    while (this.#waiting < this.#expected && performance.now() < until) await new Promise(setImmediate);
  }

  async #flush(group: Group): Promise<void> {
    if (group.lines.length > 0) {
      const handle = (this.#handle ??= await this.#open());
      await writeAll(handle, Buffer.from(group.lines.join('')));
      if (this.#options.durability === 'safe') await handle.datasync();
      else this.#syncSoon();
    }
    if (group.next === undefined) return;
    await this.#syncing;
    await this.#handle?.datasync();
    await this.#handle?.close();
    this.#handle = undefined;
    this.#file = group.next;
  }

  async #open(): Promise<JournalFile> {
    const handle = await (this.#options.openFile ?? openForAppending)(this.#file);
    await syncFolder(dirname(this.#file));
    return handle;
  }

  #syncSoon(): void {
    this.#unsynced = true;
    this.#syncing ??= sleep(FAST_SYNC_MS).then(async () => {
      this.#syncing = undefined;
      this.#unsynced = false;
      try {
        await this.#handle?.datasync();
      } catch (error) {
        this.#failed ??= new RegistryUnavailable(`The journal ${this.#file} cannot be synced: ${(error as Error).message}`, {
          cause: error,
        });
      }
    });
  }
}

const openForAppending = (file: string) => open(file, 'a', PRIVATE_FILE);

/** A write may take less than it was given. */
export async function writeAll(handle: Pick<FileHandle, 'write'>, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) written += (await handle.write(bytes, written, bytes.length - written)).bytesWritten;
}

function withResolvers(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let resolve!: () => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits for the group is told; a group that nobody waits for must not end the process.
  promise.catch(() => undefined);
  return { promise, resolve, reject };
}
