/** Kills a writing registry, processes on one database, and the built program under its clients, again and again: `npm run fault -- --kills 200 --teams 200 --planes 200`. */
import { parseArgs } from 'node:util';
import { type KillReport, killWriters } from '../test/fault/kills.ts';
import { killPlanes } from '../test/fault/plane-kills.ts';
import { killTeam } from '../test/fault/team-kills.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '50' },
    teams: { type: 'string', default: '40' },
    planes: { type: 'string', default: '50' },
  },
});

async function kill(
  what: string,
  times: number,
  work: (times: number, progress: (kill: number) => void) => Promise<KillReport | undefined>,
) {
  if (times === 0) return;
  const report = await work(times, (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${what}: ${done} of ${times}`);
  });
  if (!report) return void process.stdout.write(`${what}: left out, as no PostgreSQL server is installed here\n`);
  process.stdout.write(
    `${what}: ${report.kills} kills, ${report.acknowledged} acknowledged writes, none lost, none halved; ${report.unacknowledged} more were kept although their answer was cut off\n`,
  );
}

await kill('registry', Number(values.kills), killWriters);
await kill('several processes on one database', Number(values.teams), killTeam);
await kill('program', Number(values.planes), killPlanes);
