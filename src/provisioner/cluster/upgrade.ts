/** What may be changed of a cluster, and what comes of it (`reference: facts/provisioner.md 3, 6`). */
import type { GardenerUpgradeInput } from '../types.generated.ts';
import { badRequest, internalError, ProvisionerError } from '../errors.ts';
import { providerConfig, type ClusterConfig, type ProviderConfig } from './config.ts';

const NOT_EMPTY = [
  ['machineType', 'machine type'],
  ['kubernetesVersion', 'kubernetes version'],
  ['diskType', 'disk type'],
  ['purpose', 'purpose'],
] as const satisfies readonly (readonly [keyof GardenerUpgradeInput, string])[];

/** @throws ProvisionerError for the first value that is given and empty */
export function checkNotEmpty(input: GardenerUpgradeInput): void {
  const empty = NOT_EMPTY.find(([field]) => input[field] === '');
  if (empty) throw badRequest(`empty ${empty[1]} provided`);
}

const REFUSED = 'Invalid gardener provider config change';
const NEW_ZONE = `${REFUSED}, extension of shoot network zones is not supported`;

const moved = (what: string, from: string, to: string) =>
  badRequest(`${REFUSED}, cannot change shoot network ${what} from ${from} to ${to}`);

/** Zones that are given must be there already, with the networks that they have. @throws ProvisionerError */
export function checkZones(present: ProviderConfig, wanted: ProviderConfig): void {
  if (wanted.kind === 'azure') {
    const zones = present.kind === 'azure' ? (present.azureZones ?? []) : [];
    for (const { name, cidr } of wanted.azureZones ?? []) {
      const known = zones.find((zone) => zone.name === name);
      if (!known) throw badRequest(NEW_ZONE);
      if (known.cidr !== cidr) throw moved('zone CIDR', known.cidr, cidr);
    }
  }
  if (wanted.kind === 'aws') {
    const zones = present.kind === 'aws' ? present.awsZones : [];
    for (const zone of wanted.awsZones) {
      const known = zones.find(({ name }) => name === zone.name);
      if (!known) throw badRequest(NEW_ZONE);
      if (known.workerCidr !== zone.workerCidr) throw moved('zone workers CIDR', known.workerCidr, zone.workerCidr);
      if (known.internalCidr !== zone.internalCidr) throw moved('zone internal CIDR', known.internalCidr, zone.internalCidr);
      if (known.publicCidr !== zone.publicCidr) throw moved('zone internal CIDR', known.publicCidr, zone.publicCidr);
    }
  }
}

/** @throws ProvisionerError where the text is no version */
function versionOf(text: string): readonly number[] {
  const [, numbers] = /^\s*v?(\d+(?:\.\d+)+)(?:[-+].*)?\s*$/.exec(text) ?? [];
  if (!numbers)
    throw internalError(
      `Failed to check if the shoot kubernetes version is higher than the config one, Failed to parse "${text}" as a version`,
    );
  return numbers.split('.').map(Number);
}

/** The higher of the two: a running cluster never goes back. @throws ProvisionerError where one is no version */
export function higherVersion(running: string, wanted: string): string {
  const [a, b] = [versionOf(running), versionOf(wanted)];
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference > 0 ? running : wanted;
  }
  return wanted;
}

/** The provider's part of a change; undefined where it stays. @throws ProvisionerError where none of the providers is given */
export function wantedProviderConfig({ providerSpecificConfig: wanted }: GardenerUpgradeInput): ProviderConfig | undefined {
  if (!wanted) return undefined;
  try {
    return providerConfig(wanted);
  } catch (error) {
    throw error instanceof ProvisionerError ? badRequest(`Failed to convert GardenerClusterUpgradeConfig: ${error.message}`) : error;
  }
}

/**
 * Only a cluster that was ordered with a type and a size of disk has volumes that can be changed.
 * @throws ProvisionerError
 */
export function checkVolume(present: ClusterConfig, { diskType, volumeSizeGB }: GardenerUpgradeInput): void {
  const asked = [diskType, volumeSizeGB].some((value) => value !== null && value !== undefined);
  if (asked && (present.diskType === undefined || present.volumeSizeGB === undefined))
    throw badRequest(`${REFUSED}, the cluster was provisioned without diskType and volumeSizeGB, so they cannot be changed`);
}

/** What is kept after a change. What is not given stays; what a control plane survives is forgotten, as clients know it. */
export function changedConfig(present: ClusterConfig, input: GardenerUpgradeInput, provider: ProviderConfig | undefined): ClusterConfig {
  const { providerSpecificConfig: _given, kubernetesVersion, ...plain } = input;
  const wanted = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== null && value !== undefined));
  const { controlPlaneFailureTolerance: _forgotten, ...kept } = present;
  return {
    ...kept,
    ...wanted,
    kubernetesVersion: kubernetesVersion ? higherVersion(present.kubernetesVersion, kubernetesVersion) : present.kubernetesVersion,
    providerSpecificConfig: provider ?? present.providerSpecificConfig,
  };
}
