/**
 * Replays recorded stories against planes in this process and prints a table by area.
 *   npm run conformance -- [--verbose] [prefix of a story's name ...]
 */
import { readdirSync } from 'node:fs';
import { play } from '../test/conformance/plane.ts';

const words = process.argv.slice(2);
const verbose = words.includes('--verbose');
const prefixes = words.filter((word) => !word.startsWith('--'));
const names = readdirSync(new URL('../test/conformance/scenarios/', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -5))
  .filter((name) => prefixes.length === 0 || prefixes.some((prefix) => name.startsWith(prefix)))
  .sort();

interface Tally {
  stories: number;
  passed: number;
  steps: number;
  right: number;
}
const areas = new Map<string, Tally>();
let failed = 0;
for (const name of names) {
  const area = name.replace(/-\d.*$/, '');
  const tally = areas.get(area) ?? { stories: 0, passed: 0, steps: 0, right: 0 };
  areas.set(area, tally);
  const results = await play(name).catch((error: unknown) => [
    { step: 0, title: 'the plane', problem: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  ]);
  const wrong = results.filter((result) => result.problem);
  tally.stories++;
  tally.steps += results.length;
  tally.right += results.length - wrong.length;
  if (wrong.length === 0) tally.passed++;
  else failed++;
  process.stdout.write(`${wrong.length === 0 ? 'ok  ' : 'FAIL'} ${name}  ${results.length - wrong.length}/${results.length}\n`);
  for (const { step, title, problem } of verbose ? wrong : wrong.slice(0, 3)) process.stdout.write(`       ${step} ${title}: ${problem}\n`);
}
process.stdout.write('\narea            stories         steps\n');
for (const [area, tally] of areas)
  process.stdout.write(`${area.padEnd(16)}${`${tally.passed}/${tally.stories}`.padEnd(16)}${tally.right}/${tally.steps}\n`);
process.stdout.write(`${names.length - failed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
