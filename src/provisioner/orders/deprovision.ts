/** Runtimes that are taken away (`reference: facts/provisioner.md 5, 6`). */
import type { ProvisionerCall } from '../call.ts';
import { CLUSTER_SIDE, ClusterError } from '../cluster/error.ts';
import { ProvisionerError } from '../errors.ts';
import type { OperationKind } from '../operations/stages.ts';
import { profileOf } from '../profiles.ts';
import type { ClusterState } from '../provider.ts';
import type { OperationRecord, RuntimeRecord } from '../records.ts';
import { requireRuntime } from './access.ts';
import { begin, checkIdle, started } from './begin.ts';

/** Takes a runtime away; answers the operation. @throws ProvisionerError */
export async function deprovisionRuntime(call: ProvisionerCall, id: string): Promise<OperationRecord> {
  const runtime = await requireRuntime(call, id);
  // A provider that does not answer must not keep anybody from trying: the operation will tell what it says.
  const cluster = await call.options.provider.state(id).catch(() => ({ name: runtime.cluster.name, ready: false, changing: false }));
  if (cluster) await checkRemoval(call, id);
  const kind = (await hasKyma(call, runtime)) ? 'Deprovision' : profileOf(call.options).withoutKyma.deprovision;
  return started(call, 'deprovisionRuntime', (tx) => begin(tx, call, id, kind, removalOf(kind, runtime, cluster)));
}

/** Whether Kyma is to be taken away before the cluster: not where its installation was never begun in a cluster that was there. */
async function hasKyma({ options }: ProvisionerCall, { id, kyma, kubeconfig }: RuntimeRecord): Promise<boolean> {
  if (!profileOf(options).managesKyma || !kyma) return false;
  if (kubeconfig === undefined) return true;
  const known = await options.provider.kymaState?.(id).catch(() => undefined);
  return known?.state !== 'none';
}

/** @throws ProvisionerError where something runs already, or the side of the clusters would refuse */
async function checkRemoval({ options: { registry, provider } }: ProvisionerCall, id: string): Promise<void> {
  await checkIdle(registry.latest, id);
  try {
    await provider.checkRemoval?.(id);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new ProvisionerError(`Failed to start deprovisioning: error updating Shoot, ${error.message}`, 500, error.reason, CLUSTER_SIDE);
  }
}

/** How a removal begins: at its beginning, or where an earlier one has come to. */
function removalOf(
  kind: OperationKind,
  { id, cluster: { name } }: RuntimeRecord,
  cluster: ClusterState | undefined,
): Partial<OperationRecord> {
  if (!cluster)
    return { message: `Cluster ${id} already deleted. Proceeding to DeprovisionCluster stage.`, stage: 'WaitForClusterDeletion' };
  if (cluster.deletionSince === undefined) return { message: 'Deprovisioning started' };
  return {
    message: `Cluster ${name} with id ${id} already scheduled for deletion.`,
    ...(kind === 'Deprovision' ? { stage: 'WaitForClusterDeletion' } : {}),
    startedAt: cluster.deletionSince,
    stageSince: cluster.deletionSince,
  };
}
