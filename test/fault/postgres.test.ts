/** PostgreSQL goes down under load, in order and not: what was acknowledged is there afterwards, whole, and the same registry goes on. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RegistryUnavailable } from '../../src/registry/contract.ts';
import { openPostgresRegistry, type PostgresRegistry } from '../../src/registry/postgres/registry.ts';
import { findPostgres, HOW_TO_RUN, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { counters, halves } from './writer.ts';

const canStart = (await findPostgres()) !== undefined;
const WRITERS = 6;

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
    const writers = Array.from({ length: WRITERS }, (_, at) => writer(registries[at % 2]!));
    for (const how of ['immediate', 'fast', 'immediate'] as const) {
      await sleep(600);
      await server.stop(how);
      await sleep(200);
      const before = acknowledged.length;
      await server.start();
      await expect.poll(() => acknowledged.length, { timeout: 15_000 }).toBeGreaterThan(before);
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
