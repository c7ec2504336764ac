/** Who sees and who changes an object (`reference: facts/runtimes.md 13`). */
import type { Call } from '../call.ts';
import { OWNER_NEEDED, unauthorized } from '../errors.ts';
import { tenants } from '../tenant/records.ts';
import { ancestorLinks, childrenOf } from '../tenant/rules.ts';
import { granted } from './inheritance.ts';
import type { Access, Accessible } from './records.ts';

/** Whether the tenant has any access. */
export const sees = (record: Accessible, tenant: string): boolean => record.access.some((access) => access.tenant === tenant);

/** Whether the tenant may change the object. */
export const owns = (record: Accessible, tenant: string): boolean => record.access.some((access) => access.tenant === tenant && access.owner);

/** @throws Unauthorized without ownership */
export function requireOwner(record: Accessible, tenant: string): void {
  if (!owns(record, tenant)) throw unauthorized(OWNER_NEEDED);
}

/** Access of a new object of that tenant: its own, and what all its ancestors inherit. */
export async function accessForOwner(call: Call, tenant: string): Promise<Access[]> {
  return granted([], tenant, true, await ancestorLinks(call, tenant));
}

const ORGANIZATIONAL_TYPES = ['organization', 'folder', 'resource-group'];
const ROOT_TYPES = ['customer', 'cost-object'];

/** Access of a new application: one of an organization is shared with the accounts directly below its root (13.4). */
export async function applicationAccess(call: Call, tenant: string): Promise<Access[]> {
  const links = await ancestorLinks(call, tenant);
  const access = granted([], tenant, true, links);
  const owner = await call.tx.get(tenants, tenant);
  if (!owner || !ORGANIZATIONAL_TYPES.includes(owner.type)) return access;
  const roots = new Set(links.filter(({ parent }) => ROOT_TYPES.includes(parent.type) && parent.parents.length === 0).map(({ parent }) => parent.id));
  for (const root of roots)
    for (const child of await childrenOf(call, root)) if (child.type === 'account') access.push({ tenant: child.id, owner: true, source: root });
  return access;
}
