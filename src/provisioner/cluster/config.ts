/** The cluster of a runtime as it is kept: what was ordered, with everything filled in that was left out (`reference: facts/provisioner.md 4`). */
import type { GardenerConfigInput, OidcConfigInput, ProviderSpecificInput } from '../types.generated.ts';
import { badRequest } from '../errors.ts';

export interface AwsZone {
  readonly name: string;
  readonly publicCidr: string;
  readonly internalCidr: string;
  readonly workerCidr: string;
}

export type ProviderConfig =
  | { readonly kind: 'gcp'; readonly zones: readonly string[] }
  | {
      readonly kind: 'azure';
      readonly vnetCidr: string;
      readonly zones?: readonly string[];
      readonly azureZones?: readonly { readonly name: number; readonly cidr: string }[];
      readonly enableNatGateway?: boolean;
      readonly idleConnectionTimeoutMinutes?: number;
    }
  | { readonly kind: 'aws'; readonly vpcCidr: string; readonly awsZones: readonly AwsZone[]; readonly enableIMDSv2: boolean }
  | {
      readonly kind: 'openstack';
      readonly zones: readonly string[];
      readonly floatingPoolName: string;
      readonly cloudProfileName: string;
      readonly loadBalancerProvider: string;
    };

export interface DnsConfig {
  readonly domain: string;
  readonly providers?: readonly {
    readonly domainsInclude: readonly string[];
    readonly primary: boolean;
    readonly secretName: string;
    readonly type: string;
  }[];
}

export interface ClusterConfig extends Omit<
  GardenerConfigInput,
  'providerSpecificConfig' | 'dnsConfig' | 'oidcConfig' | 'shootAndSeedSameRegion'
> {
  readonly seed: string;
  readonly providerSpecificConfig: ProviderConfig;
  readonly dnsConfig?: DnsConfig;
  readonly oidcConfig: OidcConfigInput;
}

const NO_LOGIN: OidcConfigInput = { clientID: '', groupsClaim: '', issuerURL: '', signingAlgs: [], usernameClaim: '', usernamePrefix: '' };
const OPENSTACK = {
  exposureClassName: 'converged-cloud-internet',
  floatingPoolName: 'FloatingIP-external-kyma-01',
  cloudProfileName: 'converged-cloud-kyma',
};

export const isOpenStack = (provider: string) => provider.toLowerCase() === 'openstack';

const given = <T extends object>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined)) as {
    [K in keyof T]: Exclude<T[K], null>;
  };

/** The first configuration that is given. @throws ProvisionerError where none is */
export function providerConfig({ gcpConfig, azureConfig, awsConfig, openStackConfig }: ProviderSpecificInput): ProviderConfig {
  if (gcpConfig) return { kind: 'gcp', zones: gcpConfig.zones };
  if (azureConfig) return { kind: 'azure', ...given(azureConfig) } as ProviderConfig;
  if (awsConfig)
    return {
      kind: 'aws',
      vpcCidr: awsConfig.vpcCidr,
      awsZones: awsConfig.awsZones.filter((zone) => zone !== null && zone !== undefined),
      enableIMDSv2: awsConfig.enableIMDSv2 ?? false,
    };
  if (openStackConfig) {
    const { zones, loadBalancerProvider, floatingPoolName, cloudProfileName } = openStackConfig;
    return {
      kind: 'openstack',
      zones,
      loadBalancerProvider,
      floatingPoolName: floatingPoolName ?? OPENSTACK.floatingPoolName,
      cloudProfileName: cloudProfileName ?? OPENSTACK.cloudProfileName,
    };
  }
  throw badRequest('provider config not specified');
}

function dnsConfig({ domain, providers }: NonNullable<GardenerConfigInput['dnsConfig']>): DnsConfig {
  const named = providers
    ?.filter((provider) => provider !== null && provider !== undefined)
    .map((provider) => ({ ...provider, domainsInclude: [domain] }));
  return { domain, ...(named?.length ? { providers: named } : {}) };
}

/** A cluster of that provider is put into the first of its zones. @throws ProvisionerError where there is none */
function checkFirstZone(config: ProviderConfig): ProviderConfig {
  if (config.kind === 'gcp' && config.zones.length === 0) throw badRequest('provider config gives no zones');
  return config;
}

/** What is kept of an order. @throws ProvisionerError where no provider's configuration is given, or one without the zones it needs */
export function clusterConfig(input: GardenerConfigInput): ClusterConfig {
  const { providerSpecificConfig, dnsConfig: dns, oidcConfig, shootAndSeedSameRegion: _ignored, ...plain } = input;
  return {
    ...given(plain),
    ...(isOpenStack(input.provider) ? { exposureClassName: OPENSTACK.exposureClassName } : {}),
    seed: input.seed ?? '',
    enableKubernetesVersionAutoUpdate: input.enableKubernetesVersionAutoUpdate ?? false,
    enableMachineImageVersionAutoUpdate: input.enableMachineImageVersionAutoUpdate ?? false,
    shootNetworkingFilterDisabled: input.shootNetworkingFilterDisabled ?? true,
    euAccess: input.euAccess ?? false,
    providerSpecificConfig: checkFirstZone(providerConfig(providerSpecificConfig)),
    ...(dns ? { dnsConfig: dnsConfig(dns) } : {}),
    oidcConfig: oidcConfig ?? NO_LOGIN,
  } as ClusterConfig;
}
