/** Agents beside several planes of one Registry: who runs, rests or is removed when a cluster sleeps and wakes. */
import { beforeEach, expect, it, vi } from 'vitest';
import type { Agents } from '../../../src/local/agents.ts';
import { shareAgents, type SharedAgents } from '../../../src/local/shared-agents.ts';
import { simulatedClusters } from '../../../src/provisioner/providers/clusters.ts';
import type { Registry } from '../../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

const RUNTIME = 'runtime';
const CONFIGURATION = { connectorURL: 'c', token: 't', runtimeId: RUNTIME, runtimeName: 'prod', tenant: 'tenant' };

let registry: Registry;

interface Beside {
  readonly shared: SharedAgents;
  readonly is: () => 'runs' | 'rests' | undefined;
}

/** A plane with agents that are names in a map. */
async function planeOf(owner: string, left?: 'runs' | 'rests'): Promise<Beside> {
  const here = new Map<string, 'runs' | 'rests'>(left ? [[RUNTIME, left]] : []);
  const agents: Agents = {
    start: async ({ runtimeId }) => void here.set(runtimeId, 'runs'),
    rest: async (runtimeId) => void here.set(runtimeId, 'rests'),
    remove: async (runtimeId) => void here.delete(runtimeId),
    has: (runtimeId) => here.has(runtimeId),
    state: (runtimeId) => (here.get(runtimeId) === 'runs' ? 'connected' : 'none'),
    log: async () => [],
    async resume(fateOf) {
      for (const id of here.keys()) {
        const fate = await fateOf(id);
        if (fate === 'gone') here.delete(id);
        else here.set(id, fate === 'sleeps' ? 'rests' : 'runs');
      }
    },
    stop: async () => {},
  };
  const shared = shareAgents({ registry, agents, owner, connect: () => shared.start(CONFIGURATION), report: () => {} });
  await shared.resume();
  return { shared, is: () => here.get(RUNTIME) };
}

const cluster = (part: object) =>
  registry.write({ by: 'test', operation: 'cluster' }, (tx) =>
    tx.put(simulatedClusters, {
      id: RUNTIME,
      name: 'c',
      tenant: 'tenant',
      kubernetesVersion: '1.28.7',
      seed: 's',
      createdAt: new Date().toISOString(),
      ...part,
    }),
  );
const ASLEEP = { hibernatedAt: new Date().toISOString() };

beforeEach(async () => {
  registry = openMemoryRegistry();
  await cluster({});
});

it('an agent rests where it is when its cluster is put to sleep at another plane, and goes when it is woken there', async () => {
  const [here, there] = [await planeOf('here'), await planeOf('there')];
  await here.shared.start(CONFIGURATION);
  await cluster(ASLEEP);
  await there.shared.rest(RUNTIME);
  await vi.waitFor(() => expect(here.is()).toBe('rests'));
  expect([await here.shared.state(RUNTIME), await there.shared.state(RUNTIME)]).toEqual(['none', 'none']);
  await expect(there.shared.start(CONFIGURATION)).rejects.toThrow('not found');

  await cluster({});
  await there.shared.start(CONFIGURATION);
  await vi.waitFor(() => expect([here.is(), there.is()]).toEqual([undefined, 'runs']));
});

it('one that rests goes with its cluster', async () => {
  const here = await planeOf('here');
  await here.shared.start(CONFIGURATION);
  await cluster(ASLEEP);
  await vi.waitFor(() => expect(here.is()).toBe('rests'));
  await cluster({ ...ASLEEP, deletedAt: new Date().toISOString() });
  await vi.waitFor(() => expect(here.is()).toBeUndefined());
});

it('a plane that is started again lets those rest whose clusters sleep', async () => {
  await cluster(ASLEEP);
  expect((await planeOf('here', 'runs')).is()).toBe('rests');
  await cluster({});
  const awake = await planeOf('awake', 'rests');
  expect([awake.is(), await awake.shared.state(RUNTIME)]).toEqual(['runs', 'connected']);
});
