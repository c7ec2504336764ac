/** What the inputs of application templates must look like (`reference: facts/applications.md 5.2, 6`). */
import { registerInputFaults } from '../application/input.ts';
import type {
  ApplicationFromTemplateInput,
  ApplicationTemplateInput,
  ApplicationTemplateUpdateInput,
  PlaceholderDefinitionInput,
  TemplateValueInput,
  WebhookInput,
} from '../schema/types.generated.ts';
import { printableAscii } from '../texts/text-rules.ts';
import { each, type Fault, type Faults, faultsOf, first, length, required, type Rule, subdomainName } from '../validation.ts';
import { webhookFault } from '../webhook/rules.ts';
import { placeholdersFault } from './placeholders.ts';

const nameFault = (name: string) => first(name, required, printableAscii, length(1, 100));

/** At most that many bytes: this length alone does not count characters. */
const bytes =
  (max: number): Rule<string> =>
  (text) =>
    Buffer.byteLength(text) <= max ? undefined : `the length must be between 1 and ${max}`;

const placeholderFault: Rule<PlaceholderDefinitionInput> = (placeholder) =>
  faultsOf({
    name: first(placeholder.name, required, subdomainName),
    description: first(placeholder.description, length(0, 2000)),
    jsonPath: first(placeholder.jsonPath, length(0, 2000)),
  });

function firstWebhookFault(webhooks: readonly WebhookInput[]): Fault | undefined {
  for (const webhook of webhooks) {
    const fault = webhookFault(webhook);
    if (fault) return fault;
  }
  return undefined;
}

export const templateInputFaults = (input: ApplicationTemplateInput | ApplicationTemplateUpdateInput): Faults | undefined =>
  faultsOf({
    'Rule.ValidPlaceholders': placeholdersFault(input.placeholders ?? [], input.applicationInput),
    appInput: registerInputFaults(input.applicationInput),
    applicationNamespace: first(input.applicationNamespace, bytes(256)),
    description: first(input.description, length(0, 2000)),
    name: nameFault(input.name),
    placeholders: first(input.placeholders, each(placeholderFault)),
    webhooks: first(input.webhooks, firstWebhookFault),
  });

const valueFault: Rule<TemplateValueInput | null | undefined> = (value) =>
  value
    ? faultsOf({ placeholder: first(value.placeholder, required, subdomainName), value: first(value.value, length(0, 128)) })
    : required(value);

function repeatedPlaceholder(values: readonly (TemplateValueInput | null | undefined)[]): string | undefined {
  const seen = new Set<string>();
  for (const value of values) {
    if (!value) continue;
    if (seen.has(value.placeholder)) return `placeholder [name=${value.placeholder}] not unique`;
    seen.add(value.placeholder);
  }
  return undefined;
}

export function fromTemplateInputFaults(input: ApplicationFromTemplateInput): Faults | undefined {
  const values = input.values ?? [];
  const byPayload = input.placeholdersPayload !== undefined && input.placeholdersPayload !== null;
  return faultsOf({
    'Rule.EitherPlaceholdersOrPlaceholdersPayloadExists':
      values.length > 0 === byPayload ? 'one of values or placeholdersPayload should be provided' : undefined,
    'Rule.UniquePlaceholders': repeatedPlaceholder(values),
    templateName: nameFault(input.templateName),
    values: first(input.values, each(valueFault)),
  });
}
