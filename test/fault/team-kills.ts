/** Writing processes on one database are killed and stopped, its server crashes: all that was acknowledged is there, whole, and nobody waits for long. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import type { KillReport } from './kills.ts';
import { counters, halves, openShared } from './writer.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));
const PROCESSES = 3;
/** Milliseconds after which the others must have gone on: conflicts and turns are behind them, too. */
const PATIENCE = 20_000;

/** One process and the numbers that it was told are durable. */
class Writer {
  readonly round: number;
  readonly acknowledged: number[] = [];
  readonly #child: ChildProcess;
  readonly #closed: Promise<unknown>;
  #wrong = '';
  #isKilled = false;

  constructor(round: number, url: string, keyFile: string) {
    this.round = round;
    this.#child = spawn(process.execPath, ['--import', 'tsx', WRITER, url, String(round), keyFile], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#closed = once(this.#child, 'close');
    let said = '';
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      const lines = (said + text).split('\n');
      // The last line may be cut: its write was acknowledged, but nobody has read it whole.
      said = lines.pop()!;
      this.acknowledged.push(...lines.map(Number));
    });
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#wrong += text));
  }

  requireAlive(): void {
    if (!this.#isKilled && this.#child.exitCode !== null) throw new Error(`Writer ${this.round} ended by itself: ${this.#wrong}`);
  }

  async goesOn(): Promise<void> {
    const before = this.acknowledged.length;
    for (const until = Date.now() + PATIENCE; this.acknowledged.length === before; await sleep(20)) {
      this.requireAlive();
      if (Date.now() > until) throw new Error(`Writer ${this.round} was held up: ${this.#wrong}`);
    }
  }

  signal(name: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(name);
  }

  async kill(): Promise<void> {
    this.#isKilled = true;
    this.#child.kill('SIGKILL');
    await this.#closed;
  }
}

/** @throws at the first write that was lost or halved, or where somebody does not go on; undefined where no server is installed */
export async function killTeam(times: number, progress: (kill: number) => void = () => undefined): Promise<KillReport | undefined> {
  const server = await startPostgres({ durable: true });
  if (!server) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'compass-team-'));
  const keyFile = join(folder, 'key');
  await (await openShared(server.url, keyFile)).close();
  const writers: Writer[] = [];
  const begin = () => {
    const writer = new Writer(writers.length, server.url, keyFile);
    writers.push(writer);
    return writer;
  };
  const team = Array.from({ length: PROCESSES }, begin);
  try {
    for (let time = 0; time < times; time++) {
      await Promise.all(team.map((one) => one.goesOn()));
      await sleep(Math.random() * 100);
      const at = time % PROCESSES;
      if (time % 4 === 3) await crash(server);
      else if (time % 2 === 0) await stop(team[at]!, team);
      else {
        await team[at]!.kill();
        team[at] = begin();
      }
      progress(time + 1);
    }
    await Promise.all(team.map((one) => one.goesOn()));
    await Promise.all(team.map((one) => one.kill()));
    return { kills: times, ...(await check(server, keyFile, writers)) };
  } finally {
    await Promise.all(team.map((one) => one.kill().catch(() => undefined)));
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

async function crash(server: PostgresServer): Promise<void> {
  await server.stop('immediate');
  await server.start();
}

/** Wherever it is stopped, in a write of its own or between two, the others go on, and so does it when it may. */
async function stop(writer: Writer, team: readonly Writer[]): Promise<void> {
  writer.signal('SIGSTOP');
  try {
    await Promise.all(team.filter((one) => one !== writer).map((one) => one.goesOn()));
  } finally {
    writer.signal('SIGCONT');
  }
}

async function check(server: PostgresServer, keyFile: string, writers: readonly Writer[]): Promise<Omit<KillReport, 'kills'>> {
  const registry = await openShared(server.url, keyFile);
  let acknowledged = 0;
  let found = 0;
  try {
    for (const { round, acknowledged: numbers } of writers) {
      const all = await registry.latest.find(halves, 'round', String(round));
      const ids = new Set(all.map(({ id }) => id));
      for (const number of numbers)
        if (!ids.has(`${round}-${number}-a`)) throw new Error(`Writer ${round}: write ${number} was acknowledged and is lost`);
      for (const half of all) if (!ids.has(half.other)) throw new Error(`Writer ${round}: ${half.id} is there without ${half.other}`);
      const count = (await registry.latest.get(counters, String(round)))?.count ?? 0;
      if (count * 2 !== all.length) throw new Error(`Writer ${round}: the counter says ${count}, there are ${all.length} halves`);
      acknowledged += numbers.length;
      found += count;
    }
    const wrong = await registry.verify([halves, counters]);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    return { acknowledged, unacknowledged: found - acknowledged };
  } finally {
    await registry.close();
  }
}
