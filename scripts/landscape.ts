/** A landscape of 1,000 systems in 100 formations, with receivers of all tempers and a plane that is killed: `npm run landscape -- --seed 1`. */
import { parseArgs } from 'node:util';
import { runLandscape } from '../test/fault/landscape/landscape.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    systems: { type: 'string', default: '1000' },
    formations: { type: 'string', default: '100' },
    kills: { type: 'string', default: '20' },
  },
});
const size = { systems: Number(values.systems), formations: Number(values.formations), kills: Number(values.kills) };
const started = Date.now();
const report = await runLandscape(Number(values.seed), size, (text) =>
  process.stderr.write(`${((Date.now() - started) / 1000).toFixed(1)} s: ${text}\n`),
);
process.stdout.write(
  `seed ${report.seed}: ${report.calls} calls, ${report.kills} kills, ${report.assignments} assignments, ${report.differences.length} not as the model says, ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
);
for (const difference of report.differences.slice(0, 50)) process.stdout.write(`  ${difference}\n`);
if (report.differences.length > 0) process.exitCode = 1;
