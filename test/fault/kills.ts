/** Kills a writing process again and again, and looks each time whether all that it acknowledged is there, whole. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { counters, halves, openHalves } from './writer.ts';

const WRITER = fileURLToPath(new URL('writer.ts', import.meta.url));

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  /** What was found although nobody had been told: written, and killed before the answer. */
  readonly unacknowledged: number;
}

/** @throws at the first write that was lost or halved */
export async function killWriters(kills: number, progress: (kill: number) => void = () => undefined): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'compass-kills-'));
  let acknowledged = 0;
  let found = 0;
  try {
    for (let round = 0; round < kills; round++) {
      const numbers = await writeAndKill(folder, round);
      acknowledged += numbers.length;
      found += await check(folder, round, numbers);
      progress(round + 1);
    }
    return { kills, acknowledged, unacknowledged: found - acknowledged };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The numbers of the acknowledged pairs. */
async function writeAndKill(folder: string, round: number): Promise<number[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, folder, String(round)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let wrong = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (wrong += text));
  const closed = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), closed]);
  await sleep(Math.random() * 250);
  child.kill('SIGKILL');
  const [, signal] = (await closed) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`The writer ended by itself in round ${round}: ${wrong}`);
  // The last line may be cut: its write was acknowledged, but nobody read it whole.
  return said.split('\n').slice(0, -1).map(Number);
}

/** The number of pairs of this round. Folds too, so that every second start reads a clean folder. */
async function check(folder: string, round: number, acknowledged: readonly number[]): Promise<number> {
  const registry = await openHalves(folder);
  try {
    const all = await registry.latest.find(halves, 'round', String(round));
    const ids = new Set(all.map((half) => half.id));
    for (const number of acknowledged)
      if (!ids.has(`${round}-${number}-a`)) throw new Error(`Round ${round}: write ${number} was acknowledged and is lost`);
    for (const half of all) if (!ids.has(half.other)) throw new Error(`Round ${round}: ${half.id} is there without ${half.other}`);
    const count = (await registry.latest.get(counters, String(round)))?.count ?? 0;
    if (count * 2 !== all.length) throw new Error(`Round ${round}: the counter says ${count}, there are ${all.length} halves`);
    for (let before = 0; before < round; before++)
      if (!(await registry.latest.get(counters, String(before)))) throw new Error(`Round ${round}: round ${before} is gone`);
    return count;
  } finally {
    if (round % 2) await registry.close();
    else await registry.abandon();
  }
}
