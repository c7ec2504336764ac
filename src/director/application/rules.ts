/** Applications: how they are found, registered and removed (`reference: facts/applications.md 2`). */
import { draftBundles, removeBundlesOf, storeBundles } from '../bundle/rules.ts';
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import { isNeighbour } from '../consumer/neighbour.ts';
import { DirectorError, invalidData, notFound } from '../errors.ts';
import { removeEventingMarks } from '../eventing/marks.ts';
import { removeIntegrationDependenciesOf } from '../integration-dependency/rules.ts';
import { integrationSystems } from '../integration-system/records.ts';
import type { Labels } from '../label/records.ts';
import { SCENARIOS, withoutLabel } from '../label/rules.ts';
import type { ApplicationRegisterInput } from '../schema/types.generated.ts';
import { removeSystemAuthsOf } from '../system-auth/rules.ts';
import { applicationAccess, requireOwner } from '../tenant-access/rules.ts';
import { createWebhooks, removeWebhooksOf, requireReadableWebhooks } from '../webhook/rules.ts';
import { findApplication } from './find.ts';
import { checkStoredLengths } from './input.ts';
import { normalizeName } from './name.ts';
import { type ApplicationRecord, applications } from './records.ts';

export { findApplication, lookUpApplication } from './find.ts';

/** @throws NotFound [object=application] for unknown and foreign ones, TenantRequired */
export async function requireApplication(call: Call, id: string): Promise<ApplicationRecord> {
  const record = await findApplication(call, id);
  if (!record) throw notFound('application');
  return record;
}

/** As `requireApplication`, for operations that change it: to a calling application its neighbours are unknown. @throws NotFound, TenantRequired */
export async function requireOwnApplication(call: Call, id: string): Promise<ApplicationRecord> {
  const record = await requireApplication(call, id);
  if (isNeighbour(call, 'application', id)) throw notFound('application');
  return record;
}

/** The application, if the call may change it. @throws NotFound, TenantRequired, Unauthorized for tenants that only read it */
export async function requireChangeableApplication(call: Call, id: string): Promise<ApplicationRecord> {
  const record = await requireOwnApplication(call, id);
  requireOwner(record, tenantOf(call));
  return record;
}

/** @throws NotFound with the id of the integration system */
export async function requireIntegrationSystem(call: Call, id: string): Promise<void> {
  if (!(await call.tx.get(integrationSystems, id))) throw notFound('integrationSystem', id);
}

/** What a registration may bring beside its input. */
export interface Registration {
  /** Internal id of the tenant that it belongs to; that of the call where it is missing. */
  readonly tenant?: string;
  readonly applicationTemplateID?: string;
  /** Whether the input may say what the label `managed` is. */
  readonly keepManaged?: boolean;
}

function labelsOf(input: ApplicationRegisterInput, registration: Registration): Labels {
  const given = input.labels ?? {};
  if (Object.hasOwn(given, SCENARIOS)) throw invalidData(`label with key ${SCENARIOS} cannot be set explicitly`);
  for (const [key, value] of Object.entries(given))
    if (value === null || value === undefined) throw invalidData(`label with key ${key} has no value`);
  const managed = registration.keepManaged && Object.hasOwn(given, 'managed') ? given['managed'] : 'false';
  return {
    ...withoutLabel(given, 'integrationSystemID'),
    name: normalizeName(input.name),
    managed,
    ...(input.integrationSystemID ? { integrationSystemID: input.integrationSystemID } : {}),
  };
}

/** Null and empty texts are not kept. */
const filled = <K extends string>(fields: Record<K, string | null | undefined>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Partial<Record<K, string>>;

/**
 * Registers an application with everything that its input holds. The input has been judged by `registerInputFaults`.
 * @throws NotUniqueName, NotFound [object=integrationSystem], InvalidData for labels that nobody may give, NotUnique [object=appWebhook]
 */
export async function registerApplication(
  call: WriteCall,
  input: ApplicationRegisterInput,
  registration: Registration = {},
): Promise<ApplicationRecord> {
  const id = call.newId();
  const webhooks = input.webhooks ?? [];
  requireReadableWebhooks(webhooks);
  const bundles = draftBundles(call, id, input.bundles ?? []);
  const tenant = registration.tenant ?? tenantOf(call);
  // Asked for side by side, as each may be a way to a database.
  const [namesakes, access] = await Promise.all([
    call.tx.count(applications, 'name', `${tenant}|${normalizeName(input.name)}`),
    applicationAccess(call, tenant),
  ]);
  if (namesakes > 0) throw new DirectorError('NotUniqueName', { object: 'application' });
  if (input.integrationSystemID !== undefined && input.integrationSystemID !== null)
    await requireIntegrationSystem(call, input.integrationSystemID);
  const labels = labelsOf(input, registration);
  checkStoredLengths('ApplicationRegisterInput', input);
  const now = call.now();
  const record: ApplicationRecord = {
    id,
    name: input.name,
    ...filled({
      localTenantID: input.localTenantID,
      baseUrl: input.baseUrl,
      providerName: input.providerName,
      description: input.description,
      healthCheckURL: input.healthCheckURL,
      applicationNamespace: input.applicationNamespace,
      integrationSystemID: input.integrationSystemID,
      applicationTemplateID: registration.applicationTemplateID,
    }),
    status: { condition: input.statusCondition ?? 'INITIAL', timestamp: now },
    labels,
    scenarios: {},
    access,
    ready: true,
    createdAt: now,
  };
  await call.tx.put(applications, record);
  await createWebhooks(call, { kind: 'application', id }, webhooks);
  await storeBundles(call, bundles);
  return record;
}

/** Removes the application and everything below it. Whether it may go has been judged. */
export async function removeApplication(call: WriteCall, record: ApplicationRecord): Promise<void> {
  await Promise.all([
    removeWebhooksOf(call, 'application', record.id),
    removeBundlesOf(call, record.id),
    removeIntegrationDependenciesOf(call, record.id),
    removeSystemAuthsOf(call, 'application', record.id),
    removeEventingMarks(call, record.id),
  ]);
  await call.tx.delete(applications, record.id);
}
