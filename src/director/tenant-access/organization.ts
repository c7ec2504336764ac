/** Applications of an organization reach the accounts beside it, below the same root (`reference: facts/runtimes.md 13.4`). */
import { applications } from '../application/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { tenants, type TenantRecord } from '../tenant/records.ts';
import { ancestorLinks, childrenOf } from '../tenant/rules.ts';
import { granted, withRecord } from './inheritance.ts';
import type { Access } from './records.ts';

const ORGANIZATIONAL_TYPES = ['organization', 'folder', 'resource-group'];

/** What stands directly below each kind of root, with the applications that the root's accounts may see. */
const SHARING_CHILD: Readonly<Record<string, string>> = { customer: 'organization', 'cost-object': 'folder' };

const isRoot = (tenant: TenantRecord) => tenant.parents.length === 0 && Object.hasOwn(SHARING_CHILD, tenant.type);

/** Access of a new application: that of any new object, and of the accounts below the root where an organization has registered it. */
export async function applicationAccess(call: Call, tenant: string): Promise<Access[]> {
  const links = await ancestorLinks(call, tenant);
  let access = granted([], tenant, true, links);
  const owner = await call.tx.get(tenants, tenant);
  if (!owner || !ORGANIZATIONAL_TYPES.includes(owner.type)) return access;
  const roots = new Set(links.filter(({ parent }) => isRoot(parent)).map(({ parent }) => parent.id));
  for (const root of roots)
    for (const child of await childrenOf(call, root))
      if (child.type === 'account') access = withRecord(access, { tenant: child.id, owner: true, source: root });
  return access;
}

/** Shows an account that was written the applications of the organizations beside it, for reading. */
export async function shareWithAccount(call: WriteCall, account: TenantRecord): Promise<void> {
  if (account.type !== 'account') return;
  for (const parent of await call.tx.getMany(tenants, account.parents)) {
    if (!parent || !Object.hasOwn(SHARING_CHILD, parent.type)) continue;
    for (const sibling of await childrenOf(call, parent.id)) {
      if (sibling.type !== SHARING_CHILD[parent.type]) continue;
      for (const application of await call.tx.find(applications, 'tenant', sibling.id)) {
        const access = withRecord(application.access, { tenant: account.id, owner: false, source: parent.id });
        if (access.length > application.access.length) await call.tx.put(applications, { ...application, access });
      }
    }
  }
}
