/** Keys of the plane that lie beside its state: readable by their owner alone, gone with an ephemeral plane. */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The value in that file, or a new one written there before it is used. A file that cannot be read as JSON is an error that names it. */
export async function keptSecret<T>(dir: string | undefined, name: string, make: () => T): Promise<T> {
  if (!dir) return make();
  const file = join(dir, name);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text !== undefined) {
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new Error(
        `${file} is damaged: it is no JSON. Restore it, or remove it to have a new one made (what was signed or sealed with it is then worthless).`,
      );
    }
  }
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const value = make();
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify(value));
    await handle.sync();
  } finally {
    await handle.close();
  }
  return value;
}
