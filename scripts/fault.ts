/** Kills a writing registry again and again: `npm run fault -- --kills 200`. */
import { parseArgs } from 'node:util';
import { killWriters } from '../test/fault/kills.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '50' } } });
const report = await killWriters(Number(values.kills), (kill) => {
  if (process.stderr.isTTY) process.stderr.write(`\r${kill} of ${values.kills}`);
});
process.stdout.write(
  `${report.kills} kills: ${report.acknowledged} acknowledged writes, none lost, none halved; ${report.unacknowledged} more were kept although their answer was cut off\n`,
);
