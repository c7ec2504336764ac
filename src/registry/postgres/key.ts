/** The key that seals: in a file on each machine, the same on all. The database holds a mark by which it is known, not the key. */
import { dirname } from 'node:path';
import type { Stored } from '../contract.ts';
import { makeFolder } from '../../process/folder.ts';
import { createKey, Opener, readKey, Sealer } from '../file/seal.ts';
import type { Run } from './session.ts';

const COLLECTION = 'settings';
const MARK: Stored & { readonly key: string } = { id: 'key', key: 'compass' };

/** The file with the key of another registry, or none. */
class WrongKey extends Error {
  override readonly name = 'WrongKey';
}

/** Reads the key, or makes it for a database that has none yet. Runs where no other process does. @throws WrongKey, RegistryDamaged */
export async function openKey(run: Run, place: string, file: string): Promise<Sealer> {
  const [kept] = await run<{ value: string }>(`SELECT value FROM compass.settings WHERE name = 'key'`);
  const key = await readKey(file);
  if (!key && kept)
    throw new WrongKey(`${file} is missing: it is the key of the sealed fields in ${place}; copy it from a machine that has it`);
  const sealer = new Sealer(key ?? (await newKey(file)));
  if (kept) requireSame(sealer, JSON.parse(kept.value) as Stored, place, file);
  else await run(`INSERT INTO compass.settings (name, value) VALUES ('key', $1)`, [JSON.stringify(sealer.seal(COLLECTION, MARK, ['key']))]);
  return sealer;
}

async function newKey(file: string): Promise<Buffer> {
  makeFolder(dirname(file));
  return createKey(file);
}

function requireSame(sealer: Sealer, mark: Stored, place: string, file: string): void {
  try {
    new Opener(sealer).open(place, COLLECTION, mark);
  } catch (cause) {
    throw new WrongKey(`${file} is not the key of the sealed fields in ${place}; copy it from a machine that has it`, { cause });
  }
}
