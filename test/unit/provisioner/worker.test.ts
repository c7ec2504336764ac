import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ProvisionerOptions } from '../../../src/provisioner/call.ts';
import { clusterConfig } from '../../../src/provisioner/cluster/config.ts';
import { ProvisionerError } from '../../../src/provisioner/errors.ts';
import type { ClusterProvider, ClusterState } from '../../../src/provisioner/provider.ts';
import { provisionedRuntimes, provisioningOperations, type OperationRecord } from '../../../src/provisioner/records.ts';
import { createWorker } from '../../../src/provisioner/operations/worker.ts';
import type { Registry } from '../../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

let registry: Registry;
let cluster: ClusterState | undefined;
let failure: Error | undefined;

const provider: ClusterProvider = {
  order: async () => {},
  change: async () => {},
  remove: async () => {
    cluster = undefined;
  },
  async state() {
    if (failure) throw failure;
    return cluster;
  },
  kubeconfig: async () => '',
  connectAgent: async () => {},
  agentState: async () => 'none',
  awaitsAgent: () => false,
};

const options = (): ProvisionerOptions => ({
  registry,
  profile: 'current',
  provider,
  director: () => {
    throw new Error('not asked in this profile');
  },
  pollInterval: 100,
});

async function begin(part: Partial<OperationRecord> = {}): Promise<void> {
  const now = new Date().toISOString();
  await registry.write({ by: 'test', operation: 'begin' }, async (tx) => {
    await tx.put(provisionedRuntimes, {
      id: 'r',
      tenant: 't',
      name: 'r',
      registered: false,
      cluster: clusterConfig({ name: 'c', provider: 'gcp', providerSpecificConfig: { gcpConfig: { zones: ['z'] } } } as never),
      administrators: [],
      deleted: false,
      createdAt: now,
    });
    await tx.put(provisioningOperations, {
      id: 'o',
      runtimeId: 'r',
      operation: 'Provision',
      state: 'InProgress',
      message: 'Provisioning started',
      stage: 'WaitingForClusterDomain',
      stageSince: now,
      startedAt: now,
      ...part,
    });
  });
}

const operation = async () => (await registry.latest.get(provisioningOperations, 'o'))!;

beforeEach(() => {
  vi.useFakeTimers();
  registry = openMemoryRegistry();
  cluster = { name: 'c', ready: false, changing: false };
  failure = undefined;
});
afterEach(() => void vi.useRealTimers());

describe('an operation', () => {
  it('goes on from the stage that an earlier process left it in', async () => {
    await begin();
    const first = createWorker(options(), () => new Date());
    cluster = { name: 'c', domain: 'd', ready: false, changing: false };
    await first.resume();
    await vi.advanceTimersByTimeAsync(50);
    await first.stop();
    expect(await operation()).toMatchObject({
      state: 'InProgress',
      stage: 'WaitingForClusterCreation',
      message: 'Operation in progress. Stage WaitingForClusterCreation',
    });
    cluster = { ...cluster, ready: true };
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await operation()).state).toBe('InProgress');
    const second = createWorker(options(), () => new Date());
    await second.resume();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await operation()).toMatchObject({ state: 'Succeeded', message: 'Operation succeeded' });
    await second.stop();
  });

  it('shows what went wrong for now, and goes on when it goes right again', async () => {
    await begin();
    failure = new ProvisionerError('rate limits exceeded', 501, 'ERR_INFRA_RATE_LIMITS_EXCEEDED', 'gardener');
    const worker = createWorker(options(), () => new Date());
    worker.take('o');
    await vi.advanceTimersByTimeAsync(10);
    expect(await operation()).toMatchObject({
      state: 'InProgress',
      message: 'Provisioning started',
      lastError: { errMessage: 'rate limits exceeded', reason: 'ERR_INFRA_RATE_LIMITS_EXCEEDED', component: 'gardener' },
    });
    failure = undefined;
    await vi.advanceTimersByTimeAsync(3_000);
    expect((await operation()).lastError).toBeUndefined();
    await worker.stop();
  });

  it('fails when a stage takes too long', async () => {
    await begin({ stageSince: new Date(Date.now() - 11 * 60_000).toISOString() });
    const worker = createWorker(options(), () => new Date());
    worker.take('o');
    await vi.advanceTimersByTimeAsync(10);
    expect(await operation()).toMatchObject({
      state: 'Failed',
      message: 'error: timeout while processing operation',
      lastError: { reason: 'err_provisioner_timeout' },
    });
    await worker.stop();
  });

  it('of removal ends with the record of the runtime kept as deleted', async () => {
    await begin({ operation: 'DeprovisionNoInstall', stage: 'DeprovisionCluster' });
    const worker = createWorker(options(), () => new Date());
    worker.take('o');
    await vi.advanceTimersByTimeAsync(500);
    expect((await operation()).state).toBe('Succeeded');
    expect((await registry.latest.get(provisionedRuntimes, 'r'))?.deleted).toBe(true);
    await worker.stop();
  });
});
