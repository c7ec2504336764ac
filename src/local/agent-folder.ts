/** Where the agents of a plane live that shares its Registry: maybe its data folder, too. */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../process/folder.ts';
import { RegistryLocked } from '../registry/file/errors.ts';
import { Lock } from '../registry/file/lock.ts';

export interface AgentFolder {
  readonly dir: string;
  /** Names the folder, and so the plane that has it; it stays the same when that is started again. */
  readonly owner: string;
  release(): Promise<void>;
}

/** The folder `runtimes`, or the first with a number that no other process has. */
export async function ownFolder(dataDir: string): Promise<AgentFolder> {
  for (let number = 1; ; number++) {
    const dir = join(dataDir, number === 1 ? 'runtimes' : `runtimes-${number}`);
    makeFolder(dir);
    try {
      const lock = await Lock.take(dir, new Date());
      const file = join(dir, 'owner');
      const owner = await readFile(file, 'utf8').catch(() => randomUUID());
      await writeFile(file, owner, { mode: 0o600 });
      return { dir, owner, release: () => lock.release() };
    } catch (error) {
      if (!(error instanceof RegistryLocked)) throw error;
    }
  }
}
