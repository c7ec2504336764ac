/**
 * Measures the built program against its budgets (`docs/performance.md`).
 *   npm run bench -- [--quick] [--only reads,writes] [--sizes 1000,100000] [--program FOLDER] [--strict]
 * `--program`: folder of another build to measure; `--strict`: exit 1 where a budget is missed.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Part } from './bench.ts';
import { reads } from './parts/reads.ts';
import { program, removeTemporaries } from './processes.ts';
import { holds, machine, Table } from './table.ts';

const PARTS: Readonly<Record<string, Part>> = { reads };

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    sizes: { type: 'string' },
    program: { type: 'string' },
    strict: { type: 'boolean', default: false },
  },
});

const names = values.only?.split(',') ?? Object.keys(PARTS);
const unknown = names.find((name) => !PARTS[name]);
if (unknown !== undefined) throw new Error(`there is no part ${unknown}; parts: ${Object.keys(PARTS).join(', ')}`);
if (values.program !== undefined) program.folder = resolve(values.program);

const table = new Table();
const sizes = (values.sizes ?? (values.quick ? '1000,10000' : '1000,100000')).split(',').map(Number);
const started = machine();
try {
  for (const name of names) {
    process.stderr.write(`${name}\n`);
    await PARTS[name]!({ table, quick: values.quick, sizes });
  }
} finally {
  removeTemporaries();
}
process.stdout.write(`${started}; at the end ${machine().replace(/^.*load/, 'load')}\n\n${table.toString()}\n`);
if (values.strict && table.rows.some((row) => holds(row) === false)) process.exitCode = 1;
