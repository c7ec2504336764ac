/** Runtimes and operations as clients read them (`reference: facts/provisioner.md 5, 7`). */
import type { ProvisionerCall } from '../call.ts';
import type { ClusterConfig, ProviderConfig } from '../cluster/config.ts';
import type { KymaConfig } from '../cluster/kyma.ts';
import { internalError, notFound, ProvisionerError } from '../errors.ts';
import { begunIn, profileOf } from '../profiles.ts';
import { ClusterError } from '../cluster/error.ts';
import { newest, provisionedRuntimes, provisioningOperations, type OperationRecord, type RuntimeRecord } from '../records.ts';
import { requireRuntime, requireTenant } from '../orders/access.ts';

const NO_ERROR = { errMessage: '', reason: '', component: '' };

/** Runtimes that were made under a profile that registers none have no id in the Director, whatever the profile is now. */
export async function operationView(
  { id, operation, state, message, runtimeId, lastError }: OperationRecord,
  { options }: ProvisionerCall,
) {
  const runtime = profileOf(options).registers ? await options.registry.latest.get(provisionedRuntimes, runtimeId) : undefined;
  return {
    id,
    operation,
    state,
    message,
    runtimeID: runtimeId,
    compassRuntimeID: runtime?.registered ? runtimeId : null,
    lastError: lastError ?? NO_ERROR,
  };
}

/** @throws ProvisionerError */
export async function runtimeOperationStatus(call: ProvisionerCall, id: string) {
  const { latest } = call.options.registry;
  const unknown = () => notFound(`failed to get Runtime Operation Status, Operation not found for id: ${id}`);
  const operation = await latest.get(provisioningOperations, id);
  if (!operation) throw unknown();
  const tenant = requireTenant(call);
  const runtime = await latest.get(provisionedRuntimes, operation.runtimeId);
  if (runtime?.tenant !== tenant) throw unknown();
  return operationView(operation, call);
}

const TYPES: Readonly<Record<ProviderConfig['kind'], string>> = {
  gcp: 'GCPProviderConfig',
  azure: 'AzureProviderConfig',
  aws: 'AWSProviderConfig',
  openstack: 'OpenStackProviderConfig',
};

export const providerTypeOf = ({ kind }: ProviderConfig) => TYPES[kind];

const clusterView = (cluster: ClusterConfig, seed: string | undefined) => ({
  ...cluster,
  seed: cluster.seed || (seed ?? ''),
  licenceType: null,
});

const kymaView = ({ version, profile, components, configuration }: KymaConfig) => ({
  version,
  profile,
  components: components.map(({ conflictStrategy: _, ...component }) => component),
  configuration,
});

/** A fresh one. @throws ProvisionerError where there is none */
async function freshKubeconfig({ options }: ProvisionerCall, { id, cluster }: RuntimeRecord): Promise<string> {
  try {
    return await options.provider.kubeconfig(id, cluster.name);
  } catch (error) {
    if (!(error instanceof ClusterError || error instanceof ProvisionerError)) throw error;
    throw internalError(`failed to get Runtime Status, unable to fetch kubeconfig: ${error.message}`);
  }
}

/**
 * Null where the profile keeps one and there was none yet; of a runtime that was made under another profile none was kept.
 * @throws ProvisionerError where a fresh one is asked for in vain
 */
async function kubeconfigOf(call: ProvisionerCall, runtime: RuntimeRecord, [made]: readonly OperationRecord[]): Promise<string | null> {
  if (!profileOf(call.options).keepsKubeconfig) return freshKubeconfig(call, runtime);
  if (runtime.kubeconfig !== undefined || !made || profileOf(begunIn(made, call.options)).keepsKubeconfig)
    return runtime.kubeconfig ?? null;
  return freshKubeconfig(call, runtime).catch(() => null);
}

const CONNECTION = { none: 'Pending', connecting: 'Pending', connected: 'Connected', failed: 'Disconnected' } as const;

/** @throws ProvisionerError, also while the cluster gives no access, where that is asked for each time */
export async function runtimeStatus(call: ProvisionerCall, id: string) {
  const runtime = await requireRuntime(call, id);
  const { registry, provider } = call.options;
  const operations = await registry.latest.find(provisioningOperations, 'runtime', id);
  const last = newest(operations);
  if (!last) throw notFound(`failed to get Runtime Status, Last operation not found for runtime: ${id}`);
  const kubeconfig = await kubeconfigOf(call, runtime, operations);
  const state = await provider.state(id);
  const { hibernated = false, possible: hibernationPossible = false } = state?.hibernation ?? {};
  return {
    lastOperationStatus: await operationView(last, call),
    runtimeConnectionStatus: { status: CONNECTION[await provider.agentState(id)], errors: null },
    runtimeConfiguration: {
      clusterConfig: clusterView(runtime.cluster, state?.seed),
      kymaConfig: runtime.kyma ? kymaView(runtime.kyma) : null,
      kubeconfig,
    },
    hibernationStatus: profileOf(call.options).hibernates ? { hibernated, hibernationPossible } : null,
  };
}
