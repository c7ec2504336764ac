/** Tenants as every other concept asks for them: by id, and what lies above them. */
import type { Call } from '../call.ts';
import { notFound } from '../errors.ts';
import { tenants, type TenantRecord } from './records.ts';

/** "The parent is above the child": one step on the way from a tenant to its roots. */
export interface AncestorLink {
  /** Internal id of the child. */
  readonly source: string;
  readonly parent: TenantRecord;
  /** Steps from the tenant that was asked for; a parent has 1. */
  readonly depth: number;
}

/** Whoever asks: nothing is checked here. */
export async function tenantByExternalID(call: Call, id: string): Promise<TenantRecord | undefined> {
  return (await call.tx.find(tenants, 'externalID', id))[0];
}

/** @throws NotFound [object=tenant] */
export async function requireTenantByExternalID(call: Call, id: string): Promise<TenantRecord> {
  const tenant = await tenantByExternalID(call, id);
  if (!tenant) throw notFound('tenant');
  return tenant;
}

/** By internal id. @throws NotFound [object=tenant] */
export async function requireTenant(call: Call, id: string): Promise<TenantRecord> {
  const tenant = await call.tx.get(tenants, id);
  if (!tenant) throw notFound('tenant');
  return tenant;
}

/** Of the cost objects above a tenant only the nearest count (`reference: facts/runtimes.md 13.1`). */
function nearestCostObjects(links: readonly AncestorLink[]): AncestorLink[] {
  const depths = links.filter((link) => link.parent.type === 'cost-object').map((link) => link.depth);
  const nearest = Math.min(...depths);
  return links.filter((link) => link.parent.type !== 'cost-object' || link.depth === nearest);
}

/** Every step from the tenant up to its roots, nearest first; none for an unknown tenant. */
export async function ancestorLinks(call: Call, tenantId: string): Promise<AncestorLink[]> {
  const links: AncestorLink[] = [];
  const seen = new Set([tenantId]);
  const start = await call.tx.get(tenants, tenantId);
  let level = start ? [start] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    const next: TenantRecord[] = [];
    for (const child of level) {
      for (const parent of await call.tx.getMany(tenants, child.parents)) {
        if (!parent) continue;
        links.push({ source: child.id, parent, depth });
        if (!seen.has(parent.id)) next.push(parent);
        seen.add(parent.id);
      }
    }
    level = next;
  }
  return nearestCostObjects(links);
}

/** Parents, their parents and so on, each once. */
export async function ancestorsOf(call: Call, tenantId: string): Promise<TenantRecord[]> {
  const links = await ancestorLinks(call, tenantId);
  return [...new Map(links.map((link) => [link.parent.id, link.parent])).values()];
}

/** The tenants directly below. */
export const childrenOf = async (call: Call, tenantId: string): Promise<readonly TenantRecord[]> =>
  call.tx.find(tenants, 'parent', tenantId);
