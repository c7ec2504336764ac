/** Runtimes and operations as clients read them (`reference: facts/provisioner.md 5, 7`). */
import type { ProvisionerCall } from '../call.ts';
import type { ClusterConfig, ProviderConfig } from '../cluster/config.ts';
import type { KymaConfig } from '../cluster/kyma.ts';
import { internalError, notFound, ProvisionerError } from '../errors.ts';
import { profileOf } from '../profiles.ts';
import { ClusterError } from '../cluster/error.ts';
import { newest, provisionedRuntimes, provisioningOperations, type OperationRecord, type RuntimeRecord } from '../records.ts';
import { requireRuntime, requireTenant } from '../orders/access.ts';

const NO_ERROR = { errMessage: '', reason: '', component: '' };

export const operationView = ({ id, operation, state, message, runtimeId, lastError }: OperationRecord, { options }: ProvisionerCall) => ({
  id,
  operation,
  state,
  message,
  runtimeID: runtimeId,
  compassRuntimeID: profileOf(options).registers ? runtimeId : null,
  lastError: lastError ?? NO_ERROR,
});

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

/** Null where the profile keeps one and there was none yet. @throws ProvisionerError where a fresh one is asked for in vain */
async function kubeconfigOf({ options }: ProvisionerCall, { id, cluster, kubeconfig }: RuntimeRecord): Promise<string | null> {
  if (profileOf(options).keepsKubeconfig) return kubeconfig ?? null;
  try {
    return await options.provider.kubeconfig(id, cluster.name);
  } catch (error) {
    if (!(error instanceof ClusterError || error instanceof ProvisionerError)) throw error;
    throw internalError(`failed to get Runtime Status, unable to fetch kubeconfig: ${error.message}`);
  }
}

const CONNECTION = { none: 'Pending', connecting: 'Pending', connected: 'Connected', failed: 'Disconnected' } as const;

/** @throws ProvisionerError, also while the cluster gives no access, where that is asked for each time */
export async function runtimeStatus(call: ProvisionerCall, id: string) {
  const runtime = await requireRuntime(call, id);
  const { registry, provider } = call.options;
  const last = newest(await registry.latest.find(provisioningOperations, 'runtime', id));
  if (!last) throw notFound(`failed to get Runtime Status, Last operation not found for runtime: ${id}`);
  const kubeconfig = await kubeconfigOf(call, runtime);
  const state = await provider.state(id);
  const { hibernated = false, possible: hibernationPossible = false } = state?.hibernation ?? {};
  return {
    lastOperationStatus: operationView(last, call),
    runtimeConnectionStatus: { status: CONNECTION[await provider.agentState(id)], errors: null },
    runtimeConfiguration: {
      clusterConfig: clusterView(runtime.cluster, state?.seed),
      kymaConfig: runtime.kyma ? kymaView(runtime.kyma) : null,
      kubeconfig,
    },
    hibernationStatus: profileOf(call.options).hibernates ? { hibernated, hibernationPossible } : null,
  };
}
