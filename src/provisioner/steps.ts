/** What is done in each stage of an operation; safe to be done again, as it is after a restart. */
import type { ProvisionerOptions } from './call.ts';
import { announceCluster, requestToken, unregisterRuntime } from './director.ts';
import { gardenerError, internalError, OperationFailed } from './errors.ts';
import { ClusterError } from './cluster/error.ts';
import type { ClusterState, ClusterTrouble } from './provider.ts';
import { provisionedRuntimes, type RuntimeRecord } from './records.ts';
import type { Stage } from './stages.ts';

/** Whether the stage is over, or its condition is to be looked at again. */
export type StepResult = 'done' | 'wait';

type Step = (options: ProvisionerOptions, runtime: RuntimeRecord) => Promise<StepResult>;

const when = (condition: boolean): StepResult => (condition ? 'done' : 'wait');

const lastWords = ({ description }: ClusterTrouble) => `Last Shoot state: Failed, Shoot description: ${description}`;

/** @throws ProvisionerError where the cluster has trouble, one that ends the operation where it has it for good */
function checkCreation(trouble: ClusterTrouble | undefined): void {
  if (!trouble) return;
  if (trouble.kind === 'failed')
    throw new OperationFailed(`cluster provisioning failed. ${lastWords(trouble)}`, 501, trouble.codes.join(', '), 'gardener');
  const what = trouble.kind === 'rate-limited' ? 'rate limits exceeded' : 'reconcilation error';
  throw gardenerError(`error during cluster provisioning: ${what}`, trouble.codes);
}

/** Codes are not handed on here; `gardener` as that stage spells it. @throws ProvisionerError */
function checkUpgrade(trouble: ClusterTrouble | undefined, gardener: string): void {
  if (trouble?.kind === 'failed') throw new OperationFailed(`${gardener} Shoot cluster upgrade failed. ${lastWords(trouble)}`, 500);
  if (trouble) throw gardenerError(`error during cluster upgrade: ${trouble.description}`, trouble.codes);
}

const upgrading =
  (gardener: string, over: (cluster: ClusterState) => boolean): Step =>
  async ({ provider }, { id }) => {
    await provider.carryOut?.(id);
    const cluster = await provider.state(id);
    checkUpgrade(cluster?.trouble, gardener);
    return when(cluster !== undefined && over(cluster));
  };

async function waitForCreation({ provider }: ProvisionerOptions, { id }: RuntimeRecord): Promise<StepResult> {
  const cluster = await provider.state(id);
  checkCreation(cluster?.trouble);
  return when(cluster?.ready === true);
}

async function waitForDomain({ provider, director }: ProvisionerOptions, { id, tenant, registered }: RuntimeRecord): Promise<StepResult> {
  await provider.carryOut?.(id);
  const cluster = await provider.state(id);
  checkCreation(cluster?.trouble);
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

/** Requests a one-time token and leaves it where the agent of the runtime starts. @throws ProvisionerError */
export async function sendToken({ provider, director }: ProvisionerOptions, { id, name, tenant }: RuntimeRecord): Promise<void> {
  const { token, connectorURL } = await requestToken(director(tenant), id);
  await provider.connectAgent({ connectorURL, token, runtimeId: id, runtimeName: name, tenant });
}

async function connectAgent(options: ProvisionerOptions, runtime: RuntimeRecord): Promise<StepResult> {
  if ((await options.provider.agentState(runtime.id)) !== 'connected') await sendToken(options, runtime);
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
  WaitingForClusterCreation: waitForCreation,
  CreatingBindingsForOperators: bindOperators,
  ConnectRuntimeAgent: connectAgent,
  WaitForAgentToConnect: waitForAgent,
  async DeprovisionCluster({ provider }, { id }) {
    const cluster = await provider.state(id);
    if (cluster && cluster.deletionSince === undefined) await provider.remove(id);
    return 'done';
  },
  WaitForClusterDeletion: waitForDeletion,
  WaitingForShootNewVersion: upgrading('Gardener', ({ changing }) => !changing),
  WaitingForShootUpgrade: upgrading('gardener', ({ ready }) => ready),
};

/** @throws ProvisionerError where the runtime's record is gone, and what a step throws */
export async function runStep(options: ProvisionerOptions, stage: Stage, runtimeId: string): Promise<StepResult> {
  const runtime = await options.registry.latest.get(provisionedRuntimes, runtimeId);
  if (!runtime) throw internalError(`there is no runtime ${runtimeId} any more`);
  return STEPS[stage](options, runtime);
}
