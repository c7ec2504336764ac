/** PostgreSQL servers of the tests: each on a free port, with a data folder of its own, gone with the process that started it. */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

export const HOW_TO_RUN =
  'skipped: no PostgreSQL server here. Install one (Debian: apt-get install postgresql), or name one that may be written to: COMPASS_TEST_POSTGRES=postgres://user@host/postgres npm test';

export interface PostgresServer {
  /** Of the database `postgres`, for a user that may make others. */
  readonly url: string;
  /** `immediate` is what a crash of the server leaves behind. */
  stop(how: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
  /** Stops it and deletes its folder. */
  remove(): Promise<void>;
}

const run = promisify(execFile);

/** Folder of the server's programs, the newest if there are several. */
export async function findPostgres(): Promise<string | undefined> {
  const asked = await run('pg_config', ['--bindir']).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  );
  const packaged = (await readdir('/usr/lib/postgresql').catch(() => [] as string[]))
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => `/usr/lib/postgresql/${version}/bin`);
  for (const folder of [...asked, ...packaged, ...(process.env['PATH'] ?? '').split(delimiter)])
    if (await exists(join(folder, 'initdb'))) return folder;
  return undefined;
}

const exists = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );

/** The server refuses to run as root: then it runs as the user of its package, or as nobody. */
function serverUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const number = (flag: string, user: string) => Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
  for (const user of ['postgres', 'nobody'])
    try {
      return { uid: number('-u', user), gid: number('-g', user) };
    } catch {
      // The next.
    }
  return {};
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Ends the server when the pipe to this process closes, so that a test run that was killed leaves none behind. */
const GUARD = '"$@" & server=$!; read _; kill -INT $server; wait $server';

/** @param durable whether its disk is synced: only where a test is about that */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer | undefined> {
  const programs = await findPostgres();
  if (!programs) return undefined;
  const user = serverUser();
  const folder = await mkdtemp(join(tmpdir(), 'compass-postgres-'));
  if (user.uid !== undefined) await chown(folder, user.uid, user.gid!);
  const data = join(folder, 'data');
  const environment = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
  await run(join(programs, 'initdb'), ['-D', data, '-U', 'compass', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'], {
    ...user,
    cwd: folder,
    env: environment,
  });
  const port = await freePort();
  const sync = durable ? 'on' : 'off';
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    `fsync=${sync}`,
    `full_page_writes=${sync}`,
    'shared_buffers=32MB',
    'max_connections=200',
    'logging_collector=off',
  ].flatMap((setting) => ['-c', setting]);
  let guard: ReturnType<typeof spawn> | undefined;

  const server: PostgresServer = {
    url: `postgres://compass@127.0.0.1:${port}/postgres`,
    async start() {
      guard = spawn('/bin/sh', ['-c', GUARD, 'sh', join(programs, 'postgres'), '-D', data, '-p', String(port), ...settings], {
        ...user,
        cwd: folder,
        env: environment,
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      (guard.stdin as unknown as Socket).on('error', () => undefined);
      for (let attempt = 0; attempt < 200; attempt++, await sleep(50)) if (await isReady(programs, port)) return;
      throw new Error(`PostgreSQL of ${programs} does not start in ${folder}`);
    },
    async stop(how) {
      if (!guard) return;
      const ended = once(guard, 'close');
      const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      process.kill(pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      while (await exists(join(data, 'postmaster.pid'))) await sleep(20);
      guard.stdin!.end();
      guard = undefined;
      await ended;
    },
    async remove() {
      await server.stop('immediate');
      await rm(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}

const isReady = (programs: string, port: number) =>
  run(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port), '-U', 'compass', '-d', 'postgres']).then(
    () => true,
    () => false,
  );
