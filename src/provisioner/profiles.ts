/** The generations of the reference's Provisioner, and all that they do differently (`reference: facts/provisioner.md`, its first table). */
import type { ClusterProvider } from './provider.ts';
import type { OperationKind, Stage } from './operations/stages.ts';

export const PROFILE_NAMES = ['agent', 'current', 'full'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];

export interface Profile {
  /** Whether runtimes are registered in the Director, which gives them their ids. */
  readonly registers: boolean;
  /** Whether Kyma is installed where an order asks for it, changed and rolled back. */
  readonly managesKyma: boolean;
  /** Whether clusters can be put to sleep. */
  readonly hibernates: boolean;
  /** Whether access to a cluster is kept when the cluster is made, and told from then on; else a fresh one is asked for each time. */
  readonly keepsKubeconfig: boolean;
  /** What a provisioning and a removal are called without Kyma. With it they are `Provision` and `Deprovision`. */
  readonly withoutKyma: { readonly provision: OperationKind; readonly deprovision: OperationKind };
  /** Operations that `/metrics` counts. */
  readonly counted: readonly OperationKind[];
  /** What each operation goes through, in order. */
  readonly stages: Readonly<Record<OperationKind, readonly Stage[]>>;
}

const CLUSTER = ['WaitingForClusterDomain', 'WaitingForClusterCreation', 'CreatingBindingsForOperators'] as const;
const AGENT = ['ConnectRuntimeAgent', 'WaitForAgentToConnect'] as const;
const KYMA = ['StartingInstallation', 'WaitingForInstallation'] as const;
const REMOVAL = ['DeprovisionCluster', 'WaitForClusterDeletion'] as const;

/** All kinds, in every profile: a runtime may have been ordered under another one. */
const STAGES: Profile['stages'] = {
  Provision: [...CLUSTER, ...KYMA, ...AGENT],
  ProvisionNoInstall: [...CLUSTER, ...AGENT],
  Deprovision: ['CleanupCluster', 'TriggerKymaUninstall', ...REMOVAL],
  DeprovisionNoInstall: REMOVAL,
  UpgradeShoot: ['WaitingForShootNewVersion', 'WaitingForShootUpgrade', 'CreatingBindingsForOperators'],
  Upgrade: ['StartingUpgrade', 'WaitingForInstallation', 'UpdatingUpgradeState'],
  Hibernate: ['WaitForHibernation'],
};

const LATER = {
  managesKyma: false,
  hibernates: false,
  keepsKubeconfig: false,
  withoutKyma: { provision: 'Provision', deprovision: 'DeprovisionNoInstall' },
  // The first one has no operations there, and clients know it as 0.
  counted: ['ProvisionNoInstall', 'DeprovisionNoInstall'],
} as const;

const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  full: {
    registers: true,
    managesKyma: true,
    hibernates: true,
    keepsKubeconfig: true,
    withoutKyma: { provision: 'ProvisionNoInstall', deprovision: 'DeprovisionNoInstall' },
    counted: ['Provision', 'ProvisionNoInstall', 'Deprovision', 'DeprovisionNoInstall', 'Upgrade'],
    stages: STAGES,
  },
  agent: { ...LATER, registers: true, stages: { ...STAGES, Provision: [...CLUSTER, ...AGENT] } },
  current: { ...LATER, registers: false, stages: { ...STAGES, Provision: CLUSTER } },
};

export const profileOf = ({ profile }: { readonly profile: ProfileName }): Profile => PROFILES[profile];

/** Where an operation is carried out. */
export interface StageOptions {
  readonly profile: ProfileName;
  readonly provider: Pick<ClusterProvider, 'awaitsAgent'>;
}

/** An operation goes through the stages that it began with, also when the plane was started again with another profile. */
export const begunIn = ({ profile }: { readonly profile?: ProfileName }, options: StageOptions): StageOptions => ({
  profile: profile ?? options.profile,
  provider: options.provider,
});

/** The stages that an operation goes through there. */
export function stagesOf(operation: OperationKind, { profile, provider }: StageOptions): readonly Stage[] {
  const stages = PROFILES[profile].stages[operation];
  const withKyma = stages.includes('WaitingForInstallation');
  return provider.awaitsAgent(withKyma) ? stages : stages.filter((stage) => stage !== 'WaitForAgentToConnect');
}

export const firstStage = (operation: OperationKind, { profile }: Pick<StageOptions, 'profile'>): Stage =>
  PROFILES[profile].stages[operation][0]!;

/** Undefined after the last one. */
export function stageAfter(operation: OperationKind, stage: Stage, options: StageOptions): Stage | undefined {
  const stages = stagesOf(operation, options);
  return stages[stages.indexOf(stage) + 1];
}
