/** Files that survive a crash: written whole, synced, and known to their folder. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

const TEMPORARY = /\.[0-9a-f]{12}\.tmp$/;

/** A name beside the file that nobody else uses. */
export const temporaryFor = (file: string) => `${file}.${randomBytes(6).toString('hex')}.tmp`;

/** What a crash has left behind of files that were never finished. */
export async function removeTemporaries(folder: string, file: string): Promise<void> {
  for (const name of await readdir(folder))
    if (name.startsWith(`${basename(file)}.`) && TEMPORARY.test(name)) await rm(join(folder, name), { force: true });
}

/** Makes new, renamed and removed names of a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Replaces the file at once by what `fill` writes; on any error the old one stays. */
export async function replaceFile(file: string, fill: (handle: FileHandle) => Promise<void>): Promise<void> {
  const temporary = temporaryFor(file);
  try {
    const handle = await open(temporary, 'wx', PRIVATE_FILE);
    try {
      await fill(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(file));
}

export const isMissing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';
