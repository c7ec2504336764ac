/** Kills a writing registry, and the built program under its clients, again and again: `npm run fault -- --kills 200 --planes 200`. */
import { parseArgs } from 'node:util';
import { type KillReport, killWriters } from '../test/fault/kills.ts';
import { killPlanes } from '../test/fault/plane-kills.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '50' }, planes: { type: 'string', default: '50' } } });

async function kill(what: string, times: number, work: (times: number, progress: (kill: number) => void) => Promise<KillReport>) {
  if (times === 0) return;
  const report = await work(times, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${what}: ${done} of ${times}`);
  });
  process.stdout.write(
    `${what}: ${report.kills} kills, ${report.acknowledged} acknowledged writes, none lost, none halved; ${report.unacknowledged} more were kept although their answer was cut off\n`,
  );
}

await kill('registry', Number(values.kills), killWriters);
await kill('program', Number(values.planes), killPlanes);
