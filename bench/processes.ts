/** The processes that are measured: the built program, and plain servers to compare with. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

let program = ROOT;
export const bin = () => join(program, 'bin', 'run.js');

/** Builds this tree, or takes the built program in that folder; a copy is measured, so that builds meanwhile disturb nothing. */
export function takeProgram(folder?: string): void {
  if (folder === undefined) {
    const { status } = spawnSync(process.execPath, ['scripts/prepare.mjs'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error('the program cannot be built');
  }
  program = temporaryFolder();
  for (const part of ['bin', 'dist', 'package.json', 'oclif.manifest.json'])
    cpSync(join(folder ?? ROOT, part), join(program, part), { recursive: true });
}

export interface Served {
  readonly ready: { readonly gateway: string; readonly token: string; readonly tenant: string; readonly pid: number };
  readonly port: number;
  /** From the start of the process to the ready file, in milliseconds; and the processor's part of it. */
  readonly startup: number;
  readonly startupProcessor: number;
  stop(): Promise<void>;
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) => (child.exitCode === null ? child.once('exit', () => resolve()) : resolve()));

/** Variables with which the program keeps all that it writes in that folder. */
export const environmentIn = (dir: string): NodeJS.ProcessEnv => ({
  ...process.env,
  XDG_CONFIG_HOME: dir,
  XDG_DATA_HOME: dir,
  XDG_STATE_HOME: dir,
  XDG_CACHE_HOME: dir,
});

const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** Starts `compass serve --local` on free ports with its state in that folder. */
export async function serve(dir: string, more: readonly string[] = [], variables: NodeJS.ProcessEnv = {}): Promise<Served> {
  const readyFile = join(dir, `ready-${process.hrtime.bigint()}.json`);
  const began = performance.now();
  const child = spawn(
    process.execPath,
    [bin(), 'serve', '--local', '--port', '0', '--mtls-port', '0', '--data-dir', join(dir, 'data'), '--ready-file', readyFile, ...more],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...environmentIn(dir), ...variables },
    },
  );
  running.add(child);
  child.once('exit', () => running.delete(child));
  let errors = '';
  child.stderr.on('data', (chunk) => (errors = (errors + String(chunk)).slice(-2000)));
  while (!existsSync(readyFile)) {
    if (child.exitCode !== null) throw new Error(`the plane ended: ${errors}`);
    if (performance.now() - began > 60_000) throw new Error(`the plane was not ready: ${errors}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const startup = performance.now() - began;
  const startupProcessor = processorTime(child.pid!) / 1000;
  const ready = JSON.parse(readFileSync(readyFile, 'utf8')) as Served['ready'];
  return {
    ready,
    port: Number(new URL(ready.gateway).port),
    startup,
    startupProcessor,
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
}

export interface Plain {
  readonly port: number;
  readonly pid: number;
  stop(): void;
}

/** A plain `node:http` server that reads the request and answers these bytes: what an answer costs at the least. */
export async function plainServer(body: string): Promise<Plain> {
  const source = `const http=require('node:http');const body=Buffer.from(process.argv[1]);
    const s=http.createServer((q,r)=>{q.on('data',()=>{});q.on('end',()=>{r.writeHead(200,{'content-type':'application/json','content-length':body.length});r.end(body)})});
    s.listen(0,'127.0.0.1',()=>process.stdout.write(String(s.address().port)));`;
  const child = spawn(process.execPath, ['-e', source, body], { stdio: ['ignore', 'pipe', 'inherit'] });
  running.add(child);
  const port = await new Promise<number>((resolve) => child.stdout.once('data', (chunk) => resolve(Number(String(chunk)))));
  return { port, pid: child.pid!, stop: () => void child.kill() };
}

const TICK = 10_000;

/** User and system time of a process, in microseconds. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** Runs that are added up: the system tells times in hundredths of a second. */
const RUNS = 5;

/** Processor time of a command in milliseconds (user and system), which is steadier than wall time. */
export function cpuOf(args: readonly string[], env: NodeJS.ProcessEnv = process.env): number {
  const script = `i=0; while [ $i -lt ${RUNS} ]; do "$0" "$@" >/dev/null || exit 1; i=$((i+1)); done; times`;
  const out = spawnSync('/bin/sh', ['-c', script, process.execPath, ...args], { env, encoding: 'utf8' });
  if (out.status !== 0) throw new Error(`node ${args.join(' ')} failed: ${out.stderr}`);
  // the shell's `times`: `0m0.052s 0m0.012s` for its children in the last line
  const parts = [
    ...out.stdout
      .trim()
      .split('\n')
      .at(-1)!
      .matchAll(/(\d+)m([\d.]+)s/g),
  ];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1000, 0) / RUNS;
}

/** Resident memory of a process in kB. */
export const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

const made: string[] = [];

export function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'compass-bench-'));
  made.push(dir);
  return dir;
}

/** Removes what was made by `temporaryFolder`. */
export const removeTemporaries = () => made.splice(0).forEach((dir) => rmSync(dir, { recursive: true, force: true }));
