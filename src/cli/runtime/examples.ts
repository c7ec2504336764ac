/** Files with settings that work, to begin with. */
import { defaultSettings, type Provider } from '../input/provision-input.ts';

/** What each setting means. */
const NOTES: Readonly<Record<string, string>> = {
  provider: 'Who gives the machines: aws, azure, gcp or openstack.',
  region: 'Where; a region of the provider.',
  targetSecret: "Name of the secret with the provider's credentials.",
  kubernetesVersion: 'Version of the cluster.',
  machineType: 'Kind of machine; one of the provider.',
  workerCidr: 'Addresses of the machines.',
  autoScalerMin: 'Fewest and most machines.',
  maxSurge: 'How many machines more, and how many less, there may be while they are replaced.',
  providerSpecificConfig: 'What this provider needs: exactly one of awsConfig, azureConfig, gcpConfig, openStackConfig.',
};

const ORDER = [
  'provider',
  'region',
  'targetSecret',
  'kubernetesVersion',
  'machineType',
  'workerCidr',
  'autoScalerMin',
  'autoScalerMax',
  'maxSurge',
  'maxUnavailable',
  'providerSpecificConfig',
] as const;

const scalar = (value: unknown) => (typeof value === 'string' ? JSON.stringify(value) : String(value));

/** YAML of a value, indented by `depth` steps. */
function lines(value: unknown, depth: number): string[] {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value))
    return value.flatMap((item: unknown) => {
      if (typeof item !== 'object') return [`${indent}- ${scalar(item)}`];
      const [first = '', ...others] = lines(item, depth + 1);
      return [`${indent}- ${first.trimStart()}`, ...others];
    });
  return Object.entries(value as object).flatMap(([key, inner]: [string, unknown]) =>
    typeof inner === 'object' ? [`${indent}${key}:`, ...lines(inner, depth + 1)] : [`${indent}${key}: ${scalar(inner)}`],
  );
}

const noted = (key: string, value: unknown) => [...(NOTES[key] ? [`# ${NOTES[key]}`] : []), ...lines({ [key]: value }, 0)];

export function provisionExample(provider: Provider): string {
  const settings: Record<string, unknown> = defaultSettings(provider);
  const disk = provider === 'openstack' ? [] : ['# Disks of the machines; both or none.', '# diskType: "gp3"', '# volumeSizeGB: 50'];
  return [
    '# Settings of a cluster, for `compass runtime provision --name NAME --file FILE`.',
    '',
    '# Name of the cluster: one is made up unless given.',
    '# name: "c-prod"',
    ...ORDER.flatMap((key) => noted(key, settings[key])),
    ...disk,
    '# Addresses of pods and services.',
    '# podsCidr: "10.96.0.0/13"',
    '# servicesCidr: "10.104.0.0/13"',
    '# Set for clusters that matter: gives them a maintenance window.',
    '# purpose: "production"',
    '# Whether newer versions are taken without being asked for.',
    '# enableKubernetesVersionAutoUpdate: true',
    '# enableMachineImageVersionAutoUpdate: true',
    '# What the control plane survives: "node" or "zone".',
    '# controlPlaneFailureTolerance: "zone"',
    '# Who may log in.',
    '# oidcConfig:',
    '#   issuerURL: "https://login.example.com"',
    '#   clientID: "kyma"',
    '#   groupsClaim: "groups"',
    '#   usernameClaim: "sub"',
    '#   usernamePrefix: "-"',
    '#   signingAlgs: ["RS256"]',
  ].join('\n');
}

export const UPGRADE_EXAMPLE = [
  '# What shall change, for `compass runtime upgrade NAME --file FILE`. What is left out stays.',
  '',
  '# Never goes back to a lower version.',
  'kubernetesVersion: "1.29.4"',
  'machineType: "m5.2xlarge"',
  'autoScalerMin: 2',
  'autoScalerMax: 6',
  '# maxSurge: 2',
  '# maxUnavailable: 1',
  '# machineImage: "gardenlinux"',
  '# machineImageVersion: "1312.3.0"',
  '# Only where the cluster was provisioned with both.',
  '# diskType: "gp3"',
  '# volumeSizeGB: 100',
  '# purpose: "production"',
  '# Replaced as a whole; zones keep their names and addresses.',
  '# providerSpecificConfig:',
  '#   awsConfig:',
  '#     vpcCidr: "10.250.0.0/16"',
  '#     enableIMDSv2: true',
  '#     awsZones: []',
].join('\n');

export const KYMA_EXAMPLE = [
  '# A Kyma installation, for `compass runtime provision --kyma-file FILE` and `compass runtime upgrade-kyma NAME --file FILE`.',
  '# Planes with the profile full have one; others check it and leave it.',
  '',
  'version: "1.24.10"',
  '# Evaluation or Production.',
  'profile: Evaluation',
  '# In the order of their installation; the agent must be among them.',
  'components:',
  '  - component: cluster-essentials',
  '    namespace: kyma-system',
  '  - component: istio',
  '    namespace: istio-system',
  '    # Where its charts come from.',
  '    # sourceURL: "https://charts.example.com/istio.tgz"',
  '    # configuration:',
  '    #   - key: "global.proxy.resources.requests.cpu"',
  '    #     value: "10m"',
  '  - component: compass-runtime-agent',
  '    namespace: compass-system',
  '# Settings for all of them; a secret one is sealed where it is kept.',
  'configuration:',
  '  - key: global.domainName',
  '    value: example.com',
  '  # - key: "global.password"',
  '  #   value: "…"',
  '  #   secret: true',
  '# Merge or Replace what is set already.',
  '# conflictStrategy: Merge',
].join('\n');
