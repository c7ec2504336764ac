/** The provider `simulated`: clusters in the Registry, no agent runs. */
import { randomBytes } from 'node:crypto';
import type { Registry } from '../../registry/contract.ts';
import type { ClusterProvider } from '../provider.ts';
import { clusterMissing, kubeconfigOf, orderCluster, simulatedClusters, stateAt, type ClusterRecord } from './clusters.ts';

export interface SimulationOptions {
  readonly registry: Registry;
  /** Milliseconds of each stage of an operation. */
  readonly stage: number;
  /** Where the server of a cluster of that name is said to be. */
  readonly serverURL: (name: string) => string;
  readonly clock?: () => Date;
}

const BY = { by: 'provisioner' } as const;

export function simulatedProvider({ registry, stage, serverURL, clock = () => new Date() }: SimulationOptions): ClusterProvider {
  const change = (runtimeId: string, operation: string, part: Partial<ClusterRecord>) =>
    registry.write({ ...BY, operation }, async (tx) => {
      const cluster = await tx.get(simulatedClusters, runtimeId);
      if (cluster) await tx.put(simulatedClusters, { ...cluster, ...part });
    });

  return {
    order: (tx, order) => orderCluster(tx, order, clock(), stage),
    async change(tx, runtimeId, { kubernetesVersion }) {
      const cluster = await tx.get(simulatedClusters, runtimeId);
      if (cluster) await tx.put(simulatedClusters, { ...cluster, kubernetesVersion, changedAt: clock().toISOString() });
    },
    remove: (runtimeId) => change(runtimeId, 'removeCluster', { deletedAt: clock().toISOString() }),
    async state(runtimeId) {
      const cluster = await registry.latest.get(simulatedClusters, runtimeId);
      return cluster && stateAt(cluster, clock().getTime(), stage);
    },
    async kubeconfig(runtimeId, name) {
      const cluster = await registry.latest.get(simulatedClusters, runtimeId);
      const state = cluster && stateAt(cluster, clock().getTime(), stage);
      if (!cluster || !state?.seed) throw clusterMissing(name);
      return kubeconfigOf(cluster, serverURL(name), randomBytes(32).toString('base64url'), clock());
    },
    connectAgent: (configuration) => change(configuration.runtimeId, 'connectAgent', { agent: configuration }),
    agentState: async () => 'none',
  };
}
