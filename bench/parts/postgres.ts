/** The registry on PostgreSQL: reads and durable registrations, beside a plane with its registry in a folder. */
import { join } from 'node:path';
import pg from 'pg';
import { COLLECTIONS } from '../../src/local/collections.ts';
import { openFileRegistry } from '../../src/registry/file/registry.ts';
import { openPostgresRegistry } from '../../src/registry/postgres/registry.ts';
import { copyRegistry } from '../../src/registry/tools/copy.ts';
import { type PostgresServer, startPostgres } from '../../test/support/postgres-server.ts';
import { type Bench, count, roundsOf } from '../bench.ts';
import { type Compared, compare, type Side } from '../compare.ts';
import { told } from '../figures.ts';
import { copied } from '../landscape.ts';
import { applicationsOf, type Planted } from '../plants.ts';
import { type Served, serve, temporaryFolder } from '../processes.ts';
import { BY_LABEL, checkAnswer, fresh, ONE, PAGE, registrations, simpleApplication } from '../requests.ts';

interface Plane {
  readonly plane: Served;
  readonly planted: Planted;
}

async function ask(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A plane on a database of its own that holds the landscape. */
async function onDatabase(server: PostgresServer, size: number): Promise<Plane> {
  const found = await applicationsOf(size, 'bundles');
  const name = `bench_${size}`;
  await ask(server.url, `CREATE DATABASE ${name}`);
  const url = server.url.replace(/postgres$/, name);
  const dir = temporaryFolder();
  const keyFile = join(dir, 'registry.key');
  const from = await openFileRegistry({ dir: join(copied(found), 'data'), collections: COLLECTIONS });
  const to = await openPostgresRegistry({ url, keyFile, collections: COLLECTIONS });
  try {
    await copyRegistry(from, to, { collections: COLLECTIONS });
  } finally {
    await from.close();
    await to.close();
  }
  // what the server does by itself within a minute
  await ask(url, 'VACUUM ANALYZE');
  return { plane: await serve(dir, ['--registry', url], { COMPASS_REGISTRY_KEY_FILE: keyFile }), planted: found.planted };
}

interface Request {
  readonly what: string;
  readonly connections: number;
  readonly requests: (plane: Plane) => Side['requests'];
}

const REQUESTS: readonly Request[] = [
  { what: 'one application by id', connections: 16, requests: ({ plane, planted }) => fresh(plane, ONE, { id: planted.ids[0] }) },
  { what: 'page of 50 with labels and bundles', connections: 16, requests: ({ plane }) => fresh(plane, PAGE) },
  { what: 'filter by one label, page of 50', connections: 16, requests: ({ plane }) => fresh(plane, BY_LABEL) },
  { what: 'register an application, 1 client', connections: 1, requests: ({ plane }) => registrations(plane, simpleApplication) },
  { what: 'register an application, 16 clients', connections: 16, requests: ({ plane }) => registrations(plane, simpleApplication) },
];

/** The clock counts here: most of the work is that of the database's processes. */
function rows({ table, sizes }: Bench, what: string, compared: Compared): void {
  sizes.forEach((size, index) =>
    table.add({
      what: `postgres: ${what} (${count(size)})`,
      measured: told(compared.of(index + 1)),
      ratio: compared.ratio(index + 1, 0, 'perSecond'),
      against: `${count(compared.best(0, 'perSecond'))}/s on files`,
    }),
  );
  if (sizes.length > 1)
    table.add({
      what: `… ${count(sizes.at(-1)!)} against ${count(sizes[0]!)}`,
      measured: `${(1000 / compared.best(sizes.length, 'perSecond')).toFixed(2)} ms each`,
      ratio: compared.ratio(1, sizes.length, 'perSecond'),
      against: `${(1000 / compared.best(1, 'perSecond')).toFixed(2)} ms each`,
      budget: { atMost: 1.3 },
    });
}

export async function postgres(bench: Bench): Promise<void> {
  const server = await startPostgres({ durable: true });
  if (!server) return bench.table.add({ what: 'postgres', measured: 'no PostgreSQL server is installed here: left out' });
  const planes: Plane[] = [];
  try {
    const smallest = await applicationsOf(bench.sizes[0]!, 'bundles');
    planes.push({ plane: await serve(copied(smallest)), planted: smallest.planted });
    for (const size of bench.sizes) planes.push(await onDatabase(server, size));
    for (const { what, connections, requests } of REQUESTS) {
      const sides = planes.map((one) => ({ port: one.plane.port, pid: one.plane.ready.pid, requests: requests(one), check: checkAnswer }));
      rows(bench, what, await compare(sides, roundsOf(bench, connections)));
    }
  } finally {
    for (const { plane } of planes) await plane.stop();
    await server.remove();
  }
}
