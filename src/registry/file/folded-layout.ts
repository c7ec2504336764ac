/** Reads `registry.json` as this program lays it out, some thousand records at a time: no string or tree of the whole file. */
import { type FileHandle, open } from 'node:fs/promises';
import type { Stored } from '../contract.ts';
import { asHex, checksumOf } from './lines.ts';

/** Where a list of records ends: nothing inside of a record stands as far to the left, and strings have no raw line ends. */
const LIST_END = '\n    ]';
const RECORD_END = '\n      }';
const LIST_START = /^,?\n {4}("(?:[^"\\]|\\.)*"): \[\n/;
const HEAD = /^\{\n {2}"format": (\d+),\n {2}"sequence": (\d+),\n {2}"collections": \{/;
const CHUNK_BYTES = 1 << 20;

/** What a collection's checksum begins with: so it tells of a changed number or name too. */
export const seedOf = (sequence: number, name: string) => `${sequence}|${name}|`;

export interface OwnLayout {
  readonly content: { format: number; sequence: number; collections: Record<string, Stored[]>; checksums?: Record<string, string> };
  /** Collections whose bytes do not fit their checksum. */
  readonly edited: string[];
  readonly bytes: number;
}

/** Undefined if the file is laid out otherwise, or is no JSON. */
export async function readOwnLayout(file: string): Promise<OwnLayout | undefined> {
  const handle = await open(file, 'r');
  try {
    return await new LayoutReader(handle).read();
  } catch (error) {
    if (error instanceof OtherLayout || error instanceof SyntaxError) return undefined;
    throw error;
  } finally {
    await handle.close();
  }
}

class OtherLayout extends Error {}

class LayoutReader {
  readonly #handle: FileHandle;
  #bytes: Buffer = Buffer.alloc(0);
  #position = 0;
  #ended = false;

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  async read(): Promise<OwnLayout> {
    await this.#more();
    const [head, format, sequence] = this.#match(HEAD);
    this.#skip(head!.length);
    const collections: Record<string, Stored[]> = Object.create(null) as Record<string, Stored[]>;
    const found: Record<string, string> = {};
    for (let name = await this.#listStart(); name !== undefined; name = await this.#listStart()) {
      if (name in collections) throw new OtherLayout();
      const { records, checksum } = await this.#list(seedOf(Number(sequence), name));
      collections[name] = records;
      found[name] = checksum;
    }
    while (!this.#ended) await this.#more();
    const names = Object.keys(collections);
    const tail = JSON.parse(`{${/^(?:\n {2})?\},\n( {2}"checksums": [^]*)$/.exec(this.#bytes.toString())?.[1] ?? ''}`) as {
      checksums?: Record<string, string>;
    };
    const checksums = tail.checksums ?? {};
    return {
      content: { format: Number(format), sequence: Number(sequence), collections, checksums },
      edited: names.filter((name) => checksums[name] !== found[name]),
      bytes: this.#position,
    };
  }

  /** The name of the next list, undefined after the last. */
  async #listStart(): Promise<string | undefined> {
    while (this.#bytes.length < 1024 && !this.#ended) await this.#more();
    const start = LIST_START.exec(this.#bytes.toString('utf8', 0, 1024));
    if (!start) return undefined;
    this.#skip(Buffer.byteLength(start[0]));
    return JSON.parse(start[1]!) as string;
  }

  async #list(seed: string): Promise<{ records: Stored[]; checksum: string }> {
    const records: Stored[] = [];
    let checksum = checksumOf(seed);
    for (let first = true; ; first = false) {
      let end = this.#bytes.indexOf(LIST_END);
      const last = end >= 0;
      if (!last) end = this.#bytes.lastIndexOf(RECORD_END) + RECORD_END.length;
      if (!last && (end < RECORD_END.length || end === this.#bytes.length)) {
        if (this.#ended) throw new OtherLayout();
        await this.#more();
        continue;
      }
      const slice = this.#bytes.subarray(0, end);
      checksum = checksumOf(slice, checksum);
      const text = slice.toString();
      if (!first && text.length > 0 && !text.startsWith(',')) throw new OtherLayout();
      for (const record of JSON.parse(`[${records.length > 0 ? text.slice(1) : text}]`) as Stored[]) records.push(record);
      this.#skip(last ? end + LIST_END.length : end);
      if (last) return { records, checksum: asHex(checksum) };
    }
  }

  #match(pattern: RegExp): RegExpExecArray {
    const match = pattern.exec(this.#bytes.toString('utf8', 0, 1024));
    if (!match) throw new OtherLayout();
    return match;
  }

  #skip(bytes: number): void {
    this.#bytes = this.#bytes.subarray(bytes);
  }

  async #more(): Promise<void> {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const { bytesRead } = await this.#handle.read(chunk, 0, CHUNK_BYTES, this.#position);
    this.#position += bytesRead;
    this.#ended = bytesRead === 0;
    const read = chunk.subarray(0, bytesRead);
    this.#bytes = this.#bytes.length > 0 ? Buffer.concat([this.#bytes, read]) : read;
  }
}
