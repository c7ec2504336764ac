/** A network between a process and PostgreSQL that swallows what is sent: waiting has an end, is told, and needs no restart. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, it, vi } from 'vitest';
import { RegistryUnavailable } from '../../../src/registry/contract.ts';
import { openPostgresRegistry } from '../../../src/registry/postgres/registry.ts';
import { describeWithPostgres, newDatabase, type TestDatabase } from '../../support/postgres.ts';
import { about, ids, ports, ship, ships } from './records.ts';

/** Milliseconds: longer than a busy machine takes for anything. */
const PATIENCE = 2000;

interface Network {
  readonly url: string;
  /** Connections that are there stay open, and carry nothing ever again. */
  swallow(): void;
  /** Whether new connections carry something. */
  isThere: boolean;
  close(): void;
}

/** Two networks to a server: bytes go through them until they are told otherwise. */
async function networkTo(database: TestDatabase): Promise<Network> {
  const { hostname, port } = new URL(database.url);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    open.add(near.on('error', () => undefined));
    if (!network.isThere) return;
    const far = connect(Number(port), hostname);
    open.add(far.on('error', () => undefined));
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(database.url);
  url.port = String((server.address() as AddressInfo).port);
  const network: Network = {
    url: url.href,
    isThere: true,
    swallow() {
      network.isThere = false;
      for (const socket of open) socket.unpipe().pause();
    },
    close() {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
  return network;
}

describeWithPostgres('a network that swallows what is sent', () => {
  const start = async () => {
    const database = await newDatabase();
    const network = await networkTo(database);
    const near = await openPostgresRegistry({ ...database, collections: [ships, ports] });
    const far = await openPostgresRegistry({
      ...database,
      url: network.url,
      collections: [ships, ports],
      poolSize: 6,
      answerTimeout: PATIENCE,
      longestPause: PATIENCE,
    });
    return { network, far, near };
  };

  it('has reads and writes fail in time, and go on once it carries again', async () => {
    const { network, far, near } = await start();
    // Several connections are idle when it happens.
    await Promise.all([1, 2, 3, 4].map(() => far.read((tx) => tx.get(ships, '1'))));
    await far.write(about, (tx) => tx.put(ships, ship('1')));
    network.swallow();
    const began = performance.now();
    const all = await Promise.allSettled([
      far.read((tx) => tx.get(ships, '1')),
      far.latest.get(ships, '1'),
      far.write(about, (tx) => tx.put(ships, ship('2'))),
    ]);
    expect(performance.now() - began).toBeLessThan(20_000);
    for (const one of all) {
      const { reason } = one as PromiseRejectedResult;
      expect(reason).toBeInstanceOf(RegistryUnavailable);
      expect((reason as Error).message).toMatch(/(does not answer|timeout).*Nothing of this was stored; it can be tried again/);
    }
    network.isThere = true;
    // What was idle is as dead, and not even tried.
    await far.write(about, (tx) => tx.put(ships, ship('3')));
    expect(ids(await far.latest.find(ships, 'all', 'all'))).toEqual(['1', '3']);
    await near.write(about, (tx) => tx.put(ships, ship('4')));
    for (const one of [far, near]) await one.close();
    network.close();
  });

  it('keeps no other process from what a write in the middle of it holds', async () => {
    const { network, far, near } = await start();
    const cut = far.write(about, async (tx) => {
      await tx.put(ships, ship('1', { name: 'one' }));
      await tx.count(ships, 'all', 'all');
      network.swallow();
      await tx.put(ships, ship('2'));
    });
    await expect(cut).rejects.toThrow(/does not answer.*Nothing of this was stored/);
    // The same unique key: the server has to find out that nobody is there any more.
    await near.write(about, (tx) => tx.put(ships, ship('3', { name: 'one' })));
    network.isThere = true;
    await vi.waitFor(() => far.write(about, (tx) => tx.put(ships, ship('4'))), { timeout: 5000 });
    expect(ids(await near.latest.find(ships, 'all', 'all'))).toEqual(['3', '4']);
    for (const one of [far, near]) await one.close();
    network.close();
  });
});
