/** PostgreSQL goes down under load, in order and not, loses connections or has a full disk: what was acknowledged is there afterwards, whole, and the same registry goes on. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collection, RegistryUnavailable, type Stored } from '../../src/registry/contract.ts';
import { Client } from '../../src/registry/postgres/driver.ts';
import { openPostgresRegistry, type PostgresRegistry } from '../../src/registry/postgres/registry.ts';
import { findPostgres, HOW_TO_RUN, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { ask } from '../support/postgres.ts';
import { counters, halves } from './writer.ts';

const canStart = (await findPostgres()) !== undefined;
const WRITERS = 6;
const WORKING = `SELECT pid FROM pg_stat_activity WHERE application_name = 'compass' AND pid <> pg_backend_pid()`;

describe.skipIf(!canStart)(`a server that is restarted${canStart ? '' : ` (${HOW_TO_RUN})`}`, () => {
  let server: PostgresServer;
  let folder: string;
  beforeAll(async () => {
    server = (await startPostgres({ durable: true }))!;
    folder = await mkdtemp(join(tmpdir(), 'compass-key-'));
  });
  afterAll(async () => {
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });
  const open = () =>
    openPostgresRegistry({ url: server.url, keyFile: join(folder, 'key'), collections: [halves, counters], lookInterval: 200 });

  it('loses and halves nothing that was acknowledged', async () => {
    const registries = [await open(), await open()];
    const heard = new Set<string>();
    registries[0]!.watch(({ changes }) => changes.forEach(({ id }) => heard.add(id)));
    const acknowledged: string[] = [];
    const refused: Error[] = [];
    const end = new AbortController();
    let next = 0;
    const write = (registry: PostgresRegistry, id: string) =>
      registry.write({ by: 'test', operation: 'pair' }, async (tx) => {
        const counter = await tx.get(counters, 'all');
        await tx.put(halves, { id: `${id}-a`, round: 0, number: 0, other: `${id}-b` });
        await tx.put(halves, { id: `${id}-b`, round: 0, number: 0, other: `${id}-a` });
        await tx.put(counters, { id: 'all', count: (counter?.count ?? 0) + 1 });
      });
    const writer = async (registry: PostgresRegistry) => {
      while (!end.signal.aborted) {
        const id = String(next++);
        try {
          await write(registry, id);
          acknowledged.push(id);
        } catch (error) {
          refused.push(error as Error);
          await sleep(20);
        }
      }
    };
    // From its own first write on it hears of those of the other.
    await write(registries[0]!, 'first');
    const writers = Array.from({ length: WRITERS }, (_, at) => writer(registries[at % 2]!));
    const restart = (how: 'fast' | 'immediate') => async () => {
      await server.stop(how);
      await sleep(200);
      await server.start();
    };
    const cut = async () => void (await ask(server.url, `SELECT pg_terminate_backend(pid) FROM (${WORKING}) working`));
    /** The server then stops all its processes and begins anew from its journal. */
    const killOne = async () => {
      const witness = new Client({ connectionString: server.url });
      await witness.connect();
      const lost = new Promise((resolve) => witness.once('error', resolve));
      process.kill((await ask<{ pid: number }>(server.url, WORKING))[0]!.pid, 'SIGKILL');
      await lost;
      await expect.poll(() => ask(server.url, 'SELECT 1').catch(() => []), { timeout: 15_000 }).toHaveLength(1);
    };
    for (const disturb of [restart('immediate'), cut, killOne, restart('fast'), cut, restart('immediate')]) {
      await sleep(400);
      await disturb();
      const before = acknowledged.length;
      await expect.poll(() => acknowledged.length, { timeout: 15_000 }).toBeGreaterThan(before + WRITERS);
    }
    end.abort();
    await Promise.all(writers);
    for (const error of refused) expect(error).toBeInstanceOf(RegistryUnavailable);
    expect(acknowledged.length).toBeGreaterThan(20);

    const after = await open();
    const ids = new Set((await after.latest.find(halves, 'round', '0')).map(({ id }) => id));
    expect(acknowledged.filter((id) => !ids.has(`${id}-a`) || !ids.has(`${id}-b`))).toEqual([]);
    for (const id of ids) expect(ids).toContain(id.endsWith('a') ? id.replace(/a$/, 'b') : id.replace(/b$/, 'a'));
    expect((await after.latest.get(counters, 'all'))?.count).toBe(ids.size / 2);
    expect(await after.verify([halves, counters])).toEqual([]);
    // The listener was told of all of them, whatever its connection has been through.
    await expect.poll(() => acknowledged.filter((id) => !heard.has(`${id}-a`)), { timeout: 5000 }).toEqual([]);
    for (const registry of [...registries, after]) await registry.close();
  });
});

describe.skipIf(!canStart)(`a server that has lost its last commits${canStart ? '' : ` (${HOW_TO_RUN})`}`, () => {
  it('gives no number again of which somebody was told', async () => {
    const server = (await startPostgres())!;
    const folder = await mkdtemp(join(tmpdir(), 'compass-key-'));
    // As one that takes over from another without having all: nothing is written to the journal's file but by the checkpoint.
    for (const setting of ['synchronous_commit = off', 'autovacuum = off', `wal_writer_delay = '10s'`, `wal_writer_flush_after = '1GB'`])
      await ask(server.url, `ALTER SYSTEM SET ${setting}`);
    await server.stop('fast');
    await server.start();
    const registry = await openPostgresRegistry({ url: server.url, keyFile: join(folder, 'key'), collections: [counters] });
    const heard: string[] = [];
    registry.watch(({ changes }) => heard.push(...changes.map(({ id }) => id)));
    const write = (id: string) => registry.write({ by: 'test', operation: 'count' }, (tx) => tx.put(counters, { id, count: 1 }));
    await write('kept');
    await ask(server.url, 'CHECKPOINT');
    const { sequence } = await registry.info();
    for (const id of ['lost 1', 'lost 2', 'lost 3']) await write(id);
    await server.stop('immediate');
    await server.start();
    expect(await registry.latest.get(counters, 'lost 1')).toBeUndefined();
    await write('new');
    await expect.poll(() => heard, { timeout: 5000 }).toEqual(['kept', 'lost 1', 'lost 2', 'lost 3', 'new']);
    expect((await registry.info()).sequence).toBeGreaterThan(sequence + 3);
    await registry.close();
    await server.remove();
    await rm(folder, { recursive: true, force: true });
  });
});

const bulky = collection<Stored & { readonly text: string }>()('bulky', { all: { keys: () => ['all'] } });
const canMount = canStart && process.getuid?.() === 0 && process.platform === 'linux';

describe.skipIf(!canMount)(`a disk that is full${canMount ? '' : ' (skipped: only root can mount a small one)'}`, () => {
  it('refuses writes, is read from, and takes writes again once there is room', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'compass-disk-'));
    const server = (await startPostgres())!;
    const mount = (...how: string[]) => promisify(execFile)('mount', ['-t', 'tmpfs', ...how, 'tmpfs', folder]);
    try {
      const user = await ownerOf(server);
      await mount('-o', `size=24m,mode=0700,uid=${user},gid=${user}`);
      await ask(server.url, `CREATE TABLESPACE small LOCATION '${folder}'`);
      await ask(server.url, `CREATE DATABASE small ENCODING 'UTF8' TEMPLATE template0 TABLESPACE small`);
      const keyFolder = await mkdtemp(join(tmpdir(), 'compass-key-'));
      const url = server.url.replace(/postgres$/, 'small');
      const registry = await openPostgresRegistry({ url, keyFile: join(keyFolder, 'key'), collections: [bulky] });
      const acknowledged: string[] = [];
      const write = async (id: string) => {
        await registry.write({ by: 'test', operation: 'fill' }, (tx) => tx.put(bulky, { id, text: randomBytes(100_000).toString('hex') }));
        acknowledged.push(id);
      };
      const fill = async () => {
        for (let next = 0; next < 500; next++) await write(String(next));
      };
      const refused = fill();
      await expect(refused).rejects.toBeInstanceOf(RegistryUnavailable);
      await expect(refused).rejects.toThrow(/No space left on device.*Nothing of this was stored/);
      expect((await registry.latest.scan(bulky, undefined, 1000)).map(({ id }) => id)).toEqual([...acknowledged].sort());
      await mount('-o', 'remount,size=64m');
      await write('more');
      expect(await registry.latest.count(bulky, 'all', 'all')).toBe(acknowledged.length);
      expect(await registry.verify([bulky])).toEqual([]);
      await registry.close();
      await rm(keyFolder, { recursive: true, force: true });
    } finally {
      await server.remove();
      await promisify(execFile)('umount', [folder]).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    }
  });
});

async function ownerOf({ url }: PostgresServer): Promise<number> {
  const [row] = await ask<{ data_directory: string }>(url, 'SHOW data_directory');
  return (await stat(row!.data_directory)).uid;
}
