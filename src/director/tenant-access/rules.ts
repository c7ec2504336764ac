/** Who sees and who changes an object (`reference: facts/runtimes.md 13`). */
import type { Call } from '../call.ts';
import { OWNER_NEEDED, unauthorized } from '../errors.ts';
import { ancestorLinks } from '../tenant/rules.ts';
import { granted } from './inheritance.ts';
import type { Access, Accessible } from './records.ts';

/** Whether the tenant has any access. */
export const sees = (record: Accessible, tenant: string): boolean => record.access.some((access) => access.tenant === tenant);

/** Whether the tenant may change the object. */
export const owns = (record: Accessible, tenant: string): boolean =>
  record.access.some((access) => access.tenant === tenant && access.owner);

/** @throws Unauthorized without ownership */
export function requireOwner(record: Accessible, tenant: string): void {
  if (!owns(record, tenant)) throw unauthorized(OWNER_NEEDED);
}

/** Access of a new object of that tenant: its own, and what all its ancestors inherit. */
export async function accessForOwner(call: Call, tenant: string): Promise<Access[]> {
  return granted([], tenant, true, await ancestorLinks(call, tenant));
}

export { applicationAccess } from './organization.ts';
