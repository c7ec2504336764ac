/** A plane that goes on when the command that started it is over. */
import { spawn } from 'node:child_process';
import { closeSync, fstatSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type Contexts, LOCAL } from '../connection/contexts.ts';
import { dataFolder } from '../connection/paths.ts';
import { isRunning } from '../connection/running.ts';
import type { Host } from '../frame/host.ts';
import { makeFolder } from '../../process/folder.ts';
import { card, type Card } from '../output/view.ts';
import { type Told, untilReady } from './child.ts';
import { runsAlready } from './unstarted.ts';

interface Detached {
  readonly name: string;
  readonly contexts: Contexts;
  /** Of compass itself. */
  readonly program: string;
  /** What was typed behind the program's name. */
  readonly words: readonly string[];
  readonly env: Host['env'];
  /** Where somebody else waits for the ready file. */
  readonly readyFile: string | undefined;
}

/** Comes back when every system answers. @throws Failure conflict where it runs, failed with what the plane said */
export async function detached(plane: Detached): Promise<Card> {
  const { name, contexts, env } = plane;
  const context = contexts.all()[name];
  if (context?.plane !== undefined && (await isRunning(context))) throw runsAlready(context.plane, { name, contexts, isNamed: true });
  const log = join(dataFolder(env), `${name}.log`);
  const { token: _, ...told } = await started(plane, log);
  const ending = `compass stop${name === LOCAL ? '' : ` ${name}`}`;
  return card({ instance: name, ...told, log }, { Plane: name, Gateway: told.gateway, Process: told.pid, Log: log, 'Ends with': ending });
}

/** `log`: where its warnings go, and what it says. */
async function started({ program, words, env, readyFile }: Detached, log: string): Promise<Told> {
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
