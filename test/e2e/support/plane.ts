/** A real plane and the real program, each run as a user would: spawned, with a home of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve(import.meta.dirname, '../../../bin/run.js');

export interface Ran {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Ready {
  readonly pid: number;
  readonly version: string;
  readonly gateway: string;
  readonly director: string;
  readonly connector: string;
  readonly provisioner: string;
  readonly mtls: string;
  readonly tenant: string;
  readonly token: string;
  readonly caFile: string;
}

/** Nothing of whoever runs the tests. */
function environment(home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const { PATH = '', LANG = 'C.UTF-8' } = process.env;
  return { PATH, LANG, HOME: home, COMPASS_HOME: home, ...more };
}

export interface Home {
  readonly path: string;
  /** Runs the program to its end. */
  compass(argv: readonly string[], options?: { stdin?: string; env?: Readonly<Record<string, string>> }): Promise<Ran>;
  /** The value of a command that is asked for JSON. @throws Error where it fails */
  json<T = Record<string, unknown>>(...argv: string[]): Promise<T>;
  /** Starts a plane; resolves when its ready file is there. */
  serve(argv?: readonly string[], env?: Readonly<Record<string, string>>): Promise<Serving>;
  remove(): void;
}

export interface Serving {
  readonly ready: Ready;
  readonly readyFile: string;
  output(): { stdout: string; stderr: string };
  /** Sends the signal; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function newHome(): Home {
  const path = mkdtempSync(join(tmpdir(), 'compass-e2e-'));
  const compass: Home['compass'] = (argv, { stdin = '', env } = {}) =>
    new Promise((done) => {
      const child = spawn(process.execPath, [program, ...argv], { env: environment(path, env) });
      const read = captured(child);
      child.stdin?.end(stdin);
      child.on('close', (exit) => done({ exit, ...read() }));
    });
  return {
    path,
    compass,
    async json<T>(...argv: string[]) {
      const ran = await compass([...argv, '--json']);
      if (ran.exit !== 0) throw new Error(`compass ${argv.join(' ')} exited with ${ran.exit}: ${ran.stdout}${ran.stderr}`);
      return JSON.parse(ran.stdout) as T;
    },
    serve: (argv = ['--ephemeral'], env) => serve(path, argv, env),
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function captured(child: ChildProcess): () => { stdout: string; stderr: string } {
  let [stdout, stderr] = ['', ''];
  child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
  return () => ({ stdout, stderr });
}

async function serve(home: string, argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<Serving> {
  const readyFile = join(home, `ready-${Math.random().toString(36).slice(2)}.json`);
  const port = argv.includes('--port') ? [] : ['--port', '0'];
  const child = spawn(process.execPath, [program, 'serve', '--local', ...port, '--ready-file', readyFile, ...argv], {
    env: environment(home, env),
  });
  const output = captured(child);
  const ended = new Promise<number | null>((done) => child.on('close', done));
  let running = true;
  void ended.then(() => (running = false));
  const deadline = Date.now() + 20_000;
  while (!existsSync(readyFile)) {
    if (!running || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`the plane did not start: ${output().stdout}${output().stderr}`);
    }
    await new Promise((done) => setTimeout(done, 20));
  }
  return {
    ready: JSON.parse(readFileSync(readyFile, 'utf8')) as Ready,
    readyFile,
    output,
    async stop(signal = 'SIGTERM') {
      if (running) child.kill(signal);
      const late = setTimeout(() => child.kill('SIGKILL'), 15_000);
      const exit = await ended;
      clearTimeout(late);
      return exit;
    },
  };
}
