/** A plane that goes on when the command that started it is over. */
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Host } from '../frame/host.ts';
import { makeFolder } from '../../process/folder.ts';
import { type Told, untilReady } from './child.ts';

interface Detached {
  /** Of compass itself. */
  readonly program: string;
  /** What was typed behind the program's name. */
  readonly words: readonly string[];
  readonly env: Host['env'];
  /** Where its warnings go, and what it says. */
  readonly log: string;
  /** Where somebody else waits for the ready file. */
  readonly readyFile: string | undefined;
}

/** Resolves when every system answers. @throws Failure failed with what the plane said */
export async function startDetached({ program, words, env, log, readyFile }: Detached): Promise<Told> {
  const folder = mkdtempSync(join(tmpdir(), 'compass-start-'));
  const ready = readyFile === undefined ? join(folder, 'ready.json') : resolve(readyFile);
  rmSync(ready, { force: true });
  makeFolder(dirname(log));
  const out = openSync(log, 'a', 0o600);
  const before = fstatSync(out).size;
  try {
    const own = words.filter((word) => word !== '--detach' && word !== '-d');
    const added = readyFile === undefined ? ['--ready-file', ready] : [];
    const plane = spawn(process.execPath, [program, 'serve', ...own, ...added], {
      env: { ...env, COMPASS_DETACH: '', COMPASS_OUTPUT: '', COMPASS_JSON: '' },
      stdio: ['ignore', out, out],
      detached: true,
    });
    const told = await untilReady(plane, ready, () => readFileSync(log).subarray(before).toString('utf8'));
    plane.unref();
    return told;
  } finally {
    closeSync(out);
    rmSync(folder, { recursive: true, force: true });
  }
}
