/** The same tools for folders and databases. */
import { isDatabase } from '../address.ts';
import type { Registry } from '../contract.ts';
import { openRegistry } from '../open.ts';
import { type FileRegistry } from '../file/registry.ts';
import type { PostgresRegistry } from '../postgres/registry.ts';
import { type Checked, checkFolder } from './check.ts';
import { copyRegistry } from './copy.ts';
import { backupRegistry, type Compacted, compactFolder, requireEmpty, restoreRegistry, type RestoreOptions } from './folder.ts';
import { type Inventory, inventoryOf, type ToolOptions } from './inventory.ts';
import { RegistryRefusal } from './refusal.ts';

/** Where a registry is. */
export interface Place {
  /** A folder, or the address of a database. */
  readonly at: string;
  /** File with the key of what is sealed in the database. */
  readonly keyFile: string;
}

/** Opens a registry for as long as the work takes. @throws RegistryUnavailable and what the backend tells of damage */
export async function withRegistry<T>({ at, keyFile }: Place, options: ToolOptions, work: (registry: Registry) => Promise<T>): Promise<T> {
  const registry = await openRegistry({ dir: at }, { collections: options.collections, keyFile });
  try {
    return await work(registry);
  } finally {
    await registry.close();
  }
}

/** Whether all is as it was written: the files of a folder, the index entries and sealed fields of a database. Changes nothing. @throws RegistryLocked */
export async function checkRegistry(place: Place, options: ToolOptions): Promise<Checked> {
  if (!isDatabase(place.at)) return checkFolder(place.at, options);
  return withRegistry(place, options, async (registry) => {
    const wrong = await (registry as PostgresRegistry).verify(options.collections);
    const findings = wrong.map((message) => ({ level: 'error' as const, message }));
    if (findings.length > 0) return { findings };
    return { findings, sequence: (await registry.info()).sequence, inventory: await inventoryOf(registry, options) };
  });
}

/** Folds the journal of a folder; makes the index entries of a database anew and lets its server tidy up. @throws RegistryLocked, RegistryDamaged */
export async function compactRegistry(place: Place, options: ToolOptions): Promise<Compacted> {
  if (!isDatabase(place.at)) return compactFolder(place.at, options);
  return withRegistry(place, options, async (registry) => {
    const { before, after } = await (registry as PostgresRegistry).mend(options.collections);
    return { before, after, inventory: await inventoryOf(registry, options) };
  });
}

/** Puts the state of now into an empty folder, with a key of its own where it comes from a database, and checks it. @returns what the backup holds */
export async function backup(place: Place, folder: string, options: ToolOptions): Promise<Inventory> {
  await requireEmpty(folder);
  return withRegistry(place, options, async (registry) => {
    if (!isDatabase(place.at)) return backupRegistry(registry as FileRegistry, folder, options);
    return withRegistry({ ...place, at: folder }, options, (copy) => copyRegistry(registry, copy, options));
  });
}

/** Brings a backup back. It is checked before anything is touched. @returns what was restored */
export async function restore(folder: string, place: Place, options: RestoreOptions): Promise<Inventory> {
  if (!isDatabase(place.at)) return restoreRegistry(folder, place.at, options);
  const { findings } = await checkFolder(folder, options);
  const wrong = findings.find(({ level }) => level === 'error');
  if (wrong) throw new RegistryRefusal(wrong.message);
  return withRegistry({ ...place, at: folder }, options, (saved) =>
    withRegistry(place, options, (registry) =>
      copyRegistry(saved, registry, { ...options, existing: options.replace ? 'replace' : 'refuse' }),
    ),
  );
}
