/** What can be done with the folder of the file backend: compact, back up, restore. */
import { chmod, copyFile, mkdir, open, readdir, rename, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { makeFolder } from '../../process/folder.ts';
import { isMissing, PRIVATE_FILE, PRIVATE_FOLDER, syncFolder } from '../file/durable.ts';
import { foldedFile, historyFile, journalsOf, keyFile, olderHistoryFile } from '../file/folder.ts';
import { Lock } from '../file/lock.ts';
import { type FileRegistry, openFileRegistry } from '../file/registry.ts';
import { checkFolder } from './check.ts';
import { type Inventory, inventoryOf, type ToolOptions } from './inventory.ts';
import { RegistryRefusal } from './refusal.ts';

/** Sizes in bytes of all files together. */
export interface Compacted {
  readonly before: number;
  readonly after: number;
  readonly inventory: Inventory;
}

/** Folds the journal of a registry that nobody has open. @throws RegistryLocked, RegistryDamaged */
export async function compactFolder(dir: string, options: ToolOptions): Promise<Compacted> {
  const before = await sizeOf(dir);
  const registry = await openFileRegistry({ dir, collections: options.collections });
  try {
    await registry.fold();
    const inventory = await inventoryOf(registry, options);
    return { before, after: await sizeOf(dir), inventory };
  } finally {
    await registry.close();
  }
}

/** Puts the state of now, its key and its history into an empty folder, while the registry goes on, and checks the result. @returns what the backup holds */
export async function backupRegistry(registry: FileRegistry, target: string, options: ToolOptions): Promise<Inventory> {
  await requireEmpty(target);
  await registry.fold();
  await copyFiles(registry.folder, target);
  return checked(target, options);
}

export interface RestoreOptions extends ToolOptions {
  /** Whether a registry that is in the folder is put aside, into a folder within it; otherwise it must be empty. */
  readonly replace?: boolean;
}

/** Brings a backup into a folder that no process has open. The backup is checked before anything is touched. @returns what was restored */
export async function restoreRegistry(backup: string, dir: string, options: RestoreOptions): Promise<Inventory> {
  await checked(backup, options);
  if (!options.replace) await requireEmpty(dir);
  makeFolder(dir);
  const lock = await Lock.take(resolve(dir), new Date());
  try {
    await putAside(dir);
    await copyFiles(backup, dir);
  } finally {
    await lock.release();
  }
  return checked(dir, options);
}

/** All files that make up the state and its history. */
async function filesOf(folder: string): Promise<string[]> {
  const journals = (await journalsOf(folder)).map(({ file }) => file);
  const present: string[] = [];
  // The state itself comes last: a copy that was cut off is no registry.
  for (const file of [keyFile(folder), olderHistoryFile(folder), historyFile(folder), ...journals, foldedFile(folder)])
    if (await exists(file)) present.push(file);
  return present;
}

async function copyFiles(from: string, to: string): Promise<void> {
  makeFolder(to);
  for (const file of await filesOf(from)) {
    const copy = join(to, basename(file));
    await copyFile(file, copy);
    await chmod(copy, PRIVATE_FILE);
    const handle = await open(copy, 'r+');
    await handle.sync().finally(() => handle.close());
  }
  await syncFolder(to);
}

async function putAside(folder: string): Promise<void> {
  const files = await filesOf(folder);
  if (files.length === 0) return;
  const aside = join(folder, `before-restore-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
  await mkdir(aside, { mode: PRIVATE_FOLDER });
  for (const file of files) await rename(file, join(aside, basename(file)));
}

async function checked(folder: string, options: ToolOptions): Promise<Inventory> {
  const { findings, inventory } = await checkFolder(folder, options);
  const wrong = findings.find((finding) => finding.level === 'error');
  if (wrong || !inventory) throw new RegistryRefusal(wrong?.message ?? `${folder} holds no registry`);
  return inventory;
}

/** @throws if anything but an old lock is in it */
export async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  if (names.some((name) => !name.startsWith('lock.'))) throw new RegistryRefusal(`${folder} is not empty`, true);
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for (const file of await filesOf(folder)) bytes += (await stat(file)).size;
  return bytes;
}

const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );
