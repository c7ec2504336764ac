/** What each operation waits for, in order, and how long at most (`reference: facts/provisioner.md 5`). */

/** `current` makes runtime ids itself; `agent` registers runtimes in the Director and connects their agents. */
export type Profile = 'current' | 'agent';

export type OperationKind = 'Provision' | 'DeprovisionNoInstall' | 'UpgradeShoot';

const MINUTE = 60_000;

/** Milliseconds, from the moment the stage is entered. */
const LIMITS = {
  WaitingForClusterDomain: 10 * MINUTE,
  WaitingForClusterCreation: 60 * MINUTE,
  CreatingBindingsForOperators: 5 * MINUTE,
  ConnectRuntimeAgent: 15 * MINUTE,
  WaitForAgentToConnect: 15 * MINUTE,
  DeprovisionCluster: 30 * MINUTE,
  WaitForClusterDeletion: 60 * MINUTE,
  WaitingForShootNewVersion: 5 * MINUTE,
  WaitingForShootUpgrade: 30 * MINUTE,
} as const;

/** Milliseconds of the stage that may take longest. */
export const LONGEST_STAGE = Math.max(...Object.values(LIMITS));

export type Stage = keyof typeof LIMITS;

export const isStage = (text: string): text is Stage => Object.hasOwn(LIMITS, text);

/** Milliseconds. */
export const limitOf = (stage: Stage): number => LIMITS[stage];

const STAGES: Readonly<Record<OperationKind, readonly Stage[]>> = {
  Provision: [
    'WaitingForClusterDomain',
    'WaitingForClusterCreation',
    'CreatingBindingsForOperators',
    'ConnectRuntimeAgent',
    'WaitForAgentToConnect',
  ],
  DeprovisionNoInstall: ['DeprovisionCluster', 'WaitForClusterDeletion'],
  UpgradeShoot: ['WaitingForShootNewVersion', 'WaitingForShootUpgrade', 'CreatingBindingsForOperators'],
};

/** How operations differ between planes. */
export interface StageOptions {
  readonly profile: Profile;
  readonly awaitsAgent: boolean;
}

/** The stages that an operation goes through there. */
export function stagesOf(operation: OperationKind, { profile, awaitsAgent }: StageOptions): readonly Stage[] {
  const left = new Set<Stage>([
    ...(profile === 'agent' ? [] : (['ConnectRuntimeAgent', 'WaitForAgentToConnect'] as const)),
    ...(awaitsAgent ? [] : (['WaitForAgentToConnect'] as const)),
  ]);
  return STAGES[operation].filter((one) => !left.has(one));
}

export const firstStage = (operation: OperationKind): Stage => STAGES[operation][0]!;

/** Undefined after the last one. */
export function stageAfter(operation: OperationKind, stage: Stage, options: StageOptions): Stage | undefined {
  const stages = stagesOf(operation, options);
  return stages[stages.indexOf(stage) + 1];
}
