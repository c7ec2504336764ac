/** `registry.json`: the folded state, for people to open, compare and commit. A lowdb adapter that reads in chunks and writes durably, in slices. */
import { isObject } from '../../text/json.ts';
import { type FileHandle, readFile } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Adapter } from 'lowdb';
import { lineAndColumn } from '../../text/fault.ts';
import { jsonFault } from '../../text/json-fault.ts';
import type { Stored } from '../contract.ts';
import { isMissing, replaceFile } from './durable.ts';
import { RegistryDamaged, RegistryTooNew } from './errors.ts';
import { readOwnLayout, seedOf } from './folded-layout.ts';
import { writeAll } from './journal.ts';
import { asHex, checksumOf } from './lines.ts';
import { FORMAT, type Migrations, migrate } from './migrations.ts';

/** What the file holds. */
export interface Folded {
  /** Of the file, not of the records. */
  readonly format: number;
  /** All writes up to this one are in it. */
  readonly sequence: number;
  /** By name; records by id. */
  readonly collections: Readonly<Record<string, Iterable<Stored>>>;
  /** Of each collection as the program wrote it: tells whether the file was changed by somebody else. */
  readonly checksums?: Readonly<Record<string, string>>;
}

export const EMPTY_FOLDED: Folded = { format: FORMAT, sequence: 0, collections: {} };

/** How long a slice of writing may keep others waiting. */
const SLICE_MS = 1;

export class FoldedFile implements Adapter<Folded> {
  readonly path: string;
  readonly #migrations: Migrations;
  /** Collections whose bytes are not those that were written, after read. */
  edited: readonly string[] = [];
  /** Whether it would be written otherwise now, after read: edited, laid out otherwise, or of an older format. */
  outdated = false;
  /** Size after read or write. */
  bytes = 0;

  constructor(file: string, migrations: Migrations = {}) {
    this.path = file;
    this.#migrations = migrations;
  }

  /** Null if there is no file. @throws RegistryDamaged, RegistryTooNew */
  async read(): Promise<Folded | null> {
    try {
      const own = await readOwnLayout(this.path);
      this.bytes = own?.bytes ?? 0;
      this.edited = own?.edited ?? [];
      this.outdated = !own || own.edited.length > 0 || own.content.format !== FORMAT;
      return this.#checked(own?.content ?? (await this.#readWhole()));
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  async write(data: Folded): Promise<void> {
    await replaceFile(this.path, async (handle) => {
      this.bytes = await writeFolded(handle, data);
    });
    this.edited = [];
    this.outdated = false;
  }

  /** Any other layout: as one text. */
  async #readWhole(): Promise<unknown> {
    const text = await readFile(this.path, 'utf8');
    this.bytes = Buffer.byteLength(text);
    const fault = jsonFault(text);
    if (fault) {
      const place = { file: this.path, ...lineAndColumn(text, fault.at), byte: Buffer.byteLength(text.slice(0, fault.at)) };
      throw new RegistryDamaged(place, fault.at < text.length ? fault.reason : `the file ends here, ${fault.reason}`);
    }
    const content = JSON.parse(text) as Partial<Folded> | null;
    this.edited = Object.keys(content?.collections ?? {});
    return content;
  }

  #checked(content: unknown): Folded {
    const damaged = (reason: string) => new RegistryDamaged({ file: this.path }, reason);
    if (!isObject(content)) throw damaged('an object was expected');
    const { format } = content;
    if (!isCount(format)) throw damaged('"format" is not a number');
    if (format > FORMAT) throw new RegistryTooNew(this.path, format, FORMAT);
    const document = migrate(this.path, content, format, this.#migrations);
    if (!isCount(document['sequence'])) throw damaged('"sequence" is not a number');
    if (!isObject(document['collections'])) throw damaged('"collections" is not an object');
    for (const [name, records] of Object.entries(document['collections'])) checkRecords(name, records, damaged);
    return document as unknown as Folded;
  }
}

function checkRecords(name: string, records: unknown, damaged: (reason: string) => Error): void {
  if (!Array.isArray(records)) throw damaged(`collection ${name} is not a list`);
  const ids = new Set<string>();
  records.forEach((record: unknown, index) => {
    const id = isObject(record) ? record['id'] : undefined;
    if (typeof id !== 'string') throw damaged(`collection ${name}, record ${index + 1}: it has no id`);
    if (ids.has(id)) throw damaged(`collection ${name}, record ${index + 1}: id ${id} is there twice`);
    ids.add(id);
  });
}

/** Writes `readOwnLayout`'s layout, giving way to others between slices. @returns the number of bytes */
async function writeFolded(handle: FileHandle, data: Folded): Promise<number> {
  let bytes = 0;
  let waiting = '';
  const flush = async () => {
    const slice = Buffer.from(waiting);
    waiting = '';
    bytes += slice.length;
    await writeAll(handle, slice);
    await nextTurn();
    return slice;
  };
  const checksums: Record<string, string> = {};
  waiting = `{\n  "format": ${data.format},\n  "sequence": ${data.sequence},\n  "collections": {`;
  let separator = '\n';
  for (const [name, records] of Object.entries(data.collections)) {
    waiting += `${separator}    ${JSON.stringify(name)}: [\n`;
    await flush();
    let checksum = checksumOf(seedOf(data.sequence, name));
    let between = '';
    let since = performance.now();
    for (const record of records) {
      waiting += `${between}      ${JSON.stringify(record, null, 2).replaceAll('\n', '\n      ')}`;
      between = ',\n';
      if (performance.now() - since < SLICE_MS) continue;
      checksum = checksumOf(await flush(), checksum);
      since = performance.now();
    }
    checksum = checksumOf(await flush(), checksum);
    checksums[name] = asHex(checksum);
    waiting += '\n    ]';
    separator = ',\n';
  }
  waiting += `${separator === '\n' ? '' : '\n  '}},\n  "checksums": ${JSON.stringify(checksums, null, 2).replaceAll('\n', '\n  ')}\n}\n`;
  await flush();
  return bytes;
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
