/** What operations wait for, and how long at most (`reference: facts/provisioner.md 5`). */

export type OperationKind =
  'Provision' | 'ProvisionNoInstall' | 'Deprovision' | 'DeprovisionNoInstall' | 'UpgradeShoot' | 'Upgrade' | 'Hibernate';

const MINUTE = 60_000;

/** Milliseconds, from the moment the stage is entered. */
const LIMITS = {
  WaitingForClusterDomain: 10 * MINUTE,
  WaitingForClusterCreation: 60 * MINUTE,
  CreatingBindingsForOperators: 5 * MINUTE,
  StartingInstallation: 20 * MINUTE,
  WaitingForInstallation: 60 * MINUTE,
  ConnectRuntimeAgent: 15 * MINUTE,
  WaitForAgentToConnect: 15 * MINUTE,
  CleanupCluster: 20 * MINUTE,
  TriggerKymaUninstall: 5 * MINUTE,
  DeprovisionCluster: 30 * MINUTE,
  WaitForClusterDeletion: 60 * MINUTE,
  WaitingForShootNewVersion: 5 * MINUTE,
  WaitingForShootUpgrade: 30 * MINUTE,
  StartingUpgrade: 20 * MINUTE,
  UpdatingUpgradeState: 5 * MINUTE,
  WaitForHibernation: 60 * MINUTE,
} as const;

/** Milliseconds of the stage that may take longest. */
export const LONGEST_STAGE = Math.max(...Object.values(LIMITS));

export type Stage = keyof typeof LIMITS;

export const isStage = (text: string): text is Stage => Object.hasOwn(LIMITS, text);

/** Milliseconds. */
export const limitOf = (stage: Stage): number => LIMITS[stage];
