/** What happens to access when a tenant gets other parents (`reference: facts/runtimes.md 13.3`). */
import type { WriteCall } from '../call.ts';
import type { TenantRecord } from '../tenant/records.ts';
import { ancestorLinks } from '../tenant/rules.ts';
import { inherited, revoked } from './inheritance.ts';
import { rewriteAccess } from './objects.ts';

/** To be called when the tenant has been put with its new parents. */
export async function moveAccess(call: WriteCall, { id, parents }: TenantRecord, formerParents: readonly string[]): Promise<void> {
  const lost = new Set(formerParents.filter((parent) => !parents.includes(parent)));
  if (lost.size === 0 && parents.every((parent) => formerParents.includes(parent))) return;
  const links = await ancestorLinks(call, id);
  await rewriteAccess(call, id, (access) => {
    const kept = revoked(access, ({ tenant, source }) => (source === id && lost.has(tenant)) || (tenant === id && lost.has(source)));
    const own = kept.filter(({ tenant }) => tenant === id);
    return own.length === 0
      ? kept
      : inherited(
          kept,
          own.some(({ owner }) => owner),
          links,
        );
  });
}
