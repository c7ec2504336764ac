/** Formations: created, found and removed; what is sent about it is the business of `lifecycle/`, `assigning/` and `resync/` (`reference: facts/formations.md 6`). */
import { compareBytes } from '../../text/order.ts';
import { automaticScenarioAssignments } from '../automatic-scenario-assignment/records.ts';
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import { DirectorError, invalidData, notFound, notUnique, unclassified } from '../errors.ts';
import { formationAssignments } from '../formation-assignment/records.ts';
import { enforce } from '../formation-constraint/enforce.ts';
import { type FormationTemplateRecord, formationTemplates } from '../formation-template/records.ts';
import { templateForFormation } from '../formation-template/rules.ts';
import { BUILT_IN_TEMPLATE } from '../formation-template/seed.ts';
import { labelDefinitions } from '../label-definition/records.ts';
import { LARGEST_PAGE, type Page, type PageArguments, pageById } from '../page.ts';
import { webhookOwnerKey, webhooks, type WebhookRecord } from '../webhook/records.ts';
import { formationJoinPoint } from './join-points.ts';
import { type FormationRecord, formations } from './records.ts';

const OBJECT = 'formations';
const STATES = ['INITIAL', 'READY', 'CREATE_ERROR', 'DELETE_ERROR', 'DELETING', 'DRAFT'];
/** In characters. */
const LONGEST_NAME = 256;

export interface NewFormation {
  readonly name: string;
  readonly templateName?: string | null | undefined;
  readonly state?: string | null | undefined;
}

/** The formation of that name in the tenant, by internal id; the caller's unless given. @throws TenantRequired */
export const formationByName = async (call: Call, name: string, tenant = tenantOf(call)): Promise<FormationRecord | undefined> =>
  (await call.tx.find(formations, 'name', `${tenant}|${name}`))[0];

/** @throws NotFound */
export async function requireFormationByName(call: Call, name: string): Promise<FormationRecord> {
  const formation = await formationByName(call, name);
  if (!formation) throw notFound(OBJECT);
  return formation;
}

/** One of the calling tenant. @throws NotFound */
export async function requireFormation(call: Call, id: string): Promise<FormationRecord> {
  const tenant = tenantOf(call);
  const formation = await call.tx.get(formations, id);
  if (formation?.tenant !== tenant) throw notFound(OBJECT);
  return formation;
}

/** One of any tenant. @throws NotFound */
export async function requireFormationGlobally(call: Call, id: string): Promise<FormationRecord> {
  const formation = await call.tx.get(formations, id);
  if (!formation) throw notFound(OBJECT);
  return formation;
}

/** By id. */
export async function listFormations(call: Call, args: PageArguments): Promise<Page<FormationRecord>> {
  const tenant = tenantOf(call);
  return pageById(args, LARGEST_PAGE, (part) => call.tx.page(formations, { all: [{ index: 'tenant', anyOf: [tenant] }], ...part }));
}

/** Formations of all tenants that have an assignment of the object. */
export async function formationsForObject(call: Call, objectID: string): Promise<FormationRecord[]> {
  const assignments = await call.tx.find(formationAssignments, 'object', objectID);
  const found = await call.tx.getMany(formations, [...new Set(assignments.map((assignment) => assignment.formationID))]);
  return found.filter((formation) => formation !== undefined);
}

/** The template that a formation was made of: there as long as the formation is. */
export async function templateOf(call: Call, formation: FormationRecord): Promise<FormationTemplateRecord> {
  const template = await call.tx.get(formationTemplates, formation.formationTemplateId);
  if (!template) throw notFound('formationTemplate');
  return template;
}

/** Where a leading product is told about formations of this template, in the order of their making; whatever their types. */
export const lifecycleWebhooks = async (call: Call, templateID: string): Promise<readonly WebhookRecord[]> =>
  [...(await call.tx.find(webhooks, 'owner', webhookOwnerKey('formationTemplate', templateID)))].sort(
    (a, b) => compareBytes(a.createdAt, b.createdAt) || (a.place ?? 0) - (b.place ?? 0),
  );

function initialState(asked: string | undefined, isTold: boolean): string {
  if (isTold) return asked === 'DRAFT' ? 'DRAFT' : 'INITIAL';
  if (asked !== undefined && !STATES.includes(asked)) throw new DirectorError('InconsistentData', { object: OBJECT });
  return asked ?? 'READY';
}

/**
 * A formation in its first state: READY, unless another was asked for or a leading product is to be told first.
 * Its name becomes a possible scenario of the tenant.
 * @throws NotFound for the template, NotUnique for the name, InvalidData for too long a name, InconsistentData for a state that is none, UnclassifiedError by a constraint
 */
export async function createFormation(call: WriteCall, input: NewFormation): Promise<FormationRecord> {
  const tenant = tenantOf(call);
  const template = await templateForFormation(call, tenant, input.templateName || BUILT_IN_TEMPLATE);
  await enforce(call, 'PRE', formationJoinPoint('CREATE_FORMATION', template, { name: input.name, tenant }));
  if ([...input.name].length > LONGEST_NAME) throw invalidData(`name: the length must be no more than ${LONGEST_NAME}`);
  const [webhooks, namesake, definition] = await Promise.all([
    lifecycleWebhooks(call, template.id),
    formationByName(call, input.name),
    call.tx.get(labelDefinitions, tenant),
  ]);
  const state = initialState(input.state ?? undefined, webhooks.length > 0);
  if (namesake) throw notUnique(OBJECT);
  const formation: FormationRecord = {
    id: call.newId(),
    tenant,
    formationTemplateId: template.id,
    name: input.name,
    state,
    createdAt: call.now(),
  };
  await call.tx.put(labelDefinitions, { id: tenant, names: [...(definition?.names ?? []), input.name] });
  await call.tx.put(formations, formation);
  return formation;
}

/** What must hold before a formation goes. @throws UnclassifiedError while somebody takes part, or by a constraint */
export async function checkDeletion(call: Call, formation: FormationRecord): Promise<void> {
  const refused = (why: string) => unclassified(`cannot delete formation with ID "${formation.id}", because ${why}`);
  if ((await call.tx.count(formationAssignments, 'formation', formation.id)) > 0) throw refused('it is not empty');
  if ((await call.tx.count(automaticScenarioAssignments, 'scenario', `${formation.tenant}|${formation.name}`)) > 0)
    throw refused('there is still a subaccount part of it');
  await enforce(call, 'PRE', formationJoinPoint('DELETE_FORMATION', await templateOf(call, formation), formation));
}

/** Removes the formation and its name from the tenant's definition, whatever rules say. */
export async function discardFormation(call: WriteCall, formation: FormationRecord): Promise<void> {
  const definition = await call.tx.get(labelDefinitions, formation.tenant);
  if (definition) await call.tx.put(labelDefinitions, { ...definition, names: definition.names.filter((name) => name !== formation.name) });
  await call.tx.delete(formations, formation.id);
}

/** @throws UnclassifiedError by a constraint */
async function removeFormation(call: WriteCall, formation: FormationRecord): Promise<void> {
  const template = await templateOf(call, formation);
  await discardFormation(call, formation);
  await enforce(call, 'POST', formationJoinPoint('DELETE_FORMATION', template, formation));
}

/** Nobody is told here. @throws UnclassifiedError while somebody takes part, and by a constraint */
export async function deleteFormation(call: WriteCall, formation: FormationRecord): Promise<void> {
  await checkDeletion(call, formation);
  await removeFormation(call, formation);
}
