/** Clusters that are put to sleep, and woken (`reference: facts/provisioner.md 6`). */
import type { ProvisionerCall } from '../call.ts';
import { ClusterError } from '../cluster/error.ts';
import { badRequest, internalError } from '../errors.ts';
import { newConfiguration } from '../operations/agent-steps.ts';
import { profileOf } from '../profiles.ts';
import type { OperationRecord } from '../records.ts';
import { requireRuntime } from './access.ts';
import { begin, checkIdle, started } from './begin.ts';

const refused = (words: string) => internalError(`Failed to hibernate Cluster: ${words}`);

/** Puts a cluster to sleep; null where the profile has nobody who does, whatever is asked. @throws ProvisionerError */
export async function hibernateRuntime(call: ProvisionerCall, id: string): Promise<OperationRecord | null> {
  const { registry, provider } = call.options;
  if (!profileOf(call.options).hibernates) return null;
  const { cluster } = await requireRuntime(call, id);
  await checkIdle(registry.latest, id);
  const state = await provider.state(id);
  if (!state)
    throw refused(
      `error getting Shoot for cluster ID ${id} and name ${cluster.name}, shoots.core.gardener.cloud "${cluster.name}" not found`,
    );
  const { refusal } = state.hibernation ?? { refusal: 'its provider puts no clusters to sleep' };
  if (refusal !== undefined) throw refused(`cannot hibernate cluster: ${refusal}`);
  return started(call, 'hibernateRuntime', async (tx) => {
    // The blank at its end is part of what clients know.
    const begun = await begin(tx, call, id, 'Hibernate', { message: 'Starting ' });
    await provider.hibernate?.(tx, id);
    return begun;
  });
}

/** Wakes a cluster and has its agent started; one that is awake stays so. The reference has no such call. @throws ProvisionerError */
export async function wakeRuntime(call: ProvisionerCall, id: string): Promise<void> {
  const { registry, provider } = call.options;
  const runtime = await requireRuntime(call, id);
  await checkIdle(registry.latest, id);
  if (!(await provider.state(id))?.hibernation?.hibernated) return;
  const hasAgent = runtime.registered && provider.awaitsAgent(runtime.kyma !== undefined);
  // Where the Director gives no token the cluster sleeps on, and can be woken later.
  const configuration = hasAgent ? await newConfiguration(call.options, runtime) : undefined;
  try {
    await provider.wake?.(id);
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw badRequest(`the cluster can not be woken: ${error.message}`);
  }
  if (configuration) await provider.connectAgent(configuration);
}
