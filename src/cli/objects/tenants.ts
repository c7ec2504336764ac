/** Tenants by their external id or name. */
import type { Client } from '../../client/client.ts';
import { TenantDocument, type TenantQuery, TenantsDocument } from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';
import { failureOf } from '../failure/failure-of.ts';
import { everyRow } from '../connection/paging.ts';
import { nearest } from '../frame/suggest.ts';

export type Tenant = NonNullable<TenantQuery['tenant']>;

async function byId(director: Client, id: string): Promise<Tenant | null> {
  try {
    return (await director.request(TenantDocument, { id })).tenant;
  } catch (error) {
    if (failureOf(error).code === 'not_found') return null;
    throw error;
  }
}

/** @throws Failure tenant_not_found with names that are near, ambiguous_name with the ids */
export async function findTenant(director: Client, asked: string): Promise<Tenant> {
  const known = await byId(director, asked);
  if (known !== null) return known;
  const all = await everyRow(async (bounds) => (await director.request(TenantsDocument, bounds)).page);
  const ids = all.filter(({ name }) => name === asked).map(({ id }) => id);
  if (ids.length > 1)
    throw new Failure('ambiguous_name', `${ids.length} tenants are called ${JSON.stringify(asked)}: ${ids.join(', ')}`, {
      details: { asked, ids },
    });
  const found = ids[0] === undefined ? null : await byId(director, ids[0]);
  if (found !== null) return found;
  const near = nearest(
    asked,
    all.flatMap(({ name }) => name ?? []),
  );
  throw new Failure('tenant_not_found', `There is no tenant ${JSON.stringify(asked)}.`, {
    hint: near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'See `compass tenant list`.',
    details: { asked, suggestions: near },
  });
}
