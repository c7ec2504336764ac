/** What a formation template must look like (`reference: facts/formations.md 2`). */
import { invalidData } from '../errors.ts';
import type { FormationTemplateRegisterInput, FormationTemplateUpdateInput, WebhookInput } from '../schema/types.generated.ts';
import { each, type Fault, type Faults, faultsOf, first, labelKeys, length, required } from '../validation.ts';
import { webhookFault } from '../webhook/rules.ts';

type CommonInput = FormationTemplateRegisterInput & FormationTemplateUpdateInput;

/** The wire prints the bounds 0 and 512 as characters. */
const DISPLAY_NAME_TEXT = `Invalid "RuntimeTypeDisplayName": length should be between '\\x00' and 'Ȁ'`;
const LONGEST_DISPLAY_NAME = 512;
/** What is kept of a display name; longer ones pass the reference's own check and are refused by its storage. */
const LONGEST_KEPT_DISPLAY_NAME = 256;
const PARTS_TEXT =
  'Either all RuntimeTypes, RuntimeArtifactKind and RuntimeArtifactKind fields should be present or all of them should be missing';

/** Checks that have a text of their own and come before those of single fields. @throws InvalidData */
function checkRuntimeParts(input: CommonInput): void {
  const displayName = input.runtimeTypeDisplayName ?? undefined;
  if (displayName !== undefined && (displayName === '' || Buffer.byteLength(displayName) > LONGEST_DISPLAY_NAME))
    throw invalidData(DISPLAY_NAME_TEXT);
  const parts = [(input.runtimeTypes ?? []).length > 0, displayName !== undefined, Boolean(input.runtimeArtifactKind)];
  if (parts.includes(true) && parts.includes(false)) throw invalidData(PARTS_TEXT);
  if (displayName !== undefined && [...displayName].length > LONGEST_KEPT_DISPLAY_NAME)
    throw invalidData(`RuntimeTypeDisplayName: the length must be no more than ${LONGEST_KEPT_DISPLAY_NAME}`);
}

const typeName = (name: string): Fault | undefined => first(name, required, length(0, 256));

const consumerOf =
  (types: readonly string[]) =>
  (consumer: string): Fault | undefined =>
    consumer === '' ? 'cannot be blank' : types.includes(consumer) ? undefined : 'must be a valid value';

function commonFaults(input: CommonInput): Record<string, Fault | undefined> {
  checkRuntimeParts(input);
  return {
    name: first(input.name, required, length(0, 256)),
    applicationTypes: first(input.applicationTypes, required, each(typeName)),
    runtimeTypes: first(input.runtimeTypes, each(typeName)),
    discoveryConsumers: first(input.discoveryConsumers, each(consumerOf([...(input.runtimeTypes ?? []), ...input.applicationTypes]))),
  };
}

/** The first webhook at fault speaks for all, without its index. */
function webhooksFault(webhooks: readonly WebhookInput[]): Fault | undefined {
  for (const webhook of webhooks) {
    const fault = webhookFault(webhook);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

export const registerFaults = (input: FormationTemplateRegisterInput): Faults | undefined =>
  faultsOf({ ...commonFaults(input), labels: first(input.labels, labelKeys), webhooks: first(input.webhooks, webhooksFault) });

export const updateFaults = (input: FormationTemplateUpdateInput): Faults | undefined => faultsOf(commonFaults(input));
