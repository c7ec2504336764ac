/** Keeps the Provisioner from what a provider does: it is waited for so long, and whatever it throws becomes an error that clients can read. */
import { RegistryUnavailable } from '../../registry/contract.ts';
import { OperationFailed, ProvisionerError } from '../errors.ts';
import { CLUSTER_SIDE, ClusterError } from '../cluster/error.ts';
import type { ClusterProvider } from '../provider.ts';

/** Milliseconds of one call. */
const PATIENCE = 60_000;

/** A provider that is out of its mind has the last word. */
function told(error: unknown, call: string): Error {
  if (error instanceof ProvisionerError || error instanceof RegistryUnavailable) return error;
  if (error instanceof ClusterError) return error;
  const words = error instanceof Error ? error.message : String(error);
  return new OperationFailed(`the provider failed at ${call}: ${words}`, 500, undefined, 'provider');
}

async function calling<T>(call: string, patience: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () =>
        reject(
          new OperationFailed(
            `the provider did not answer ${call} within ${patience / 1000} s`,
            500,
            'err_provisioner_timeout',
            'provider',
          ),
        ),
      patience,
    );
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    throw told(error, call);
  } finally {
    clearTimeout(timer);
  }
}

/** The same provider, each of whose calls ends, and with errors of ours. Orders stay as they are: they are parts of a transaction. */
export function guarded(provider: ClusterProvider, patience = PATIENCE): ClusterProvider {
  return {
    order: (tx, order) => provider.order(tx, order),
    change: (tx, runtimeId, config) => provider.change(tx, runtimeId, config),
    hibernate: (tx, runtimeId) => provider.hibernate?.(tx, runtimeId),
    carryOut: (id) => calling('carryOut', patience, async () => provider.carryOut?.(id)),
    checkRemoval: (id) => calling('checkRemoval', patience, async () => provider.checkRemoval?.(id)),
    remove: (id) => calling('remove', patience, () => provider.remove(id)),
    state: (id) => calling('state', patience, () => provider.state(id)),
    kubeconfig: (id, name) => calling('kubeconfig', patience, () => provider.kubeconfig(id, name)),
    wake: (id) => calling('wake', patience, async () => provider.wake?.(id)),
    installKyma: (id, config) => calling('installKyma', patience, async () => provider.installKyma?.(id, config)),
    kymaState: (id) => calling('kymaState', patience, async () => provider.kymaState?.(id)),
    uninstallKyma: (id) => calling('uninstallKyma', patience, async () => provider.uninstallKyma?.(id)),
    connectAgent: (configuration) => calling('connectAgent', patience, () => provider.connectAgent(configuration)),
    agentState: (id) => calling('agentState', patience, () => provider.agentState(id)),
    awaitsAgent: (withKyma) => provider.awaitsAgent(withKyma),
    agentLog: (id) => calling('agentLog', patience, async () => provider.agentLog?.(id) ?? []),
    limit: (id, stage) => calling('limit', patience, async () => provider.limit?.(id, stage)),
  };
}

/** A refusal of the clusters' side, in the form of the wire. */
export const clusterSide = ({ message, code, reason }: ClusterError) => new ProvisionerError(message, code, reason, CLUSTER_SIDE);
