/** Clusters that exist in the Registry alone, and grow up by the clock: no machine runs anywhere. */
import { collection, type Stored, type WriteTx } from '../../registry/contract.ts';
import { ClusterError } from '../cluster/error.ts';
import type { AgentConfiguration, ClusterOrder, ClusterState, ClusterTrouble, Hibernation } from '../provider.ts';
import { faultKind, type FaultKind, type Schedule, type Wish } from './faults.ts';

/** What is noted of Kyma in a cluster: nothing is installed. */
export interface InstalledKyma {
  readonly version: string;
  /** Their names, in the order of their installation. */
  readonly components: readonly string[];
  /** When its installation began. */
  readonly since: string;
  /** Whether there was one before. */
  readonly upgrade: boolean;
}

/** Its id is that of its runtime. */
export interface ClusterRecord extends Stored {
  readonly name: string;
  readonly tenant: string;
  readonly kubernetesVersion: string;
  readonly seed: string;
  readonly createdAt: string;
  readonly changedAt?: string;
  /** When its removal was asked for first, where it was refused. */
  readonly removalTriedAt?: string;
  readonly deletedAt?: string;
  /** When it was asked to sleep; undefined where it is awake. */
  readonly hibernatedAt?: string;
  readonly kyma?: InstalledKyma;
  /** What an agent in it would start with. */
  readonly agent?: AgentConfiguration;
  /** When it got that. */
  readonly agentSince?: string;
  /** What shall become of it, where that is not the usual. */
  readonly wish?: Wish;
}

export const simulatedClusters = collection<ClusterRecord>()(
  'simulatedClusters',
  { name: { keys: (cluster) => [cluster.name] } },
  { sealed: ['agent'] },
);

const alreadyExists = (name: string) => new ClusterError(`shoots.core.gardener.cloud "${name}" already exists`, 'AlreadyExists');

export const clusterMissing = (name: string) => new ClusterError(`shoots.core.gardener.cloud "${name}" not found`, 'NotFound');

export const ownSchedule = ({ wish }: ClusterRecord, usual: Schedule): Schedule => ({ ...usual, ...wish?.stages });

/** What was wished to go wrong with it, if it does so in one of those moments. */
export function faultOf({ wish }: Pick<ClusterRecord, 'wish'>, ...moments: FaultKind['at'][]): FaultKind | undefined {
  if (wish?.fault === undefined) return undefined;
  const fault = faultKind(wish.fault);
  return moments.includes(fault.at) ? { ...fault, ...(wish.description ? { description: wish.description } : {}) } : undefined;
}

/** Milliseconds that passing trouble of it lasts. */
export const lasting = ({ wish }: ClusterRecord, stage: number) => wish?.lasts ?? 3 * stage;

/** @throws ClusterError where a request of that moment shall be refused */
export function checkRefusal(cluster: Pick<ClusterRecord, 'wish'>, moment: 'order' | 'change' | 'removal'): void {
  const fault = faultOf(cluster, moment);
  if (fault) throw new ClusterError(fault.description, fault.reason ?? '', fault.code);
}

/** Why its removal is refused for now; it is tried for the first time at `now` where it was not before. */
export function removalRefusal(cluster: ClusterRecord, now: number, usual: Schedule): ClusterError | undefined {
  const fault = faultOf(cluster, 'remove');
  if (fault?.effect !== 'passing') return undefined;
  const tried = cluster.removalTriedAt === undefined ? now : Date.parse(cluster.removalTriedAt);
  return now - tried < lasting(cluster, usual.remove) ? new ClusterError(fault.description, fault.reason ?? '', fault.code) : undefined;
}

/** Whether its removal is over. */
function isGone(cluster: ClusterRecord, now: number, usual: Schedule): boolean {
  if (cluster.deletedAt === undefined || faultOf(cluster, 'remove')?.effect === 'endless') return false;
  return now - Date.parse(cluster.deletedAt) >= ownSchedule(cluster, usual).remove;
}

/** What is wrong with it, `since` milliseconds after the phase began in which that goes wrong. */
function troubleOf(cluster: ClusterRecord, fault: FaultKind | undefined, since: number, stage: number): ClusterTrouble | undefined {
  if (!fault || since < 0 || cluster.deletedAt !== undefined) return undefined;
  const trouble = { description: fault.description, codes: fault.codes ?? [] };
  if (fault.effect === 'failed') return { kind: 'failed', ...trouble };
  if (fault.effect === 'passing' && since < lasting(cluster, stage))
    return { kind: cluster.wish?.fault === 'rate-limit' ? 'rate-limited' : 'reconciling', ...trouble };
  return undefined;
}

/** Whether it was put to sleep, and nothing keeps it awake. */
export const fallsAsleep = (cluster: ClusterRecord): boolean => cluster.hibernatedAt !== undefined && !faultOf(cluster, 'hibernate');

/** Whether it sleeps at that moment; `created` is whether there is anything yet that could. */
function hibernationAt(cluster: ClusterRecord, now: number, usual: Schedule, created: boolean): Hibernation {
  const refused = faultOf(cluster, 'hibernation');
  const { hibernatedAt } = cluster;
  const fault = hibernatedAt === undefined ? undefined : faultOf(cluster, 'hibernate');
  const asleepAt = Date.parse(hibernatedAt ?? '') + ownSchedule(cluster, usual).hibernate;
  return {
    hibernated: fallsAsleep(cluster) && now >= asleepAt,
    possible: created && !refused,
    ...(refused ? { refusal: refused.description } : {}),
    ...(fault?.effect === 'failed' ? { failure: fault.description } : {}),
  };
}

/** A cluster's state at that moment: first its domain is known, then it is ready; a change is taken up, then done; a removal takes its time. */
export function stateAt(cluster: ClusterRecord, now: number, usual: Schedule): ClusterState | undefined {
  if (isGone(cluster, now, usual)) return undefined;
  const { domain, create, accept, upgrade } = ownSchedule(cluster, usual);
  const age = now - Date.parse(cluster.createdAt);
  const sinceChange = cluster.changedAt === undefined ? Infinity : now - Date.parse(cluster.changedAt);
  const creation = faultOf(cluster, 'create');
  const change = cluster.changedAt === undefined ? undefined : faultOf(cluster, 'upgrade');
  const trouble = troubleOf(cluster, creation, age - domain, create) ?? troubleOf(cluster, change, sinceChange - accept, upgrade);
  const created = age >= domain + create && creation?.effect !== 'endless';
  const changed = sinceChange >= accept + upgrade && change?.effect !== 'endless';
  return {
    name: cluster.name,
    ...(age >= domain ? { domain: `${cluster.name}.local.kyma.test`, seed: cluster.seed } : {}),
    ready: created && changed && !trouble,
    changing: sinceChange < accept,
    ...(cluster.deletedAt === undefined ? {} : { deletionSince: cluster.deletedAt }),
    ...(trouble ? { trouble } : {}),
    hibernation: hibernationAt(cluster, now, usual, created),
  };
}

/** @throws ClusterError where the name is taken or none, or the order shall be refused */
export async function orderCluster(
  tx: WriteTx,
  { runtimeId, tenant, config }: ClusterOrder,
  wish: Wish | undefined,
  now: Date,
  usual: Schedule,
): Promise<void> {
  const { name, seed, provider, region, kubernetesVersion } = config;
  if (name === '')
    throw new ClusterError(
      'Shoot.core.gardener.cloud "" is invalid: metadata.name: Required value: name or generateName is required',
      'Invalid',
    );
  for (const other of await tx.find(simulatedClusters, 'name', name)) {
    if (!isGone(other, now.getTime(), usual)) throw alreadyExists(name);
    await tx.delete(simulatedClusters, other.id);
  }
  if (wish) checkRefusal({ wish }, 'order');
  await tx.put(simulatedClusters, {
    id: runtimeId,
    name,
    tenant,
    kubernetesVersion,
    seed: seed || `${provider}-${region}-1`,
    createdAt: now.toISOString(),
    ...(wish ? { wish } : {}),
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
