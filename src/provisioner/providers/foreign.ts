/** A provider that somebody else wrote: a module that is named in the configuration (`docs/provisioner.md`). */
import { collection, type Registry, type Stored, type WriteTx } from '../../registry/contract.ts';
import type { ClusterConfig } from '../cluster/config.ts';
import { OperationFailed } from '../errors.ts';
import { ClusterError } from '../cluster/error.ts';
import type { ClusterOrder, ClusterProvider, ClusterState, Hibernation, KymaState } from '../provider.ts';
import { agentStateOf, kubeconfigOf, kymaStateOf, type ModuleState, stateOf } from './module-answers.ts';
import { ModuleError, type ModuleHost } from './module-host.ts';

/** What was ordered of the module, and what it was told of that. Its id is that of its runtime. */
export interface OrderedClusterRecord extends Stored {
  readonly order: ClusterOrder;
  /** It has been told about the order. */
  readonly created?: true;
  /** It is still to be told about a change. */
  readonly changed?: true;
  /** Its sleep was asked for; it has been told about it where that is `told`. */
  readonly hibernation?: 'asked' | 'told';
  /** Kyma was asked for. */
  readonly kyma?: true;
  readonly deletedAt?: string;
}

export const orderedClusters = collection<OrderedClusterRecord>()('orderedClusters', {
  name: { keys: ({ order, deletedAt }) => (deletedAt === undefined ? [order.config.name] : []) },
});

export interface ForeignOptions {
  readonly registry: Registry;
  readonly host: ModuleHost;
  readonly clock?: () => Date;
}

export interface ForeignProvider extends ClusterProvider {
  /** Looks whether the module can be used. @throws ModuleError */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** What a module that tells nothing of it is taken to mean. */
const INSTALLED: KymaState = { state: 'installed', description: 'as far as its provider tells' };

function hibernationOf({ hibernation }: OrderedClusterRecord, { ready, hibernated, awake }: ModuleState): Hibernation {
  const sleeps = hibernation === 'told' && (hibernated ?? true);
  return { hibernated: sleeps, possible: ready === true && awake === undefined, ...(awake === undefined ? {} : { refusal: awake }) };
}

/** What may be tried again, and what ends the operation with the module's words. */
function told(error: unknown): unknown {
  if (!(error instanceof ModuleError)) return error;
  if (error.retry) return new ClusterError(error.message, error.codes.join(', ') || error.reason || 'Retry');
  return new OperationFailed(`the provider failed: ${error.message}`, 500, error.codes.join(', ') || undefined, 'provider');
}

export function foreignProvider({ registry, host, clock = () => new Date() }: ForeignOptions): ForeignProvider {
  let methods: ReadonlySet<string> = new Set();

  async function ask(method: string, { order: { runtimeId, config } }: OrderedClusterRecord, more: object = {}): Promise<unknown> {
    try {
      return await host.call(method, { runtimeId, name: config.name, ...more });
    } catch (error) {
      throw told(error);
    }
  }

  const known = (runtimeId: string) => registry.latest.get(orderedClusters, runtimeId);
  const needed = async (runtimeId: string, name: string) => {
    const cluster = await known(runtimeId);
    if (!cluster) throw new ClusterError(`cluster "${name}" not found`, 'NotFound');
    return cluster;
  };

  const note = (runtimeId: string, change: (cluster: OrderedClusterRecord) => OrderedClusterRecord) =>
    registry.write({ by: 'provisioner', operation: 'clusterOrder' }, async (tx) => {
      const cluster = await tx.get(orderedClusters, runtimeId);
      if (cluster) await tx.put(orderedClusters, change(cluster));
    });

  /** Tells the module what it was not told yet: an order is kept in its operation's transaction, and carried out after it. */
  async function carryOut(id: string): Promise<void> {
    const cluster = await known(id);
    if (!cluster || cluster.deletedAt !== undefined) return;
    const { order } = cluster;
    if (!cluster.created) {
      const { runtimeId: _, ...what } = order;
      await ask('create', cluster, what);
      await note(id, (present) => ({ ...present, created: true }));
    }
    if (cluster.changed) {
      await ask('change', cluster, { config: order.config });
      await note(id, ({ changed: _, ...present }) => present);
    }
    if (cluster.hibernation === 'asked') {
      await ask('hibernate', cluster);
      await note(id, (present) => ({ ...present, hibernation: 'told' }));
    }
  }

  async function changeOrder(tx: WriteTx, runtimeId: string, config: ClusterConfig): Promise<void> {
    if (!methods.has('change')) throw new ClusterError('the provider changes no clusters', 'MethodNotAllowed');
    const cluster = await tx.get(orderedClusters, runtimeId);
    if (cluster) await tx.put(orderedClusters, { ...cluster, order: { ...cluster.order, config }, changed: true });
  }

  async function state(runtimeId: string): Promise<ClusterState | undefined> {
    const cluster = await known(runtimeId);
    if (!cluster) return undefined;
    const seen = stateOf(await ask('state', cluster));
    if (!seen && cluster.deletedAt !== undefined) {
      await registry.write({ by: 'provisioner', operation: 'clusterGone' }, (tx) => tx.delete(orderedClusters, runtimeId));
      return undefined;
    }
    const { domain, seed, ready, failed } = seen ?? {};
    const hibernation = methods.has('hibernate') ? hibernationOf(cluster, seen ?? {}) : undefined;
    return {
      name: cluster.order.config.name,
      ...(typeof domain === 'string' ? { domain } : {}),
      ...(typeof seed === 'string' ? { seed } : {}),
      ready: ready === true,
      changing: cluster.changed === true,
      ...(cluster.deletedAt === undefined ? {} : { deletionSince: cluster.deletedAt }),
      ...(failed && cluster.deletedAt === undefined
        ? { trouble: { kind: 'failed', description: failed.description ?? '', codes: failed.codes ?? [] } as const }
        : {}),
      ...(hibernation ? { hibernation } : {}),
    };
  }

  return {
    async start() {
      methods = await host.methods();
    },
    stop: () => host.stop(),
    async order(tx, order) {
      const { name } = order.config;
      if ((await tx.count(orderedClusters, 'name', name)) > 0) throw new ClusterError(`cluster "${name}" already exists`, 'AlreadyExists');
      await tx.put(orderedClusters, { id: order.runtimeId, order });
    },
    change: changeOrder,
    carryOut,
    async remove(runtimeId) {
      const cluster = await known(runtimeId);
      if (!cluster) return;
      await ask('remove', cluster);
      await note(runtimeId, (present) => ({ ...present, deletedAt: clock().toISOString() }));
    },
    state,
    async kubeconfig(runtimeId, name) {
      const text = kubeconfigOf(await ask('kubeconfig', await needed(runtimeId, name)));
      if (text === '') throw new ClusterError(`cluster "${name}" gives no access yet`, 'NotFound');
      return text;
    },
    async hibernate(tx, runtimeId) {
      const cluster = await tx.get(orderedClusters, runtimeId);
      if (cluster) await tx.put(orderedClusters, { ...cluster, hibernation: 'asked' });
    },
    async wake(runtimeId) {
      if (!methods.has('wake')) throw new ClusterError('its provider wakes no clusters', 'MethodNotAllowed');
      await ask('wake', await needed(runtimeId, runtimeId));
      await note(runtimeId, ({ hibernation: _, ...present }) => present);
    },
    async installKyma(runtimeId, kyma) {
      await ask('installKyma', await needed(runtimeId, runtimeId), { kyma });
      await note(runtimeId, (present) => ({ ...present, kyma: true }));
    },
    async kymaState(runtimeId) {
      const cluster = await known(runtimeId);
      if (!cluster?.kyma) return { state: 'none', description: '' };
      const seen = await ask('kymaState', cluster);
      return seen === undefined ? INSTALLED : kymaStateOf(seen);
    },
    async uninstallKyma(runtimeId) {
      const cluster = await known(runtimeId);
      if (cluster) await ask('uninstallKyma', cluster);
    },
    async connectAgent({ runtimeId, ...configuration }) {
      await ask('connectAgent', await needed(runtimeId, runtimeId), configuration);
    },
    async agentState(runtimeId) {
      const cluster = await known(runtimeId);
      return agentStateOf(cluster && (await ask('agentState', cluster)));
    },
    awaitsAgent: () => methods.has('connectAgent') && methods.has('agentState'),
    agentLog: async () => host.lines(),
  };
}
