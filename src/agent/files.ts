/** Files that are whole or not there: written aside, then put in place. */
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../process/folder.ts';

export const PRIVATE = 0o600;

/** Writes unless the content is there already; true where it wrote. */
export async function writeWhole(file: string, content: string, mode = 0o644): Promise<boolean> {
  if ((await readIfThere(file)) === content) return false;
  makeFolder(dirname(file));
  const aside = `${file}.${process.pid}.new`;
  try {
    await writeFile(aside, content, { mode });
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
  return true;
}

/** Undefined where there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const asJson = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
