/** One PostgreSQL server for all tests of a run; the projects share it. */
import type { TestProject } from 'vitest/node';
import { HOW_TO_RUN, type PostgresServer, startPostgres } from './postgres-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of a server on which the tests may make databases; undefined where there is none. */
    postgres: string | undefined;
  }
}

interface Shared {
  users: number;
  readonly server: Promise<PostgresServer | undefined>;
}

const kept = globalThis as { compassTestPostgres?: Shared };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['COMPASS_TEST_POSTGRES'];
  if (given) {
    project.provide('postgres', given);
    return async () => undefined;
  }
  const shared = (kept.compassTestPostgres ??= { users: 0, server: startShared() });
  shared.users++;
  project.provide('postgres', (await shared.server)?.url);
  return async () => {
    if (--shared.users > 0) return;
    delete kept.compassTestPostgres;
    await (await shared.server)?.remove();
  };
}

async function startShared(): Promise<PostgresServer | undefined> {
  const server = await startPostgres();
  if (!server) process.stderr.write(`PostgreSQL tests are ${HOW_TO_RUN}\n`);
  return server;
}
