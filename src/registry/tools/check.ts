import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Low } from 'lowdb';
import type { Collection, Registry, Stored } from '../contract.ts';
import { type Place, RegistryDamaged, RegistryTooNew } from '../file/errors.ts';
import { EMPTY_FOLDED, type Folded, FoldedFile } from '../file/folded.ts';
import { foldedFile, journalsOf, keyFile } from '../file/folder.ts';
import { checkHistory } from '../file/history.ts';
import { load } from '../file/load.ts';
import { Lock } from '../file/lock.ts';
import { Opener, readKey, Sealer } from '../file/seal.ts';
import { MemoryRegistry } from '../memory/registry.ts';
import { batches, declared, type Inventory, inventoryOf, type ToolOptions } from './inventory.ts';

/** `error`: the registry does not open, or breaks its own rules. `warning`: it opens, and tells of it. */
export interface Finding {
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly place?: Place;
}

export interface Checked {
  readonly findings: readonly Finding[];
  /** The last write, if the registry can be read. */
  readonly sequence?: number;
  readonly inventory?: Inventory;
}

/** Reads all files of a folder as a start would, and its history, and looks whether unique keys are unique. Changes none of them. @throws RegistryLocked */
export async function checkFolder(dir: string, options: ToolOptions): Promise<Checked> {
  const folder = resolve(dir);
  if (!(await holdsRegistry(folder))) return { findings: [{ level: 'error', message: `${folder} holds no registry` }] };
  const lock = await Lock.take(folder, new Date());
  try {
    return await checkFiles(folder, options);
  } finally {
    await lock.release();
  }
}

async function checkFiles(folder: string, options: ToolOptions): Promise<Checked> {
  const findings: Finding[] = [];
  try {
    const key = await readKey(keyFile(folder));
    const file = new FoldedFile(foldedFile(folder));
    const low = new Low<Folded>(file, EMPTY_FOLDED);
    await low.read();
    const core = new MemoryRegistry({ collections: options.collections });
    const loaded = await load(folder, low, file, core, new Opener(key && new Sealer(key)));
    core.startAt(loaded.sequence);
    for (const name of file.edited)
      findings.push({
        level: 'warning',
        message: `${foldedFile(folder)}: ${name} is not as the program wrote it`,
        place: { file: foldedFile(folder) },
      });
    if (loaded.torn)
      findings.push({
        level: 'warning',
        message: `The last write was cut off by a crash: ${loaded.torn.bytes} bytes will be dropped`,
        place: loaded.torn.place,
      });
    findings.push(...(await brokenUniques(core, options)));
    await checkHistory(folder).catch((error: unknown) => findings.push({ ...told(error), level: 'warning' }));
    return { findings, sequence: loaded.sequence, inventory: await inventoryOf(core, options) };
  } catch (error) {
    return { findings: [...findings, told(error)] };
  }
}

function told(error: unknown): Finding {
  if (error instanceof RegistryDamaged) return { level: 'error', message: error.message, place: error.place };
  if (error instanceof RegistryTooNew) return { level: 'error', message: error.message };
  throw error;
}

async function brokenUniques(registry: Registry, options: ToolOptions): Promise<Finding[]> {
  const broken = new Set<string>();
  const { records } = await registry.info();
  await registry.read(async (tx) => {
    for (const from of declared(Object.keys(records), options.collections))
      for (const [name, index] of uniques(from))
        for await (const batch of batches(tx, from, records[from.name] ?? 0))
          for (const record of batch)
            for (const key of index.keys(record))
              if ((await tx.count(from, name, key)) > 1) broken.add(`${from.name}: several records have the ${name} ${key}`);
  });
  return [...broken].map((message) => ({ level: 'error', message }));
}

const uniques = (from: Collection<Stored>) => Object.entries(from.indexes).filter(([, index]) => index.unique);

async function holdsRegistry(folder: string): Promise<boolean> {
  const folded = await stat(foldedFile(folder)).catch(() => undefined);
  return folded !== undefined || (await journalsOf(folder).catch(() => [])).length > 0;
}
