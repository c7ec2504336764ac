/** Work in the background: done once, by whoever is alive. */
import { expect, it } from 'vitest';
import { collection, type Stored } from '../../../src/registry/contract.ts';
import { openPostgresRegistry, type PostgresRegistry } from '../../../src/registry/postgres/registry.ts';
import { ask, describeWithPostgres, newDatabase, type TestDatabase } from '../../support/postgres.ts';
import { about } from './records.ts';

interface Parcel extends Stored {
  readonly delivered: boolean;
}
const parcels = collection<Parcel>()(
  'parcels',
  { open: { keys: ({ delivered }) => (delivered ? [] : ['open']) } },
  { work: { index: 'open', after: 300, patience: 60_000 } },
);

describeWithPostgres('work that a process leaves behind', () => {
  const open = ({ url, keyFile }: TestDatabase) => openPostgresRegistry({ url, keyFile, collections: [parcels], poolSize: 6 });
  const post = (registry: PostgresRegistry, id: string) => registry.write(about, (tx) => tx.put(parcels, { id, delivered: false }));
  const deliver = (registry: PostgresRegistry, id: string) => registry.write(about, (tx) => tx.put(parcels, { id, delivered: true }));
  const undelivered = (registry: PostgresRegistry) => registry.latest.count(parcels, 'open', 'open');

  it('is taken up by one of the others, soon, once', async () => {
    const database = await newDatabase();
    const [dying, ...others] = await Promise.all([open(database), open(database), open(database)]);
    const begun: string[] = [];
    const ends = others.map((registry) =>
      registry.carry([
        {
          from: parcels,
          work: async (id) => {
            begun.push(id);
            await new Promise((resolve) => setTimeout(resolve, 400));
            await deliver(registry, id);
          },
        },
      ]),
    );
    for (let at = 0; at < 6; at++) await post(dying!, String(at));
    await dying!.close();
    await expect.poll(() => undelivered(others[0]!), { timeout: 15_000 }).toBe(0);
    expect(begun.sort()).toEqual(['0', '1', '2', '3', '4', '5']);
    for (const end of ends) await end();
    for (const one of others) await one.close();
  });

  it('is left to the process that wrote it as long as that lives', async () => {
    const database = await newDatabase();
    const [busy, idle] = await Promise.all([open(database), open(database)]);
    const taken: string[] = [];
    const end = idle.carry([{ from: parcels, work: async (id) => void taken.push(id) }]);
    await post(busy, 'slow');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(taken).toEqual([]);
    await deliver(busy, 'slow');
    await busy.close();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(taken).toEqual([]);
    await end();
    await idle.close();
  });

  it('is tried again after a failure, and found although its job is lost', async () => {
    const database = await newDatabase();
    const [dying, other] = await Promise.all([open(database), open(database)]);
    await post(dying, 'a');
    await dying.close();
    await ask(database.url, 'DELETE FROM graphile_worker._private_jobs');
    let tries = 0;
    const end = other.carry([
      {
        from: parcels,
        work: async (id) => {
          if (++tries === 1) throw new Error('the receiver is away');
          await deliver(other, id);
        },
      },
    ]);
    await expect.poll(() => undelivered(other), { timeout: 15_000 }).toBe(0);
    expect(tries).toBe(2);
    await end();
    await other.close();
  });

  it('goes on after a job could not be struck off', async () => {
    const database = await newDatabase();
    const [first, second, other] = await Promise.all([open(database), open(database), open(database)]);
    await post(first, 'a');
    await first.close();
    const end = other.carry([
      {
        from: parcels,
        work: async (id) => {
          await deliver(other, id);
          if (id === 'a') await ask(database.url, 'ALTER TABLE graphile_worker._private_jobs RENAME TO gone');
        },
      },
    ]);
    const isGone = async () =>
      (await ask<{ gone: boolean }>(database.url, `SELECT to_regclass('graphile_worker.gone') IS NOT NULL AS gone`))[0]!.gone;
    await expect.poll(isGone, { timeout: 15_000 }).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await ask(database.url, 'ALTER TABLE graphile_worker.gone RENAME TO _private_jobs');
    await post(second, 'b');
    await second.close();
    await expect.poll(() => undelivered(other), { timeout: 15_000 }).toBe(0);
    await end();
    await other.close();
  });

  it('is not left because the connection to the database was', async () => {
    const database = await newDatabase();
    const [busy, idle] = await Promise.all([open(database), open(database)]);
    const taken: string[] = [];
    await post(busy, 'slow');
    await ask(
      database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'compass' AND datname = current_database()`,
    );
    await new Promise((resolve) => setTimeout(resolve, 800));
    const end = idle.carry([{ from: parcels, work: async (id) => void taken.push(id) }]);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(taken).toEqual([]);
    await end();
    await Promise.all([busy.close(), idle.close()]);
  });
});
