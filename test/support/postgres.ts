/** Databases for tests, on the server of the run. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, inject } from 'vitest';
import { Client } from '../../src/registry/postgres/driver.ts';
import { HOW_TO_RUN } from './postgres-server.ts';

const server = inject('postgres');

/** Tests that need PostgreSQL: skipped where no server is, with a line that says how to run them. */
export const describeWithPostgres = (name: string, tests: () => void) =>
  server === undefined ? describe.skip(`${name} (${HOW_TO_RUN})`, () => undefined) : describe(name, tests);

export interface TestDatabase {
  readonly url: string;
  /** The file for its key. */
  readonly keyFile: string;
}

const undo: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const one of undo.reverse()) await one();
  // Each database that goes has the server write all that it has in memory: on a busy disk that takes its time.
}, 60_000);

/** An empty database that goes when the tests of the file have run. */
export async function newDatabase(on: string = server!): Promise<TestDatabase> {
  const name = `compass_${randomBytes(6).toString('hex')}`;
  await ask(on, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  undo.push(async () => void (await ask(on, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`).catch(() => undefined)));
  const folder = await mkdtemp(join(tmpdir(), 'compass-key-'));
  undo.push(() => rm(folder, { recursive: true, force: true }));
  const url = new URL(on);
  url.pathname = `/${name}`;
  return { url: url.href, keyFile: join(folder, 'registry.key') };
}

/** One or several statements on a connection of their own. */
export async function ask<Row extends object>(url: string, statements: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statements)).rows;
  } finally {
    await client.end();
  }
}
