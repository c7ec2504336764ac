/** Formation templates: which types of systems and runtimes may be combined (`reference: facts/formations.md 2`). */
import type { Call, WriteCall } from '../call.ts';
import {
  invalidData,
  invalidOperation,
  notFound,
  notUnique,
  OWNER_NEEDED,
  STILL_REFERRED,
  tenantRequired,
  unauthorized,
} from '../errors.ts';
import { formations } from '../formation/records.ts';
import { labelTerms } from '../label/filter.ts';
import { checkLabelInput } from '../label/rules.ts';
import { labelDefinitions } from '../label-definition/records.ts';
import { type Page, type PageArguments, pageBounds, pageOf } from '../page.ts';
import type { FormationTemplateRegisterInput, FormationTemplateUpdateInput, LabelFilter } from '../schema/types.generated.ts';
import { tenants } from '../tenant/records.ts';
import { createWebhooks, removeWebhooksOf } from '../webhook/rules.ts';
import { type FormationTemplateRecord, formationTemplates } from './records.ts';

const OBJECT = 'formationTemplate';
const GLOBAL = 'global';

/** Whom a template of the caller belongs to: its tenant, of a subaccount its account, of a caller without a tenant nobody. */
async function templateOwner(call: Call): Promise<string | undefined> {
  const id = call.caller.tenant?.id;
  if (id === undefined) return undefined;
  const tenant = await call.tx.get(tenants, id);
  if (tenant?.type !== 'subaccount') return id;
  const parents = await call.tx.getMany(tenants, tenant.parents);
  return parents.find((parent) => parent?.type === 'account')?.id ?? id;
}

const visibleTo = (owner: string | undefined) => (owner === undefined ? [GLOBAL] : [owner, GLOBAL]);

/** @throws NotFound */
export async function requireTemplate(call: Call, id: string): Promise<FormationTemplateRecord> {
  const template = await call.tx.get(formationTemplates, id);
  if (!template) throw notFound(OBJECT);
  return template;
}

/** Lists of templates tell of a missing size in words of their own, to whoever may read them. @throws InvalidData */
export function requireSize({ first }: PageArguments, { scopes }: Call['caller']): void {
  if (first === null && scopes.includes('formation_template:read')) throw invalidData("missing required parameter: 'first'");
}

/** Those that fit all filters, of the caller's tenant and of everybody. @throws InvalidData for a bad page */
export async function listTemplates(
  call: Call,
  filters: readonly LabelFilter[] | null | undefined,
  args: PageArguments,
): Promise<Page<FormationTemplateRecord>> {
  const bounds = pageBounds(args);
  if (filters?.some((filter) => filter.query?.startsWith('$')))
    throw invalidData('path queries over labels of formation templates are not supported');
  const owner = await templateOwner(call);
  const { terms, match } = labelTerms(filters ?? [], { tenant: owner });
  // oxlint-disable-next-line typescript/no-explicit-any -- templates are never filtered by scenarios, so that all terms are of the index `label`
  const all: any = [{ index: 'tenant', anyOf: visibleTo(owner) }, ...terms];
  return pageOf(await call.tx.page(formationTemplates, { all, ...(match && { match }), ...bounds }), args, bounds);
}

/** The caller's own ones of that name and the global one. */
export async function templatesByName(call: Call, name: string, args: PageArguments): Promise<Page<FormationTemplateRecord>> {
  const bounds = pageBounds(args);
  const anyOf = visibleTo(await templateOwner(call)).map((owner) => `${owner}|${name}`);
  return pageOf(await call.tx.page(formationTemplates, { all: [{ index: 'name', anyOf }], ...bounds }), args, bounds);
}

/** What a formation of this tenant gets by the name: the tenant's own template before the global one. @throws NotFound */
export async function templateForFormation(call: Call, tenant: string, name: string): Promise<FormationTemplateRecord> {
  const [own, global] = await call.tx.findMany(formationTemplates, 'name', [`${tenant}|${name}`, `${GLOBAL}|${name}`]);
  const template = own?.[0] ?? global?.[0];
  if (!template) throw notFound(OBJECT);
  return template;
}

async function requireFreeName(call: Call, owner: string | undefined, name: string, except?: string): Promise<void> {
  const same = await call.tx.find(formationTemplates, 'name', `${owner ?? GLOBAL}|${name}`);
  if (same.some((template) => template.id !== except)) throw notUnique(OBJECT);
}

const typesOf = (input: FormationTemplateUpdateInput) => ({
  name: input.name,
  applicationTypes: input.applicationTypes,
  ...(input.runtimeTypes && { runtimeTypes: input.runtimeTypes }),
  ...(input.runtimeTypeDisplayName && { runtimeTypeDisplayName: input.runtimeTypeDisplayName }),
  ...(input.runtimeArtifactKind && { runtimeArtifactKind: input.runtimeArtifactKind }),
  ...(input.leadingProductIDs && { leadingProductIDs: input.leadingProductIDs }),
  ...(input.discoveryConsumers && { discoveryConsumers: input.discoveryConsumers }),
  supportsReset: input.supportsReset ?? false,
});

/** @throws NotUnique for a name in use, NotFound for a label `scenarios` where the tenant has no such definition */
export async function createTemplate(call: WriteCall, input: FormationTemplateRegisterInput): Promise<FormationTemplateRecord> {
  const owner = await templateOwner(call);
  const labels = input.labels ?? {};
  await requireFreeName(call, owner, input.name);
  await checkScenarioLabel(call, labels, owner);
  const template: FormationTemplateRecord = {
    id: call.newId(),
    ...(owner !== undefined && { tenant: owner }),
    ...typesOf(input),
    labels,
    constraints: [],
    createdAt: call.now(),
  };
  await call.tx.put(formationTemplates, template);
  await createWebhooks(call, { kind: 'formationTemplate', id: template.id }, input.webhooks ?? []);
  return template;
}

/** A template may only carry the label `scenarios` where the tenant has its definition. */
async function checkScenarioLabel(call: Call, labels: Readonly<Record<string, unknown>>, owner: string | undefined): Promise<void> {
  if ('scenarios' in labels && !(owner !== undefined && (await call.tx.get(labelDefinitions, owner)))) throw notFound('labelDefinition');
}

async function requireOwned(call: Call, template: FormationTemplateRecord): Promise<void> {
  const owner = await templateOwner(call);
  if (owner === template.tenant) return;
  throw owner === undefined ? tenantRequired() : unauthorized(OWNER_NEEDED);
}

/** @throws NotFound with the id */
async function requireTemplateToChange(call: Call, id: string): Promise<FormationTemplateRecord> {
  const template = await call.tx.get(formationTemplates, id);
  if (!template) throw notFound(OBJECT, id);
  return template;
}

/** Replaces everything but labels, webhooks and constraints. @throws NotFound with the id, Unauthorized, NotUnique */
export async function updateTemplate(call: WriteCall, id: string, input: FormationTemplateUpdateInput): Promise<FormationTemplateRecord> {
  const stored = await requireTemplateToChange(call, id);
  await requireOwned(call, stored);
  await requireFreeName(call, stored.tenant, input.name, id);
  const { tenant, labels, constraints, createdAt } = stored;
  const template: FormationTemplateRecord = {
    id,
    ...(tenant !== undefined && { tenant }),
    ...typesOf(input),
    labels,
    constraints,
    createdAt,
    updatedAt: call.now(),
  };
  await call.tx.put(formationTemplates, template);
  return template;
}

/** Takes its webhooks along; attached constraints stay. @throws NotFound, Unauthorized, InvalidOperation while a formation uses it */
export async function deleteTemplate(call: WriteCall, id: string): Promise<FormationTemplateRecord> {
  const template = await requireTemplate(call, id);
  await requireOwned(call, template);
  if ((await call.tx.count(formations, 'template', id)) > 0) throw invalidOperation(STILL_REFERRED, OBJECT);
  await removeWebhooksOf(call, 'formationTemplate', id);
  await call.tx.delete(formationTemplates, id);
  return template;
}

async function changeLabels(
  call: WriteCall,
  id: string,
  labels: (present: FormationTemplateRecord['labels']) => FormationTemplateRecord['labels'],
): Promise<void> {
  const template = await requireTemplateToChange(call, id);
  await requireOwned(call, template);
  await call.tx.put(formationTemplates, { ...template, labels: labels(template.labels) });
}

/** @throws InvalidData of LabelInput, NotFound, Unauthorized */
export async function setTemplateLabel(
  call: WriteCall,
  id: string,
  label: { key: string; value: unknown },
): Promise<{ key: string; value: unknown }> {
  checkLabelInput(label.key, label.value);
  await requireTemplateToChange(call, id);
  await checkScenarioLabel(call, { [label.key]: label.value }, await templateOwner(call));
  await changeLabels(call, id, (present) => ({ ...present, [label.key]: label.value }));
  return label;
}

/** Answers the label as it was. @throws NotFound, Unauthorized */
export async function deleteTemplateLabel(call: WriteCall, id: string, key: string): Promise<{ key: string; value: unknown }> {
  const template = await requireTemplateToChange(call, id);
  if (!Object.hasOwn(template.labels, key)) throw notFound('formationTemplateLabel');
  await changeLabels(call, id, ({ [key]: _, ...rest }) => rest);
  return { key, value: template.labels[key] };
}
