/** Each stage with what is done in it. */
import type { ProvisionerOptions } from '../call.ts';
import { internalError } from '../errors.ts';
import { provisionedRuntimes } from '../records.ts';
import { connectAgent, waitForAgent } from './agent-steps.ts';
import {
  bindOperators,
  removeCluster,
  upgrading,
  waitForCreation,
  waitForDeletion,
  waitForDomain,
  waitForHibernation,
} from './cluster-steps.ts';
import { startInstallation, startUpgrade, uninstallKyma, waitForInstallation } from './kyma-steps.ts';
import type { Stage } from './stages.ts';
import type { Step, StepResult } from './step.ts';

/** Stages that others have work in, and this Provisioner has none. */
const nothing: Step = async () => 'done';

const STEPS: Readonly<Record<Stage, Step>> = {
  WaitingForClusterDomain: waitForDomain,
  WaitingForClusterCreation: waitForCreation,
  CreatingBindingsForOperators: bindOperators,
  StartingInstallation: startInstallation,
  WaitingForInstallation: waitForInstallation,
  ConnectRuntimeAgent: connectAgent,
  WaitForAgentToConnect: waitForAgent,
  // What Kyma ordered of clouds for its services would be given back here.
  CleanupCluster: nothing,
  TriggerKymaUninstall: uninstallKyma,
  DeprovisionCluster: removeCluster,
  WaitForClusterDeletion: waitForDeletion,
  WaitingForShootNewVersion: upgrading('Gardener', ({ changing }) => !changing),
  WaitingForShootUpgrade: upgrading('gardener', ({ ready }) => ready),
  StartingUpgrade: startUpgrade,
  // How an upgrade ended is what its operation says.
  UpdatingUpgradeState: nothing,
  WaitForHibernation: waitForHibernation,
};

/** @throws ProvisionerError where the runtime's record is gone, and what a step throws */
export async function runStep(options: ProvisionerOptions, stage: Stage, runtimeId: string): Promise<StepResult> {
  const runtime = await options.registry.latest.get(provisionedRuntimes, runtimeId);
  if (!runtime) throw internalError(`there is no runtime ${runtimeId} any more`);
  return STEPS[stage](options, runtime);
}
