/** How runtimes change and go (`reference: facts/runtimes.md 2.3, 2.4`). */
import { retireInstanceAuthsOfRuntime } from '../bundle-instance-auth/retirement.ts';
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import { leaveAll } from '../formation/automatic/moves.ts';
import type { RuntimeUpdateInput } from '../schema/types.generated.ts';
import { removeContextsOf } from '../runtime-context/removal.ts';
import { removeSystemAuthsOf } from '../system-auth/rules.ts';
import { requireOwner } from '../tenant-access/rules.ts';
import { removeWebhooksOf } from '../webhook/rules.ts';
import { labelsFromInput, refuseScenarios, unmodifiableLabels, withoutListedScenarios } from './labels.ts';
import { runtimes, type RuntimeRecord } from './records.ts';
import { requireRuntimeToChange } from './rules.ts';

/** Absent and null keep what is there, an empty text takes it away. */
const replaced = (given: string | null | undefined, known: string | undefined) => (given ?? known) || undefined;

export async function updateRuntime(call: WriteCall, id: string, input: RuntimeUpdateInput): Promise<RuntimeRecord> {
  const tenant = tenantOf(call);
  const runtime = await requireRuntimeToChange(call, id);
  refuseScenarios(input.labels);
  requireOwner(runtime, tenant);
  const { description, applicationNamespace, ...rest } = withoutListedScenarios(runtime, tenant);
  const texts = {
    description: replaced(input.description, description),
    applicationNamespace: replaced(input.applicationNamespace, applicationNamespace),
  };
  const updated: RuntimeRecord = {
    ...rest,
    ...(texts.description ? { description: texts.description } : {}),
    ...(texts.applicationNamespace ? { applicationNamespace: texts.applicationNamespace } : {}),
    name: input.name,
    status: { condition: input.statusCondition ?? 'INITIAL', timestamp: call.now() },
    labels: { ...labelsFromInput(input.labels), ...unmodifiableLabels(runtime.labels) },
  };
  await call.tx.put(runtimes, updated);
  return updated;
}

/** Takes a runtime away with all that belongs to it or refers to it. */
export async function removeRuntime(call: WriteCall, runtime: RuntimeRecord): Promise<void> {
  await retireInstanceAuthsOfRuntime(call, runtime.id);
  await leaveAll(call, 'runtime', runtime);
  await removeContextsOf(call, runtime.id);
  await Promise.all([removeWebhooksOf(call, 'runtime', runtime.id), removeSystemAuthsOf(call, 'runtime', runtime.id)]);
  await call.tx.delete(runtimes, runtime.id);
}

/** The runtime, if the caller may take it away. @throws NotFound, Unauthorized */
export async function requireRuntimeToRemove(call: Call, id: string): Promise<RuntimeRecord> {
  const tenant = tenantOf(call);
  const runtime = await requireRuntimeToChange(call, id);
  requireOwner(runtime, tenant);
  return runtime;
}

/** Answers the runtime as it was. */
export async function unregisterRuntime(call: WriteCall, id: string): Promise<RuntimeRecord> {
  const runtime = await requireRuntimeToRemove(call, id);
  await removeRuntime(call, runtime);
  return runtime;
}
