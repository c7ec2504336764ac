/** Folders of a person's own, made where they are missing. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** There is no such folder, and none can be made. */
export class UnusableFolder extends Error {
  override readonly name = 'UnusableFolder';
}

const PRIVATE = 0o700;

/**
 * Makes a folder and all that is missing above it, for the user's eyes alone.
 * Node's own recursive mkdir never comes back where a file system takes no folders, such as /proc, and hears no signals meanwhile.
 * @throws UnusableFolder
 */
export function makeFolder(path: string): void {
  const folder = resolve(path);
  try {
    make(folder);
  } catch (error) {
    throw new UnusableFolder(`${folder} can't be made a folder: ${(error as Error).message}`, { cause: error });
  }
}

function make(folder: string): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) make(dirname(folder));
  try {
    mkdirSync(folder, { mode: PRIVATE });
  } catch (error) {
    // Another process may have been faster.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
