/** Stages in which Kyma is installed, changed and taken away; only the profile `full` has them (`reference: facts/provisioner.md 5`). */
import type { ProvisionerOptions } from '../call.ts';
import { ClusterError } from '../cluster/error.ts';
import { OperationFailed, ProvisionerError } from '../errors.ts';
import type { KymaState } from '../provider.ts';
import type { RuntimeRecord } from '../records.ts';
import type { Step } from './step.ts';

const INSTALLER = 'kyma installer';
const UNREACHABLE = 501;

/** Tried again until the stage is out of time, where it is the cluster that can't be asked. */
async function asking<T>(what: string, reason: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    throw new ProvisionerError(`error: failed to ${what}: ${error.message}`, UNREACHABLE, reason, INSTALLER);
  }
}

const NOT_ASKED: KymaState = { state: 'installed', description: 'nobody looks after Kyma there' };

const stateOf = ({ provider }: ProvisionerOptions, { id }: RuntimeRecord): Promise<KymaState> =>
  asking('check installation state', 'err_check_kyma_installation_state', async () => (await provider.kymaState?.(id)) ?? NOT_ASKED);

/** One that began before a restart is not begun again. */
export const startInstallation: Step = async (options, runtime) => {
  const { state } = await stateOf(options, runtime);
  const { id, kyma } = runtime;
  if (state === 'none' && kyma)
    await asking('start installation', 'err_trigger_kyma_installation', async () => options.provider.installKyma?.(id, kyma));
  return 'done';
};

/** An error that passes is told in the message alone; one for good ends the operation in the installer's words. */
export const waitForInstallation: Step = async (options, runtime) => {
  const { state, description, components = [] } = await stateOf(options, runtime);
  switch (state) {
    case 'none':
      throw new ProvisionerError('installation not yet started', UNREACHABLE, 'NoInstallation', INSTALLER);
    case 'failed':
      throw new OperationFailed(description, UNREACHABLE, components.join(', '), INSTALLER);
    case 'failing':
      return { over: false, message: `Installation error occurred: ${description}` };
    case 'installing':
      return { over: false, message: `Installation in progress: ${description}` };
    case 'installed':
      return { over: true, message: `Installation completed: ${description}` };
  }
};

/** An upgrade that is under way is not begun again; an installation that went wrong for good is mended by one. */
export const startUpgrade: Step = async (options, runtime) => {
  const { provider } = options;
  const { id, kyma } = runtime;
  if ((await provider.state(id))?.hibernation?.hibernated)
    throw new OperationFailed('error: failed to check installation CR state: the cluster is hibernated', 500);
  const { state } = await stateOf(options, runtime);
  if (state === 'none') throw new OperationFailed('error: Installation CR not found in the cluster, cannot trigger upgrade', 500);
  if (kyma && (state === 'installed' || state === 'failed'))
    await asking('trigger upgrade', 'err_trigger_kyma_installation', async () => provider.installKyma?.(id, kyma));
  return 'done';
};

/** Whether Kyma in that cluster can be spoken to: one that was never made, sleeps or is gone just goes. */
async function isReachable({ provider }: ProvisionerOptions, { id, kubeconfig }: RuntimeRecord): Promise<boolean> {
  if (kubeconfig === undefined) return false;
  const cluster = await provider.state(id);
  return cluster !== undefined && cluster.hibernation?.hibernated !== true;
}

export const uninstallKyma: Step = async (options, runtime) => {
  if (await isReachable(options, runtime))
    await asking('trigger uninstall', 'err_trigger_kyma_uninstall', async () => options.provider.uninstallKyma?.(runtime.id));
  return 'done';
};
