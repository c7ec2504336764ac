/** Sealed fields: AES-256-GCM under the key file that lies beside the registry. In memory they are plain. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { chmod, readFile } from 'node:fs/promises';
import type { Stored } from '../contract.ts';
import { isMissing, PRIVATE_FILE, replaceFile } from './durable.ts';
import { RegistryDamaged } from './errors.ts';

const MARK = '$sealed';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** Whether a value read from a file is what sealing makes. */
export const looksSealed = (value: unknown): value is { [MARK]: string } => typeof value === 'object' && value !== null && MARK in value;

export class Sealer {
  readonly #cipherKey: Buffer;
  readonly #ivKey: Buffer;

  constructor(key: Buffer) {
    this.#cipherKey = Buffer.from(hkdfSync('sha256', key, '', 'compass registry: cipher', KEY_BYTES));
    this.#ivKey = Buffer.from(hkdfSync('sha256', key, '', 'compass registry: iv', KEY_BYTES));
  }

  /** The record as it is written. Values that merely look sealed are sealed too, so that reading needs no guess. */
  seal(collection: string, record: Stored, fields: Iterable<string>): Stored {
    const sealed = new Set(fields);
    const entries = Object.entries(record);
    if (!entries.some(([field, value]) => sealed.has(field) || looksSealed(value))) return record;
    return Object.fromEntries(
      entries.map(([field, value]) => [
        field,
        value !== undefined && (sealed.has(field) || looksSealed(value))
          ? this.#sealValue(`${collection}|${record.id}|${field}`, value)
          : value,
      ]),
    ) as unknown as Stored;
  }

  /** @throws if the value was not sealed with this key in this place */
  openValue(place: string, text: string): unknown {
    const bytes = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.#cipherKey, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString());
  }

  /** The IV comes from place and value, so that an unchanged value is written alike and the file's differences are true ones. */
  #sealValue(place: string, value: unknown): { [MARK]: string } {
    const text = JSON.stringify(value);
    const iv = createHmac('sha256', this.#ivKey).update(`${place}|${text}`).digest().subarray(0, IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#cipherKey, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(place));
    const body = Buffer.concat([cipher.update(text), cipher.final()]);
    return { [MARK]: Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64') };
  }
}

/** Opens records that are read, and remembers which fields were sealed, for collections that nobody declares. */
export class Opener {
  readonly #sealer: Sealer | undefined;
  readonly #seen = new Map<string, Set<string>>();

  /** Without a key nothing sealed can be opened. */
  constructor(sealer: Sealer | undefined) {
    this.#sealer = sealer;
  }

  sealedIn(collection: string): ReadonlySet<string> {
    return this.#seen.get(collection) ?? NONE;
  }

  /** The record with its sealed fields plain. @throws RegistryDamaged */
  open(file: string, collection: string, record: Stored): Stored {
    let plain: (Record<string, unknown> & Stored) | undefined;
    for (const field in record) {
      const value: unknown = record[field as keyof Stored];
      if (!looksSealed(value)) continue;
      plain ??= { ...record };
      plain[field] = this.#openField(file, collection, record.id, field, value[MARK]);
    }
    return plain ?? record;
  }

  #openField(file: string, collection: string, id: string, field: string, text: string): unknown {
    const where = `${collection}, record ${id}, field ${field}`;
    if (!this.#sealer) throw new RegistryDamaged({ file }, `${where} is sealed, and registry.key is missing`);
    try {
      const value = this.#sealer.openValue(`${collection}|${id}|${field}`, text);
      if (!looksSealed(value)) this.#remember(collection, field);
      return value;
    } catch {
      throw new RegistryDamaged({ file }, `${where} cannot be opened: it is damaged, or registry.key is not the key that sealed it`);
    }
  }

  #remember(collection: string, field: string): void {
    const fields = this.#seen.get(collection);
    if (fields) fields.add(field);
    else this.#seen.set(collection, new Set([field]));
  }
}

const NONE: ReadonlySet<string> = new Set();

/** Undefined if there is none yet. @throws RegistryDamaged */
export async function readKey(file: string): Promise<Buffer | undefined> {
  try {
    const key = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64');
    if (key.length !== KEY_BYTES) throw new RegistryDamaged({ file }, `a key of ${KEY_BYTES} bytes in base64 was expected`);
    await chmod(file, PRIVATE_FILE);
    return key;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function createKey(file: string): Promise<Buffer> {
  const key = randomBytes(KEY_BYTES);
  await replaceFile(file, (handle) => handle.writeFile(`${key.toString('base64')}\n`));
  return key;
}
