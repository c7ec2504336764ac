/** Short changes of a file by several processes, one after the other. */
import { closeSync, openSync, rmSync, statSync } from 'node:fs';

/** Milliseconds: no change takes that long, whoever has the file longer is gone. */
const ABANDONED = 2_000;
const PAUSE = 10;

function isAbandoned(file: string): boolean {
  try {
    return Date.now() - statSync(file).mtimeMs > ABANDONED;
  } catch {
    return false;
  }
}

/** Waits until nobody has the file, and takes it. @returns what gives it back @throws the system's error where it can't be made */
export function takeTurn(file: string): () => void {
  for (;;)
    try {
      closeSync(openSync(file, 'wx', 0o600));
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      if (isAbandoned(file)) rmSync(file, { force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
}
