/** A plane for the length of one program: in memory, on free ports, with a home of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { untilReady } from './child.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface Throwaway {
  readonly gateway: string;
  /** What a program needs to find it: the environment that was given, with the variables of the plane. */
  readonly env: Variables;
  stop(): Promise<void>;
}

const HOME = join(tmpdir(), 'compass-exec-');

/** For a plane whose `exec` is gone: its home, which that would have removed. */
export function removeHome({ COMPASS_HOME: home = '' }: Variables): void {
  if (home.startsWith(HOME)) rmSync(home, { recursive: true, force: true });
}

/** Where another plane is, or where this one would stay: neither holds for it. */
const ELSEWHERE = [
  'CONTEXT',
  'INSTANCE',
  'DETACH',
  'DATA_DIR',
  'REGISTRY',
  'HOST',
  'PORT',
  'MTLS_PORT',
  'ONLY',
  'READY_FILE',
  'OUTPUT',
  'JSON',
  'QUIET',
].map((name) => `COMPASS_${name}`);

/**
 * Starts `compass serve --local --ephemeral`; its other settings come as variables. `program` is the path of compass itself.
 * @throws Failure failed with what the plane said
 */
export async function startThrowaway(program: string, given: Variables): Promise<Throwaway> {
  const home = mkdtempSync(HOME);
  const readyFile = join(home, 'ready.json');
  const env = { ...Object.fromEntries(Object.entries(given).filter(([name]) => !ELSEWHERE.includes(name))), COMPASS_HOME: home };
  const words = [program, 'serve', '--local', '--ephemeral', '--port', '0', '--ready-file', readyFile];
  // In a group of its own: Ctrl-C ends the program, and the plane when that is over. By the channel it learns that nobody is left who could end it.
  const plane = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'pipe', 'ipc'], detached: true });
  let said = '';
  plane.stderr!.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<void>((resolve) => plane.once('close', () => resolve()));
  const stop = async () => {
    plane.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  };
  const ready = await untilReady(plane, readyFile, () => said).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    gateway: ready.gateway,
    env: {
      ...env,
      COMPASS_URL: ready.gateway,
      COMPASS_MTLS_URL: ready.mtls,
      COMPASS_TOKEN: ready.token,
      COMPASS_TENANT: ready.tenant,
      COMPASS_CA_FILE: ready.caFile,
    },
    stop,
  };
}
