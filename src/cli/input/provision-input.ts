/** The input of a provisioning, filled up so that a name alone is enough. */
import type { ProvisionRuntimeInput } from '../../client/provisioner.generated.ts';
import { given } from './input.ts';

export const PROVIDERS = ['aws', 'azure', 'gcp', 'openstack'] as const;
export type Provider = (typeof PROVIDERS)[number];

export interface ProvisionFlags {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly labels?: Record<string, unknown> | undefined;
  readonly provider?: Provider | undefined;
  readonly region?: string | undefined;
  readonly machineType?: string | undefined;
  readonly kubernetesVersion?: string | undefined;
  readonly targetSecret?: string | undefined;
  readonly minNodes?: number | undefined;
  readonly maxNodes?: number | undefined;
}

/** Settings of the cluster that flags give. */
export const givenSettings = (flags: ProvisionFlags) =>
  given({
    kubernetesVersion: flags.kubernetesVersion,
    provider: flags.provider,
    targetSecret: flags.targetSecret,
    region: flags.region,
    machineType: flags.machineType,
    autoScalerMin: flags.minNodes,
    autoScalerMax: flags.maxNodes,
  });

const WORKERS = '10.250.0.0/16';

/** What each provider needs beside the common part; places and machines are its usual small ones. */
const DEFAULTS: Readonly<
  Record<Provider, { region: string; machineType: string; providerSpecificConfig: (region: string) => Record<string, unknown> }>
> = {
  aws: {
    region: 'eu-central-1',
    machineType: 'm5.xlarge',
    providerSpecificConfig: (region) => ({
      awsConfig: {
        vpcCidr: WORKERS,
        awsZones: [{ name: `${region}a`, workerCidr: '10.250.0.0/19', publicCidr: '10.250.32.0/20', internalCidr: '10.250.48.0/20' }],
      },
    }),
  },
  azure: {
    region: 'westeurope',
    machineType: 'Standard_D4_v3',
    providerSpecificConfig: () => ({ azureConfig: { vnetCidr: WORKERS, azureZones: [{ name: 1, cidr: '10.250.0.0/19' }] } }),
  },
  gcp: {
    region: 'europe-west3',
    machineType: 'n2-standard-4',
    providerSpecificConfig: (region) => ({ gcpConfig: { zones: [`${region}-a`] } }),
  },
  openstack: {
    region: 'eu-de-1',
    machineType: 'g_c4_m16',
    providerSpecificConfig: (region) => ({ openStackConfig: { zones: [`${region}a`], loadBalancerProvider: 'f5' } }),
  },
};

/** The cluster's name: letters and digits, short enough for every provider, and its own for each runtime. */
const clusterName = (name: string) =>
  `c-${name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 8)}${Math.random().toString(36).slice(2, 7)}`;

const COMMON = {
  kubernetesVersion: '1.28.7',
  targetSecret: 'default',
  workerCidr: WORKERS,
  autoScalerMin: 1,
  autoScalerMax: 3,
  maxSurge: 1,
  maxUnavailable: 0,
};

/** A whole set of settings for a provider: what a name alone is provisioned with. */
export function defaultSettings(provider: Provider, region = DEFAULTS[provider].region) {
  const { machineType, providerSpecificConfig } = DEFAULTS[provider];
  return { ...COMMON, provider, region, machineType, providerSpecificConfig: providerSpecificConfig(region) };
}

/** Flags go before what the file holds; where it has no settings of the cluster the usual ones are taken. */
export function provisionInput(file: Readonly<Record<string, unknown>>, flags: ProvisionFlags): ProvisionRuntimeInput {
  const base = file as Partial<ProvisionRuntimeInput>;
  const runtimeInput = {
    ...base.runtimeInput,
    ...given({ name: flags.name, description: flags.description, labels: flags.labels }),
  } as ProvisionRuntimeInput['runtimeInput'];
  return {
    ...base,
    runtimeInput,
    clusterConfig: {
      ...base.clusterConfig,
      gardenerConfig: {
        name: clusterName(runtimeInput.name),
        ...(base.clusterConfig?.gardenerConfig ?? defaultSettings(flags.provider ?? 'aws', flags.region)),
        ...givenSettings(flags),
      } as ProvisionRuntimeInput['clusterConfig']['gardenerConfig'],
    },
  };
}
