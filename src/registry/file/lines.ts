/** The lines of the journal: one committed write each, as JSON, with a checksum over what is before it. */
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import type { Commit, Stored } from '../contract.ts';
import { type Place, RegistryDamaged } from './errors.ts';

/** What a line holds. A record of null is a deletion. */
export interface Line extends Omit<Commit, 'changes'> {
  readonly changes: readonly { readonly collection: string; readonly id: string; readonly record: Stored | null }[];
}

const CHECKSUM = ',"checksum":"';
/** `,"checksum":"01234567"}` */
const TAIL_BYTES = CHECKSUM.length + 8 + 2;
const CHUNK_BYTES = 1 << 20;
const NEWLINE = 0x0a;
const SEQUENCE = /^\{"sequence":(\d+),/;

export const checksumOf = (bytes: string | Uint8Array, before = 0) => crc32(bytes, before);
export const asHex = (checksum: number) => checksum.toString(16).padStart(8, '0');

/** With its line end. */
export function encodeLine(line: Line): string {
  const { sequence, time, about, changes } = line;
  const body = JSON.stringify({ sequence, time, about, changes }).slice(0, -1);
  return `${body}${CHECKSUM}${asHex(checksumOf(body))}"}\n`;
}

/** Whether the bytes, without line end, are a whole line. */
function isWhole(bytes: Buffer): boolean {
  const end = bytes.length - TAIL_BYTES;
  return end > 0 && bytes.toString('latin1', end) === `${CHECKSUM}${asHex(checksumOf(bytes.subarray(0, end)))}"}`;
}

/** A last line that a crash kept from being written whole. */
export interface Torn {
  readonly place: Place;
  /** Where the file has to be cut. */
  readonly start: number;
  readonly bytes: number;
}

export interface ReadOptions {
  /** Whether the last line may be torn: true for the journal that was written last. */
  readonly mayBeTorn: boolean;
  /** Lines up to there are passed over. */
  readonly after?: number;
  /** Whether numbers may leap: true for histories, where files are copied together. */
  readonly leaps?: boolean;
}

/** Result of reading one journal file. */
export interface ReadEnd {
  readonly torn?: Torn;
  /** The last line is whole but for its line end, which has to be added. */
  readonly unended?: boolean;
  /** Number of the last line, 0 if there is none. */
  readonly sequence: number;
  readonly bytes: number;
}

/** Reads all lines in order, in chunks. Does not change the file. @throws RegistryDamaged for anything but a torn last line */
export async function readLines(file: string, options: ReadOptions, each: (line: Line) => void): Promise<ReadEnd> {
  const reader = new LineReader(file, options, each);
  const handle = await open(file, 'r');
  try {
    let rest: Buffer = Buffer.alloc(0);
    let bytes = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, bytes);
      if (bytesRead === 0) return { ...reader.end(rest), bytes };
      bytes += bytesRead;
      rest = reader.take(rest.length > 0 ? Buffer.concat([rest, chunk.subarray(0, bytesRead)]) : chunk.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
}

class LineReader {
  readonly #file: string;
  readonly #options: ReadOptions;
  readonly #each: (line: Line) => void;
  #line = 1;
  #start = 0;
  #sequence = 0;

  constructor(file: string, options: ReadOptions, each: (line: Line) => void) {
    this.#file = file;
    this.#options = options;
    this.#each = each;
  }

  /** Consumes the whole lines and returns what is left. */
  take(bytes: Buffer): Buffer {
    let from = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, from)) {
      this.#consume(bytes.subarray(from, end));
      this.#start += end + 1 - from;
      from = end + 1;
    }
    return bytes.subarray(from);
  }

  end(rest: Buffer): Omit<ReadEnd, 'bytes'> {
    const sequence = this.#sequence;
    if (rest.length === 0) return { sequence };
    if (!this.#options.mayBeTorn) throw this.#damage('the last line is cut off, although a newer journal follows');
    if (isWhole(rest)) {
      this.#consume(rest);
      return { sequence: this.#sequence, unended: true };
    }
    if (isWhole(rest.subarray(0, -1))) throw this.#damage('the end of the line was changed', rest.length - 1);
    return { sequence, torn: { place: this.#place(), start: this.#start, bytes: rest.length } };
  }

  #consume(bytes: Buffer): void {
    if (!isWhole(bytes)) throw this.#damage('the checksum does not fit the line');
    const sequence = Number(SEQUENCE.exec(bytes.toString('latin1', 0, 40))?.[1]);
    if (!(sequence > 0)) throw this.#damage('the line has no number');
    if (this.#sequence > 0 && sequence !== this.#sequence + 1 && !this.#options.leaps)
      throw this.#damage(`write ${sequence} follows on ${this.#sequence}`);
    this.#sequence = sequence;
    if (sequence > (this.#options.after ?? 0)) this.#each(JSON.parse(bytes.toString('utf8')) as Line);
    this.#line++;
  }

  #place(offset = 0): Place {
    return { file: this.#file, line: this.#line, byte: this.#start + offset };
  }

  #damage(reason: string, offset = 0): RegistryDamaged {
    return new RegistryDamaged(this.#place(offset), reason);
  }
}
