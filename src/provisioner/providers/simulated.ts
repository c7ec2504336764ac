/** The provider `simulated`: clusters in the Registry, nothing runs. What becomes of them is set by the caller. */
import { randomBytes } from 'node:crypto';
import type { Registry } from '../../registry/contract.ts';
import { ClusterError } from '../cluster/error.ts';
import type { ClusterOrder, ClusterProvider } from '../provider.ts';
import type { Stage } from '../operations/stages.ts';
import {
  checkRefusal,
  clusterMissing,
  faultOf,
  kubeconfigOf,
  orderCluster,
  ownSchedule,
  removalRefusal,
  simulatedClusters,
  stateAt,
  type ClusterRecord,
} from './clusters.ts';
import { ruleFor, wishOf, type FaultKind, type Rule, type Schedule, type Wish } from './faults.ts';
import { agentAt, kymaAt, momentOf } from './simulated-kyma.ts';

export interface SimulationOptions {
  readonly registry: Registry;
  readonly schedule: Schedule;
  /** What shall go wrong, beside what labels say; the first that fits counts. */
  readonly faults?: readonly Rule[];
  /** Where the server of a cluster of that name is said to be. */
  readonly serverURL: (name: string) => string;
  readonly clock?: () => Date;
}

/** The label of a runtime that says what shall become of its cluster. */
const WISH_LABEL = 'simulate';

const BY = { by: 'provisioner' } as const;

/** Stages in which an endless fault strikes; they are cut short, so that nobody waits for the usual limit. */
const ENDLESS: Readonly<Partial<Record<Stage, keyof Schedule & FaultKind['at']>>> = {
  WaitingForClusterCreation: 'create',
  WaitingForShootUpgrade: 'upgrade',
  WaitingForInstallation: 'install',
  WaitForAgentToConnect: 'agent',
  WaitForHibernation: 'hibernate',
  WaitForClusterDeletion: 'remove',
};

/** @throws ClusterError where the label can't be read */
function wishFor({ labels, config }: ClusterOrder, faults: readonly Rule[]): Wish | undefined {
  const label = labels?.[WISH_LABEL];
  if (label === undefined) return ruleFor(faults, config);
  try {
    return wishOf(label);
  } catch (error) {
    throw new ClusterError(`the label ${WISH_LABEL}: ${(error as Error).message}`, 'Invalid', 400);
  }
}

export function simulatedProvider(options: SimulationOptions): ClusterProvider {
  const { registry, schedule, faults = [], serverURL, clock = () => new Date() } = options;
  const known = (runtimeId: string) => registry.latest.get(simulatedClusters, runtimeId);
  const change = (
    runtimeId: string,
    operation: string,
    part: Partial<ClusterRecord> | ((cluster: ClusterRecord) => Partial<ClusterRecord>),
  ) =>
    registry.write({ ...BY, operation }, async (tx) => {
      const cluster = await tx.get(simulatedClusters, runtimeId);
      if (cluster) await tx.put(simulatedClusters, { ...cluster, ...(typeof part === 'function' ? part(cluster) : part) });
    });

  return {
    order: (tx, order) => orderCluster(tx, order, wishFor(order, faults), clock(), schedule),
    async change(tx, runtimeId, { kubernetesVersion }) {
      const cluster = await tx.get(simulatedClusters, runtimeId);
      if (!cluster) return;
      checkRefusal(cluster, 'change');
      await tx.put(simulatedClusters, { ...cluster, kubernetesVersion, changedAt: clock().toISOString() });
    },
    async checkRemoval(runtimeId) {
      const cluster = await known(runtimeId);
      if (cluster) checkRefusal(cluster, 'removal');
    },
    async remove(runtimeId) {
      const cluster = await known(runtimeId);
      const now = clock();
      const refusal = cluster && removalRefusal(cluster, now.getTime(), schedule);
      if (refusal && !cluster.removalTriedAt) await change(runtimeId, 'refuseRemoval', { removalTriedAt: now.toISOString() });
      if (refusal) throw refusal;
      await change(runtimeId, 'removeCluster', { deletedAt: now.toISOString() });
    },
    async state(runtimeId) {
      const cluster = await known(runtimeId);
      return cluster && stateAt(cluster, clock().getTime(), schedule);
    },
    async kubeconfig(runtimeId, name) {
      const cluster = await known(runtimeId);
      const state = cluster && stateAt(cluster, clock().getTime(), schedule);
      if (!cluster || !state?.seed) throw clusterMissing(name);
      return kubeconfigOf(cluster, serverURL(name), randomBytes(32).toString('base64url'), clock());
    },
    async hibernate(tx, runtimeId) {
      const cluster = await tx.get(simulatedClusters, runtimeId);
      if (!cluster) return;
      const known = stateAt(cluster, clock().getTime(), schedule)?.hibernation;
      if (!known?.hibernated) await tx.put(simulatedClusters, { ...cluster, hibernatedAt: clock().toISOString() });
    },
    wake: (runtimeId) => change(runtimeId, 'wakeCluster', { hibernatedAt: undefined }),
    installKyma: (runtimeId, { version, components }) =>
      change(runtimeId, 'installKyma', ({ kyma }) => ({
        kyma: {
          version,
          components: components.map(({ component }) => component),
          since: clock().toISOString(),
          upgrade: kyma !== undefined,
        },
      })),
    async kymaState(runtimeId) {
      const cluster = await known(runtimeId);
      return cluster && kymaAt(cluster, clock().getTime(), schedule);
    },
    connectAgent: (configuration) =>
      change(configuration.runtimeId, 'connectAgent', { agent: configuration, agentSince: clock().toISOString() }),
    async agentState(runtimeId) {
      const cluster = await known(runtimeId);
      return cluster ? agentAt(cluster, clock().getTime(), schedule) : 'none';
    },
    awaitsAgent: (withKyma) => withKyma,
    async limit(runtimeId, stage) {
      const phase = ENDLESS[stage];
      const cluster = phase && (await known(runtimeId));
      if (!cluster) return undefined;
      const moment = phase === 'install' && cluster.kyma ? momentOf(cluster.kyma) : phase;
      // A cluster that never came to be does not become ready by a change, either.
      const struck = faultOf(cluster, moment) ?? (phase === 'upgrade' ? faultOf(cluster, 'create') : undefined);
      return struck?.effect === 'endless' ? ownSchedule(cluster, schedule)[phase] : undefined;
    },
  };
}
