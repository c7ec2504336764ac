/**
 * Who may do what with bundles, APIs, events, documents, integration dependencies and instance auths: everything follows the application
 * that it belongs to (`reference: facts/bundles.md 11`). The one place for that.
 */
import { type Awaitable, andThen } from '../../registry/contract.ts';
import { type ApplicationRecord, applications } from '../application/records.ts';
import { type Call, tenantOf } from '../call.ts';
import { notFound, OWNER_NEEDED, unauthorized } from '../errors.ts';
import { owns, sees } from '../tenant-access/rules.ts';

export interface OfApplication {
  readonly applicationID: string;
}

/** The application, where the caller's tenant sees it. @throws TenantRequired */
export function seenApplication(call: Call, id: string): Awaitable<ApplicationRecord | undefined> {
  const tenant = tenantOf(call);
  return andThen(call.tx.get(applications, id), (application) => (application && sees(application, tenant) ? application : undefined));
}

/** The record, where the caller's tenant sees its application. @throws TenantRequired */
export function seen<R extends OfApplication>(call: Call, found: Awaitable<R | undefined>): Awaitable<R | undefined> {
  tenantOf(call);
  return andThen(found, (record) => record && andThen(seenApplication(call, record.applicationID), (application) => application && record));
}

/** An application's certificate or token opens what is its own, not what its neighbours in the tenant have, for writing. */
const isNeighbour = ({ caller }: Call, applicationID: string) =>
  caller.consumer.type === 'Application' && caller.consumer.id !== applicationID;

/** @throws NotFound where the caller's tenant does not see it */
export async function requireSeen<R extends OfApplication>(call: Call, found: Awaitable<R | undefined>, object: string): Promise<R> {
  const record = await seen(call, found);
  if (!record) throw notFound(object);
  return record;
}

/** @throws NotFound where the caller does not see it, Unauthorized where it sees but may not change it */
export async function requireChangeable<R extends OfApplication>(call: Call, found: Awaitable<R | undefined>, object: string): Promise<R> {
  const record = await requireSeen(call, found, object);
  const application = await call.tx.get(applications, record.applicationID);
  if (!application || isNeighbour(call, application.id)) throw notFound(object);
  if (!owns(application, tenantOf(call))) throw unauthorized(OWNER_NEEDED);
  return record;
}

/** The application that a new object of that kind is to belong to. @throws Unauthorized where it is not the caller's to change */
export async function requireParentApplication(call: Call, applicationID: string, kind: string): Promise<ApplicationRecord> {
  const tenant = tenantOf(call);
  const application = await call.tx.get(applications, applicationID);
  if (application && owns(application, tenant) && !isNeighbour(call, applicationID)) return application;
  throw unauthorized(
    `Tenant ${tenant} does not have access to the parent of the currently created ${kind}: tenant ${tenant} does not have access to the parent resource application with ID ${applicationID}`,
  );
}
