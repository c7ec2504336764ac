/** Clusters that exist in the Registry alone, and grow up by the clock: no machine runs anywhere. */
import { collection, type Stored, type WriteTx } from '../../registry/contract.ts';
import { ClusterError, type AgentConfiguration, type ClusterOrder, type ClusterState } from '../provider.ts';

/** Its id is that of its runtime. */
export interface ClusterRecord extends Stored {
  readonly name: string;
  readonly tenant: string;
  readonly kubernetesVersion: string;
  readonly seed: string;
  readonly createdAt: string;
  readonly changedAt?: string;
  readonly deletedAt?: string;
  /** What an agent in it would start with. */
  readonly agent?: AgentConfiguration;
}

export const simulatedClusters = collection<ClusterRecord>()(
  'simulatedClusters',
  { name: { keys: (cluster) => [cluster.name] } },
  { sealed: ['agent'] },
);

const alreadyExists = (name: string) => new ClusterError(`shoots.core.gardener.cloud "${name}" already exists`, 'AlreadyExists');

export const clusterMissing = (name: string) => new ClusterError(`shoots.core.gardener.cloud "${name}" not found`, 'NotFound');

/** Whether its removal is over; `stage` in milliseconds. */
const isGone = ({ deletedAt }: ClusterRecord, now: number, stage: number) =>
  deletedAt !== undefined && now - Date.parse(deletedAt) >= stage;

/** A cluster's state at that moment: its domain is known after one stage, it is ready after two; a change takes two as well, a removal one. */
export function stateAt(cluster: ClusterRecord, now: number, stage: number): ClusterState | undefined {
  if (isGone(cluster, now, stage)) return undefined;
  const age = now - Date.parse(cluster.createdAt);
  const sinceChange = cluster.changedAt === undefined ? Infinity : now - Date.parse(cluster.changedAt);
  return {
    name: cluster.name,
    ...(age >= stage ? { domain: `${cluster.name}.local.kyma.test` } : {}),
    ...(age >= stage ? { seed: cluster.seed } : {}),
    ready: age >= 2 * stage && sinceChange >= 2 * stage,
    changing: sinceChange < stage,
    ...(cluster.deletedAt === undefined ? {} : { deletionSince: cluster.deletedAt }),
  };
}

/** @throws ClusterError where the name is taken or none */
export async function orderCluster(tx: WriteTx, { runtimeId, tenant, config }: ClusterOrder, now: Date, stage: number): Promise<void> {
  const { name, seed, provider, region, kubernetesVersion } = config;
  if (name === '')
    throw new ClusterError(
      'Shoot.core.gardener.cloud "" is invalid: metadata.name: Required value: name or generateName is required',
      'Invalid',
    );
  for (const other of await tx.find(simulatedClusters, 'name', name)) {
    if (!isGone(other, now.getTime(), stage)) throw alreadyExists(name);
    await tx.delete(simulatedClusters, other.id);
  }
  await tx.put(simulatedClusters, {
    id: runtimeId,
    name,
    tenant,
    kubernetesVersion,
    seed: seed || `${provider}-${region}-1`,
    createdAt: now.toISOString(),
  });
}

const HOUR = 3_600_000;

/** Access for administrators that names the cluster; its server answers the version of the cluster and no more. */
export const kubeconfigOf = ({ name }: ClusterRecord, server: string, token: string, now: Date) => `apiVersion: v1
kind: Config
current-context: ${JSON.stringify(name)}
clusters:
  - name: ${JSON.stringify(name)}
    cluster:
      server: ${JSON.stringify(server)}
contexts:
  - name: ${JSON.stringify(name)}
    context:
      cluster: ${JSON.stringify(name)}
      user: ${JSON.stringify(`${name}-admin`)}
users:
  - name: ${JSON.stringify(`${name}-admin`)}
    user:
      token: ${JSON.stringify(token)}
# good until ${new Date(now.getTime() + 8 * HOUR).toISOString()}
`;
