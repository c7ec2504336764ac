/** Kyma installations that are changed, and changed back; other profiles than `full` leave both to somebody else (`reference: facts/provisioner.md 3, 6`). */
import type { ProvisionerCall } from '../call.ts';
import { kymaConfig } from '../cluster/kyma.ts';
import { badRequest, internalError, UncategorizedError } from '../errors.ts';
import { profileOf } from '../profiles.ts';
import { newest, provisionedRuntimes, provisioningOperations, type OperationRecord } from '../records.ts';
import type { UpgradeRuntimeInput } from '../types.generated.ts';
import { requireCluster, requireRuntime } from './access.ts';
import { about, begin, checkIdle, started } from './begin.ts';
import { checkKymaUpgrade } from './validation.ts';

const notOurs = (id: string) => `failed to upgrade cluster: ${id} Kyma configuration of the cluster is managed by Reconciler`;

/** Looked at before anything else is. @throws UncategorizedError */
function requireManagedKyma({ options }: ProvisionerCall, id: string): void {
  if (!profileOf(options).managesKyma) throw new UncategorizedError(notOurs(id));
}

/** Has another configuration of Kyma installed; it counts as the runtime's from here on. @throws ProvisionerError */
export async function upgradeRuntime(call: ProvisionerCall, id: string, input: UpgradeRuntimeInput): Promise<OperationRecord> {
  requireManagedKyma(call, id);
  const { kyma: present } = await requireRuntime(call, id);
  checkKymaUpgrade(input.kymaConfig);
  await checkIdle(call.options.registry.latest, id);
  if (!present) throw internalError(notOurs(id));
  await requireCluster(call, id);
  return started(call, 'upgradeRuntime', async (tx) => {
    const runtime = (await tx.get(provisionedRuntimes, id))!;
    const former = runtime.kyma ?? present;
    const begun = await begin(tx, call, id, 'Upgrade', { message: 'Starting Kyma upgrade', formerKyma: former });
    await tx.put(provisionedRuntimes, { ...runtime, kyma: kymaConfig(input.kymaConfig) });
    return begun;
  });
}

/** Takes the configuration back that was there before the last upgrade: in what is kept alone, nothing is installed. @throws ProvisionerError */
export async function rollBackUpgrade(call: ProvisionerCall, id: string): Promise<void> {
  requireManagedKyma(call, id);
  await requireRuntime(call, id);
  await call.options.registry.write(about(call, 'rollBackUpgradeOperation'), async (tx) => {
    const last = newest(await tx.find(provisioningOperations, 'runtime', id));
    if (last?.operation !== 'Upgrade' || last.state === 'InProgress' || !last.formerKyma)
      throw badRequest('error: upgrade can be rolled back only if it is the last operation that is already finished');
    await tx.put(provisionedRuntimes, { ...(await tx.get(provisionedRuntimes, id))!, kyma: last.formerKyma });
  });
}
