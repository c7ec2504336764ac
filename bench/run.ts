/**
 * Measures the built program against its budgets (`docs/performance.md`).
 *   npm run bench -- [--quick] [--only reads,writes] [--sizes 1000,100000] [--program FOLDER] [--strict]
 * `--program`: folder of a built program to measure in place of this tree; `--strict`: exit 1 where a budget is missed.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Part } from './bench.ts';
import { certificates } from './parts/certificates.ts';
import { formations } from './parts/formations.ts';
import { identity } from './parts/identity.ts';
import { postgres } from './parts/postgres.ts';
import { reads } from './parts/reads.ts';
import { runtimes } from './parts/runtimes.ts';
import { startup } from './parts/startup.ts';
import { writes } from './parts/writes.ts';
import { removeTemporaries, takeProgram } from './processes.ts';
import { holds, machine, Table } from './table.ts';

const PARTS: Readonly<Record<string, Part>> = { startup, reads, writes, identity, formations, certificates, runtimes, postgres };

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

const table = new Table();
const sizes = (values.sizes ?? (values.quick ? '1000,10000' : '1000,10000,100000')).split(',').map(Number);
const started = machine();
process.once('SIGINT', () => {
  removeTemporaries();
  process.exit(130);
});
try {
  takeProgram(values.program === undefined ? undefined : resolve(values.program));
  for (const name of names) {
    process.stderr.write(`${name}\n`);
    await PARTS[name]!({ table, quick: values.quick, sizes });
  }
} finally {
  removeTemporaries();
}
process.stdout.write(`${started}; at the end ${machine().replace(/^.*load/, 'load')}\n\n${table.toString()}\n`);
if (values.strict && table.rows.some((row) => holds(row) === false)) process.exitCode = 1;
