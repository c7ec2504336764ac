/** Application templates: patterns that belong to no tenant and are seen by all (`reference: facts/applications.md 5`). */
import { type ApplicationRecord, applications } from '../application/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { invalidData, invalidOperation, notFound, STILL_REFERRED } from '../errors.ts';
import { type LabelFilter, labelTerms } from '../label/filter.ts';
import type { Labels } from '../label/records.ts';
import { SCENARIOS, withLabel } from '../label/rules.ts';
import { type Page, type PageArguments, pageById } from '../page.ts';
import type {
  ApplicationJsonInput,
  ApplicationTemplateInput,
  ApplicationTemplateUpdateInput,
  PlaceholderDefinitionInput,
  WebhookInput,
} from '../schema/types.generated.ts';
import { createWebhooks, removeWebhooksOf, requireReadableWebhooks } from '../webhook/rules.ts';
import { APPLICATION_TYPE_LABEL, REGION_LABEL, SELF_REGISTRATION_LABEL } from './labels.ts';
import { allowProvider, checkProvidersUpdate, checkSelfRegisteredRemoval, forgetProvider, isProvider, providedLabels } from './provider.ts';
import { type ApplicationTemplateRecord, applicationTemplates, type Placeholder } from './records.ts';
import { withProductFilter } from './roles.ts';

const OBJECT = 'applicationTemplate';

/** @throws NotFound */
export async function requireApplicationTemplate(call: Call, id: string): Promise<ApplicationTemplateRecord> {
  const template = await call.tx.get(applicationTemplates, id);
  if (!template) throw notFound(OBJECT);
  return template;
}

export interface TemplateListArguments extends PageArguments {
  readonly filter?: readonly LabelFilter[] | null;
}

/** @throws InvalidData for a bad page or filter */
export async function listApplicationTemplates(call: Call, args: TemplateListArguments): Promise<Page<ApplicationTemplateRecord>> {
  return pageById(args, 200, (part) => {
    const { terms, match } = labelTerms(args.filter, { tenant: undefined });
    const labels = terms.filter((term) => term.index === 'label') as { index: 'label'; anyOf: readonly string[] }[];
    return call.tx.page(applicationTemplates, { all: [{ index: 'all', anyOf: ['all'] }, ...labels], ...(match && { match }), ...part });
  });
}

/** A name is given once in each region; having no region counts as one. */
async function requireFreeName(call: Call, name: string, region: unknown): Promise<void> {
  const same = await call.tx.find(applicationTemplates, 'name', name);
  if (same.some((template) => template.labels[REGION_LABEL] === region))
    throw invalidOperation(
      `application template with name "${name}" and region ${typeof region === 'string' ? region : '<nil>'} already exists`,
      OBJECT,
    );
}

function checkProductName(name: string, input: ApplicationJsonInput): void {
  if (input.providerName === 'SAP' && !name.startsWith('SAP '))
    throw invalidData(`the name "${name}" of an application template whose provider is SAP must begin with "SAP "`);
}

function checkLabels(labels: Labels): void {
  if (Object.hasOwn(labels, SCENARIOS)) throw invalidData(`label with key ${SCENARIOS} cannot be set explicitly`);
  for (const [key, value] of Object.entries(labels))
    if (value === null || value === undefined) throw invalidData(`label with key ${key} has no value`);
}

/** Versions stand for sets of webhook templates that an installation configures; here none is. */
function checkWebhookVersions(webhooks: readonly WebhookInput[]): void {
  const version = webhooks.map((webhook) => webhook.version).find((given) => given !== undefined && given !== null);
  if (version !== undefined) throw invalidData(`there is no mapping of webhooks for version "${version}"`);
}

/** As it was given: empty texts stay, unlike those of the template itself. */
const placeholderOf = ({ name, description, jsonPath, optional }: PlaceholderDefinitionInput): Placeholder => ({
  name,
  description: description ?? undefined,
  jsonPath: jsonPath ?? undefined,
  optional: optional === null ? undefined : (optional ?? false),
});

function describedBy(input: ApplicationTemplateInput | ApplicationTemplateUpdateInput) {
  const labels = { [APPLICATION_TYPE_LABEL]: input.name, ...input.applicationInput.labels };
  return {
    name: input.name,
    ...(input.description ? { description: input.description } : {}),
    ...(input.applicationNamespace ? { applicationNamespace: input.applicationNamespace } : {}),
    applicationInput: { ...input.applicationInput, labels },
    placeholders: (input.placeholders ?? []).map(placeholderOf),
    accessLevel: 'GLOBAL' as const,
  };
}

/** @throws InvalidData, InvalidOperation for a name in use, NotUnique [object=webhook] or for a subject that another template has */
export async function createApplicationTemplate(call: WriteCall, input: ApplicationTemplateInput): Promise<ApplicationTemplateRecord> {
  const given = input.labels ?? {};
  checkLabels(given);
  checkProductName(input.name, input.applicationInput);
  if (Object.hasOwn(given, SELF_REGISTRATION_LABEL) && !isProvider(call))
    throw invalidOperation(`label ${SELF_REGISTRATION_LABEL} is for providers that call with their certificate`, OBJECT);
  checkWebhookVersions(input.webhooks ?? []);
  requireReadableWebhooks(input.webhooks ?? []);
  const labels = providedLabels(call, await withProductFilter(call, given, input.applicationInput, input.placeholders ?? []));
  await requireFreeName(call, input.name, labels[REGION_LABEL]);
  const now = call.now();
  const template: ApplicationTemplateRecord = { id: call.newId(), ...describedBy(input), labels, createdAt: now, updatedAt: now };
  await call.tx.put(applicationTemplates, template);
  await createWebhooks(call, { kind: 'applicationTemplate', id: template.id }, input.webhooks ?? []);
  await allowProvider(call, template.id);
  return template;
}

/**
 * Replaces all but the labels, to which the given ones are added, and the webhooks, which stay where none are given unless `override` says otherwise.
 * Systems of a renamed template get the new name as label applicationType.
 */
export async function updateApplicationTemplate(
  call: WriteCall,
  id: string,
  input: ApplicationTemplateUpdateInput,
  override: boolean,
): Promise<ApplicationTemplateRecord> {
  const webhooks = input.webhooks ?? [];
  checkProductName(input.name, input.applicationInput);
  checkWebhookVersions(webhooks);
  requireReadableWebhooks(webhooks);
  const template = await requireApplicationTemplate(call, id);
  checkProvidersUpdate(call, template.labels, input.applicationInput);
  const given = input.labels ?? {};
  checkLabels(given);
  const renamed = input.name !== template.name;
  if (renamed) await requireFreeName(call, input.name, template.labels[REGION_LABEL]);
  const updated: ApplicationTemplateRecord = {
    id,
    ...describedBy(input),
    labels: { ...template.labels, ...given },
    createdAt: template.createdAt,
    updatedAt: call.now(),
  };
  await call.tx.put(applicationTemplates, updated);
  if (webhooks.length > 0 || override) {
    await removeWebhooksOf(call, 'applicationTemplate', id);
    await createWebhooks(call, { kind: 'applicationTemplate', id }, webhooks);
  }
  if (renamed) for (const application of await applicationsOf(call, id)) await call.tx.put(applications, withType(application, input.name));
  return updated;
}

const applicationsOf = async (call: Call, templateID: string): Promise<readonly ApplicationRecord[]> =>
  call.tx.find(applications, 'template', templateID);

const withType = (application: ApplicationRecord, type: string): ApplicationRecord => ({
  ...application,
  labels: withLabel(application.labels, APPLICATION_TYPE_LABEL, type),
});

/** Answers the last state. @throws NotFound, InvalidOperation while an application of any tenant is of it */
export async function deleteApplicationTemplate(call: WriteCall, id: string): Promise<ApplicationTemplateRecord> {
  const template = await requireApplicationTemplate(call, id);
  checkSelfRegisteredRemoval(call, template);
  if ((await call.tx.count(applications, 'template', id)) > 0) throw invalidOperation(STILL_REFERRED, OBJECT);
  await removeWebhooksOf(call, 'applicationTemplate', id);
  await forgetProvider(call, id);
  await call.tx.delete(applicationTemplates, id);
  return template;
}
