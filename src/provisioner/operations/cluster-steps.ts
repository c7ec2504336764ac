/** Stages in which clusters come, change, sleep and go. */
import type { ProvisionerOptions } from '../call.ts';
import { ClusterError } from '../cluster/error.ts';
import { gardenerError, OperationFailed } from '../errors.ts';
import { profileOf } from '../profiles.ts';
import type { ClusterState, ClusterTrouble } from '../provider.ts';
import { changeRuntime, type RuntimeRecord } from '../records.ts';
import { announceCluster, unregisterRuntime } from '../registration/director.ts';
import { type Step, type StepResult, when } from './step.ts';

const lastWords = ({ description }: Pick<ClusterTrouble, 'description'>) => `Last Shoot state: Failed, Shoot description: ${description}`;

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

export const upgrading =
  (gardener: string, over: (cluster: ClusterState) => boolean): Step =>
  async ({ provider }, { id }) => {
    await provider.carryOut?.(id);
    const cluster = await provider.state(id);
    checkUpgrade(cluster?.trouble, gardener);
    return when(cluster !== undefined && over(cluster));
  };

export async function waitForCreation({ provider }: ProvisionerOptions, { id }: RuntimeRecord): Promise<StepResult> {
  const cluster = await provider.state(id);
  checkCreation(cluster?.trouble);
  return when(cluster?.ready === true);
}

export async function waitForDomain(
  { provider, director }: ProvisionerOptions,
  { id, tenant, registered }: RuntimeRecord,
): Promise<StepResult> {
  await provider.carryOut?.(id);
  const cluster = await provider.state(id);
  checkCreation(cluster?.trouble);
  if (!cluster?.domain) return 'wait';
  if (registered) await announceCluster(director(tenant), id, cluster.name, cluster.domain);
  return 'done';
}

export async function bindOperators(options: ProvisionerOptions, { id, cluster }: RuntimeRecord): Promise<StepResult> {
  try {
    const kubeconfig = await options.provider.kubeconfig(id, cluster.name);
    if (profileOf(options).keepsKubeconfig) await changeRuntime(options, id, 'keepKubeconfig', { kubeconfig });
    return 'done';
  } catch (error) {
    if (error instanceof ClusterError) return 'wait';
    throw error;
  }
}

export const removeCluster: Step = async ({ provider }, { id }) => {
  const cluster = await provider.state(id);
  if (cluster && cluster.deletionSince === undefined) await provider.remove(id);
  return 'done';
};

export async function waitForDeletion(
  options: ProvisionerOptions,
  { id, tenant, registered, deleted }: RuntimeRecord,
): Promise<StepResult> {
  if (await options.provider.state(id)) return 'wait';
  if (registered) await unregisterRuntime(options.director(tenant), id);
  if (!deleted) await changeRuntime(options, id, 'clusterDeleted', { deleted: true });
  return 'done';
}

export const waitForHibernation: Step = async ({ provider }, { id, cluster }) => {
  await provider.carryOut?.(id);
  const state = await provider.state(id);
  if (!state) throw new ClusterError(`shoots.core.gardener.cloud "${cluster.name}" not found`, 'NotFound');
  const { failure, hibernated = false } = state.hibernation ?? {};
  if (failure !== undefined) throw new OperationFailed(`Cluster hibernation failed. ${lastWords({ description: failure })}`, 500);
  return when(hibernated);
};
