/** Runtimes in the Director for orders that came to nothing: none is left behind, and none is there twice. */
import { afterEach, expect, it } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import { beginOrder, fulfilOrder, takeBack } from '../../../src/provisioner/registration/registration.ts';
import { pendingOrders } from '../../../src/provisioner/records.ts';
import type { Registry } from '../../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import { standIn } from './stand-in-director.ts';
import { TENANT, worldOf, type World } from './support.ts';

let world: World | undefined;
afterEach(() => world?.provisioner.stop());

const pending = (registry: Registry) => registry.latest.count(pendingOrders, 'all', 'all');
const agentWorld = (client: Client, more: object = {}) =>
  (world = worldOf({ profile: 'agent', stage: 0, director: () => client, ...more }));

it('a runtime is there once although the answer to its registration was lost, and its mark goes when its cluster is announced', async () => {
  const { runtimes, trouble, client } = standIn();
  let lost = false;
  trouble.during = (operation, moment) => {
    if (operation !== 'ProvisionerRegister' || moment === 'before' || lost) return;
    lost = true;
    throw new Error('connection lost');
  };
  const { registry, provision, ended } = agentWorld(client);
  const { data } = await provision('c', { labels: { team: 'shop' } });
  expect([...runtimes.keys()]).toEqual([data!.result!.runtimeID]);
  expect(await pending(registry)).toBe(0);
  await ended(data!.result!.id);
  expect([...runtimes.values()]).toEqual([{ team: 'shop', gardenerClusterName: 'c', gardenerClusterDomain: expect.any(String) as string }]);
});

it('an order that the clusters refuse leaves nothing, in the Director or here', async () => {
  const { runtimes, client } = standIn();
  const { registry, provision } = agentWorld(client);
  expect((await provision('')).errors).toMatchObject([{ extensions: { error_reason: 'Invalid' } }]);
  expect([runtimes.size, await pending(registry)]).toEqual([0, 0]);
});

it('what a plane left that was killed before the order was kept is taken back at the next start', async () => {
  const { runtimes, asked, trouble, client } = standIn();
  trouble.during = (operation, moment) => {
    // From there on nothing reaches the Director: as if the process had ended.
    if (operation !== 'ProvisionerRegister' || moment === 'after' || runtimes.size > 0) throw new Error('killed');
  };
  const { registry, provision } = agentWorld(client);
  expect((await provision('c')).data).toEqual({ result: null });
  expect([runtimes.size, await pending(registry)]).toEqual([1, 1]);
  trouble.during = undefined;
  asked.length = 0;
  const later = agentWorld(client, { registry });
  await later.provisioner.start();
  await expect.poll(() => pending(registry)).toBe(0);
  expect(runtimes.size).toBe(0);
  expect(asked).toEqual(['ProvisionerOrdered', 'ProvisionerUnregister']);
});

it('an order that another process gave up is not kept any more', async () => {
  const { client } = standIn();
  const registry = openMemoryRegistry();
  const { options } = worldOf({ registry, profile: 'agent', director: () => client }).provisioner;
  const call = { options, tenant: TENANT, subAccount: undefined, now: () => new Date().toISOString(), newId: () => 'o', begun: () => {} };
  const order = await beginOrder(call, TENANT, { name: 'c' });
  await takeBack(options, order);
  await expect(registry.write({ by: 'test', operation: 'keep' }, (tx) => fulfilOrder(tx, order))).rejects.toThrow('given up');
});
