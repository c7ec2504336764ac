/** What is looked at before anything is ordered, in the wire's order (`reference: facts/provisioner.md 3`). */
import { isOpenStack } from '../cluster/config.ts';
import { badRequest, databaseError, UncategorizedError } from '../errors.ts';
import type { GardenerConfigInput, KymaConfigInput, ProvisionRuntimeInput } from '../types.generated.ts';

const AGENT = 'compass-runtime-agent';
const MAX_NAME = 256;

const clusterFault = (text: string) => badRequest(`Cluster config validation error while starting Runtime provisioning, error: ${text}`);

function checkKyma({ components }: KymaConfigInput, context: string): void {
  if (components.length === 0) throw badRequest(`${context}, error: Kyma components list is empty`);
  if (!components.some((one) => one?.component === AGENT))
    throw badRequest(`${context}, error: Kyma components list does not contain Compass Runtime Agent`);
}

/** The rules of a provisioning hold for an upgrade as well. @throws ProvisionerError */
export const checkKymaUpgrade = (config: KymaConfigInput): void => checkKyma(config, 'validation error while starting Runtime upgrade');

const isGiven = (value: unknown) => value !== null && value !== undefined;

function checkCluster({ machineImage, machineImageVersion, provider, diskType, volumeSizeGB }: GardenerConfigInput): void {
  if (machineImageVersion && !machineImage) throw clusterFault('Machine Image Version passed while Machine Image is empty');
  if (isOpenStack(provider) && (isGiven(diskType) || isGiven(volumeSizeGB)))
    throw clusterFault('OpenStack mutation does not accept diskType or volumeSizeGb parameters');
}

/** How the wire calls what is no object. */
const KINDS: Readonly<Record<string, string>> = { string: 'string', number: 'json.Number', boolean: 'bool', object: '[]interface {}' };

/** A value that the scalar let through and that is no object. @throws UncategorizedError */
function checkLabels(labels: unknown): void {
  if (!isGiven(labels) || (typeof labels === 'object' && !Array.isArray(labels))) return;
  throw new UncategorizedError(`unexpected Labels type: ${KINDS[typeof labels]}, should be map[string]interface{}`, [
    'config',
    'runtimeInput',
    'labels',
  ]);
}

/** @throws ProvisionerError for the first fault */
export function checkProvisionInput({ runtimeInput, clusterConfig, kymaConfig }: ProvisionRuntimeInput): void {
  checkLabels(runtimeInput.labels);
  if (kymaConfig) checkKyma(kymaConfig, 'Kyma config validation error while starting Runtime provisioning');
  checkCluster(clusterConfig.gardenerConfig);
}

/** What the storage of the reference would not hold. @throws ProvisionerError */
export function checkLengths(clusterName: string, subAccount: string | undefined): void {
  for (const [what, value] of [
    ['cluster name', clusterName],
    ['sub-account', subAccount ?? ''],
  ] as const)
    if (value.length > MAX_NAME)
      throw databaseError(`Failed to set provisioning started: the ${what} has more than ${MAX_NAME} characters`);
}
