/** Who may add webhooks to an owner, and change those that it has (`reference: facts/security.md 5.4`). */
import { applicationTemplates } from '../application-template/records.ts';
import { applications } from '../application/records.ts';
import { type Call, tenantOf } from '../call.ts';
import { isNeighbour } from '../consumer/neighbour.ts';
import { invalidData, OWNER_NEEDED, tenantRequired, unauthorized } from '../errors.ts';
import { formationTemplates } from '../formation-template/records.ts';
import { runtimes } from '../runtime/records.ts';
import type { MutationAddWebhookArgs } from '../schema/types.generated.ts';
import type { Accessible } from '../tenant-access/records.ts';
import { owns, sees } from '../tenant-access/rules.ts';
import type { WebhookOwnerKind, WebhookRecord } from './records.ts';

/** The label by which an application template belongs to a tenant. */
const TENANT_LABEL = 'global_subaccount_id';

const noParent = (kind: string) => invalidData(`cannot add ${kind}Webhook due to not existing reference entity`);
const noAccess = (tenant: string, object: string, why: string) =>
  unauthorized(`Tenant ${tenant} does not have access to the parent of the currently created ${object}: ${why}`);
const noAccessTo = (tenant: string, object: string, kind: string, id: string) =>
  noAccess(tenant, object, `tenant ${tenant} does not have access to the parent resource ${kind} with ID ${id}`);

/** Records with access; to a calling application or runtime its neighbours are unknown. */
async function accessible(call: Call, kind: 'application' | 'runtime', id: string): Promise<Accessible | undefined> {
  if (isNeighbour(call, kind, id)) return undefined;
  return kind === 'application' ? call.tx.get(applications, id) : call.tx.get(runtimes, id);
}

const TITLES = { application: 'Application', runtime: 'Runtime' } as const;
const OBJECTS = { application: 'appWebhook', runtime: 'runtimeWebhook' } as const;

async function mayAddToAccessible(call: Call, kind: 'application' | 'runtime', id: string): Promise<void> {
  const tenant = tenantOf(call);
  const record = await accessible(call, kind, id);
  if (!record || !sees(record, tenant)) throw noParent(TITLES[kind]);
  if (!owns(record, tenant)) throw noAccessTo(tenant, OBJECTS[kind], kind, id);
}

async function mayAddToApplicationTemplate(call: Call, id: string): Promise<void> {
  const template = await call.tx.get(applicationTemplates, id);
  if (!template) throw noParent('ApplicationTemplate');
  const { tenant } = call.caller;
  if (!tenant) return;
  const owner = template.labels[TENANT_LABEL];
  if (owner === undefined)
    throw noAccess(tenant.id, 'webhook', `the parent of type applicationTemplate with id ${id} does not have "${TENANT_LABEL}" label`);
  if (owner !== tenant.externalId)
    throw noAccess(tenant.id, 'webhook', `the provided tenant ${tenant.externalId} and the parent tenant ${String(owner)} do not match`);
}

async function mayAddToFormationTemplate(call: Call, id: string): Promise<void> {
  const template = await call.tx.get(formationTemplates, id);
  if (!template) throw noParent('FormationTemplate');
  const { tenant } = call.caller;
  if (tenant && tenant.id !== template.tenant) throw noAccessTo(tenant.id, 'formationTemplateWebhook', 'formationTemplate', id);
}

const MAY_ADD: Readonly<Record<WebhookOwnerKind, (call: Call, id: string) => Promise<void>>> = {
  application: (call, id) => mayAddToAccessible(call, 'application', id),
  runtime: (call, id) => mayAddToAccessible(call, 'runtime', id),
  applicationTemplate: mayAddToApplicationTemplate,
  formationTemplate: mayAddToFormationTemplate,
  integrationSystem: async () => Promise.reject(noParent('IntegrationSystem')),
};

/** The one owner that the arguments name. @throws InvalidData, Unauthorized, TenantRequired */
export async function ownerToAddTo(call: Call, args: Omit<MutationAddWebhookArgs, 'in'>): Promise<WebhookRecord['owner']> {
  const named = (
    [
      ['application', args.applicationID],
      ['applicationTemplate', args.applicationTemplateID],
      ['runtime', args.runtimeID],
      ['formationTemplate', args.formationTemplateID],
    ] as const
  ).filter((entry): entry is [(typeof entry)[0], string] => typeof entry[1] === 'string');
  const [owner] = named;
  if (!owner || named.length > 1)
    throw invalidData('exactly one of applicationID, applicationTemplateID, runtimeID or formationTemplateID should be specified');
  const [kind, id] = owner;
  await MAY_ADD[kind](call, id);
  return { kind, id };
}

async function hasRightTo(call: Call, { kind, id }: WebhookRecord['owner']): Promise<boolean> {
  const { tenant } = call.caller;
  if (kind === 'application' || kind === 'runtime') {
    if (!tenant) throw tenantRequired();
    const record = await accessible(call, kind, id);
    return record !== undefined && owns(record, tenant.id);
  }
  if (!tenant) return true;
  if (kind === 'formationTemplate') return (await call.tx.get(formationTemplates, id))?.tenant === tenant.id;
  const owner = (await call.tx.get(applicationTemplates, id))?.labels[TENANT_LABEL];
  return owner === undefined || owner === tenant.externalId;
}

/** Whether the caller may change and delete the owner's webhooks. @throws Unauthorized, TenantRequired */
export async function requireRightTo(call: Call, owner: WebhookRecord['owner']): Promise<void> {
  if (!(await hasRightTo(call, owner))) throw unauthorized(OWNER_NEEDED);
}
