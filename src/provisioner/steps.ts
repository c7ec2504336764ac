/** What is done in each stage of an operation; safe to be done again, as it is after a restart. */
import type { ProvisionerOptions } from './call.ts';
import { announceCluster, requestToken, unregisterRuntime } from './director.ts';
import { internalError } from './errors.ts';
import { ClusterError } from './provider.ts';
import { provisionedRuntimes, type RuntimeRecord } from './records.ts';
import type { Stage } from './stages.ts';

/** Whether the stage is over, or its condition is to be looked at again. */
export type StepResult = 'done' | 'wait';

type Step = (options: ProvisionerOptions, runtime: RuntimeRecord) => Promise<StepResult>;

const when = (condition: boolean): StepResult => (condition ? 'done' : 'wait');

async function waitForDomain({ provider, director }: ProvisionerOptions, { id, tenant, registered }: RuntimeRecord): Promise<StepResult> {
  const cluster = await provider.state(id);
  if (!cluster?.domain) return 'wait';
  if (registered) await announceCluster(director(tenant), id, cluster.name, cluster.domain);
  return 'done';
}

async function bindOperators({ provider }: ProvisionerOptions, { id, cluster }: RuntimeRecord): Promise<StepResult> {
  try {
    await provider.kubeconfig(id, cluster.name);
    return 'done';
  } catch (error) {
    if (error instanceof ClusterError) return 'wait';
    throw error;
  }
}

async function connectAgent({ provider, director }: ProvisionerOptions, { id, name, tenant }: RuntimeRecord): Promise<StepResult> {
  if ((await provider.agentState(id)) === 'connected') return 'done';
  const { token, connectorURL } = await requestToken(director(tenant), id);
  await provider.connectAgent({ connectorURL, token, runtimeId: id, runtimeName: name, tenant });
  return 'done';
}

/** An agent whose token opened nothing gets a new one. */
async function waitForAgent(options: ProvisionerOptions, runtime: RuntimeRecord): Promise<StepResult> {
  const state = await options.provider.agentState(runtime.id);
  if (state === 'failed' || state === 'none') await connectAgent(options, runtime);
  return when(state === 'connected');
}

async function waitForDeletion(
  { provider, director, registry }: ProvisionerOptions,
  { id, tenant, registered }: RuntimeRecord,
): Promise<StepResult> {
  if (await provider.state(id)) return 'wait';
  if (registered) await unregisterRuntime(director(tenant), id);
  await registry.write({ by: 'provisioner', operation: 'clusterDeleted' }, async (tx) => {
    const runtime = await tx.get(provisionedRuntimes, id);
    if (runtime && !runtime.deleted) await tx.put(provisionedRuntimes, { ...runtime, deleted: true });
  });
  return 'done';
}

const STEPS: Readonly<Record<Stage, Step>> = {
  WaitingForClusterDomain: waitForDomain,
  WaitingForClusterCreation: async ({ provider }, { id }) => when((await provider.state(id))?.ready === true),
  CreatingBindingsForOperators: bindOperators,
  ConnectRuntimeAgent: connectAgent,
  WaitForAgentToConnect: waitForAgent,
  async DeprovisionCluster({ provider }, { id }) {
    const cluster = await provider.state(id);
    if (cluster && cluster.deletionSince === undefined) await provider.remove(id);
    return 'done';
  },
  WaitForClusterDeletion: waitForDeletion,
  WaitingForShootNewVersion: async ({ provider }, { id }) => when((await provider.state(id))?.changing === false),
  WaitingForShootUpgrade: async ({ provider }, { id }) => when((await provider.state(id))?.ready === true),
};

/** @throws ProvisionerError where the runtime's record is gone, and what a step throws */
export async function runStep(options: ProvisionerOptions, stage: Stage, runtimeId: string): Promise<StepResult> {
  const runtime = await options.registry.latest.get(provisionedRuntimes, runtimeId);
  if (!runtime) throw internalError(`there is no runtime ${runtimeId} any more`);
  return STEPS[stage](options, runtime);
}
