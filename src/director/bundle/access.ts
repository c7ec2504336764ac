/**
 * Who may do what with bundles, APIs, events, documents, integration dependencies and instance auths: everything follows the application
 * that it belongs to (`reference: facts/bundles.md 11`). The one place for that.
 */
import { andThen, type Awaitable, type Collection, type Stored } from '../../registry/contract.ts';
import { findApplication } from '../application/find.ts';
import { type ApplicationRecord, applications } from '../application/records.ts';
import { type Call, tenantOf } from '../call.ts';
import { isNeighbour } from '../consumer/neighbour.ts';
import { notFound, OWNER_NEEDED, unauthorized } from '../errors.ts';
import { owns } from '../tenant-access/rules.ts';
import { isUUID } from '../../text/uuid.ts';

export interface OfApplication {
  readonly applicationID: string;
}

/** The record, where the caller's tenant sees its application. @throws TenantRequired */
function seen<R extends OfApplication>(call: Call, found: Awaitable<R | undefined>): Awaitable<R | undefined> {
  tenantOf(call);
  return andThen(found, (record) => record && andThen(findApplication(call, record.applicationID), (application) => application && record));
}

/** As `seen`, for an id that somebody typed: unknown ones are none, what is no id at all is an error. @throws NotFound, TenantRequired */
export function lookUp<R extends Stored & OfApplication>(
  call: Call,
  from: Collection<R>,
  id: string,
  object: string,
): Awaitable<R | undefined> {
  tenantOf(call);
  if (!isUUID(id)) throw notFound(object);
  return seen(call, call.tx.get(from, id));
}

/** As `seen`, for writing: to a calling application what its neighbours have is unknown. @throws TenantRequired */
export function seenToChange<R extends OfApplication>(call: Call, found: Awaitable<R | undefined>): Awaitable<R | undefined> {
  return andThen(seen(call, found), (record) => (record && isNeighbour(call, 'application', record.applicationID) ? undefined : record));
}

/** @throws NotFound where the caller does not see it, or sees it as a neighbour */
export async function requireSeenToChange<R extends OfApplication>(
  call: Call,
  found: Awaitable<R | undefined>,
  object: string,
): Promise<R> {
  const record = await seenToChange(call, found);
  if (!record) throw notFound(object);
  return record;
}

/** @throws NotFound where the caller does not see it, Unauthorized where it sees but may not change it */
export async function requireChangeable<R extends OfApplication>(call: Call, found: Awaitable<R | undefined>, object: string): Promise<R> {
  const record = await requireSeenToChange(call, found, object);
  const application = await call.tx.get(applications, record.applicationID);
  if (!application) throw notFound(object);
  if (!owns(application, tenantOf(call))) throw unauthorized(OWNER_NEEDED);
  return record;
}

/** The application that a new object of that kind is to belong to. @throws Unauthorized where it is not the caller's to change */
export async function requireParentApplication(call: Call, applicationID: string, kind: string): Promise<ApplicationRecord> {
  const tenant = tenantOf(call);
  const application = await call.tx.get(applications, applicationID);
  if (application && owns(application, tenant) && !isNeighbour(call, 'application', applicationID)) return application;
  throw unauthorized(
    `Tenant ${tenant} does not have access to the parent of the currently created ${kind}: tenant ${tenant} does not have access to the parent resource application with ID ${applicationID}`,
  );
}
