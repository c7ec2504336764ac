/** What to do when a provisioning goes wrong, by what its error says. */

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/ERR_INFRA_QUOTA_EXCEEDED/, "The provider's account is full: raise its quota, or ask for fewer or smaller machines."],
  [
    /ERR_INFRA_(?:UNAUTHORIZED|UNAUTHENTICATED|INSUFFICIENT_PRIVILEGES)/,
    'The provider refuses the credentials in --target-secret: check them.',
  ],
  [/ERR_INFRA_RATE_LIMITS_EXCEEDED/, 'The provider answers only so many requests: try again later.'],
  [/ERR_INFRA_RESOURCES_DEPLETED/, 'The provider has none of these machines left: try another machine type or region.'],
  [
    /ERR_INFRA_DEPENDENCIES/,
    'Something that the cluster needs at the provider is missing or in use: look there, then deprovision and try again.',
  ],
  [/ERR_CONFIGURATION_PROBLEM/, "The cluster's settings do not work together: correct the file, deprovision and try again."],
  [/err_provisioner_timeout/, 'It took too long: `compass runtime logs NAME` tells what was waited for. Deprovision it and try again.'],
  [/^AlreadyExists$/, "A cluster of this name is there: choose another name in the file's setting `name`, or leave it out."],
  [/^Forbidden$/, 'The side of the clusters forbids it: check what the account behind the Provisioner may do.'],
  [/^(?:InsufficientScopes|Unauthorized)$/, "The Director refuses the Provisioner: check the Provisioner's own credentials."],
];

const COMPONENTS: Readonly<Record<string, string>> = {
  provider: 'The provider of the plane gave up: `compass runtime logs NAME` shows what it wrote.',
  'kyma installer': '`compass runtime logs NAME` tells how the installation went; `compass runtime upgrade-kyma NAME` begins another.',
};

/** Of what the profile `full` alone does. */
export const FULL_ALONE = 'Start the plane with `--provisioner-profile full`, and provision the runtime there.';

const MESSAGES: readonly (readonly [RegExp, string])[] = [
  [
    /Kyma configuration of the cluster is managed by Reconciler/,
    'The Provisioner installed no Kyma there: it does with `--provisioner-profile full`, where a runtime is provisioned with --kyma-file.',
  ],
  [/upgrade can be rolled back only if/, '`compass runtime operations NAME` lists what was done with it.'],
  [/^error: Installation CR not found/, 'Kyma was never installed there: deprovision the runtime and provision it anew.'],
  [/the cluster is hibernated$/, 'Wake it first: `compass runtime wake NAME`.'],
];

/** Undefined where nobody knows better. */
export const hintFor = (reason: string, component = '', message = ''): string | undefined =>
  MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ??
  REASONS.find(([pattern]) => pattern.test(reason))?.[1] ??
  COMPONENTS[component];
