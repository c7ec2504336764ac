/** Clusters that are changed (`reference: facts/provisioner.md 3, 6`). */
import type { WriteTx } from '../../registry/contract.ts';
import type { ProvisionerCall } from '../call.ts';
import type { ClusterConfig } from '../cluster/config.ts';
import { ClusterError } from '../cluster/error.ts';
import { changedConfig, checkNotEmpty, checkVolume, checkZones, wantedProviderConfig } from '../cluster/upgrade.ts';
import { internalError } from '../errors.ts';
import { provisionedRuntimes, type OperationRecord } from '../records.ts';
import type { UpgradeShootInput } from '../types.generated.ts';
import { requireCluster, requireRuntime } from './access.ts';
import { begin, checkIdle, started } from './begin.ts';

/** Changes a cluster. @throws ProvisionerError */
export async function upgradeShoot(
  call: ProvisionerCall,
  id: string,
  { gardenerConfig: input, administrators }: UpgradeShootInput,
): Promise<OperationRecord> {
  const runtime = await requireRuntime(call, id);
  checkNotEmpty(input);
  await checkIdle(call.options.registry.latest, id);
  const provider = wantedProviderConfig(input);
  await requireCluster(call, id);
  const cluster = changedConfig(runtime.cluster, input, provider);
  checkVolume(runtime.cluster, input);
  if (provider) checkZones(runtime.cluster.providerSpecificConfig, provider);
  return started(call, 'upgradeShoot', async (tx) => {
    const begun = await begin(tx, call, id, 'UpgradeShoot', { message: 'Starting Gardener Shoot upgrade' });
    const present = (await tx.get(provisionedRuntimes, id)) ?? runtime;
    await tx.put(provisionedRuntimes, { ...present, cluster, administrators: administrators ?? [] });
    await changeCluster(tx, call, id, cluster);
    return begun;
  });
}

async function changeCluster(tx: WriteTx, { options }: ProvisionerCall, id: string, cluster: ClusterConfig): Promise<void> {
  try {
    await options.provider.change(tx, id, cluster);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw internalError(`Failed to upgrade Cluster: error executing update shoot configuration, ${error.message}`);
  }
}
