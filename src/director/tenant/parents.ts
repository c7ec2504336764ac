/** Which tenants a written one is put below (`reference: facts/runtimes.md 12.2, 12.3`). */
import type { Call } from '../call.ts';
import { invalidOperation, notFound } from '../errors.ts';
import type { BusinessTenantMappingInput } from '../schema/types.generated.ts';
import { ACCOUNT, COST_OBJECT, CUSTOMER, withoutLeadingZeros, writtenParents } from './input.ts';
import { tenants, type TenantRecord } from './records.ts';
import { ancestorsOf, tenantByExternalID } from './rules.ts';

/** Type of a parent by the id as it was written; undefined for an unknown one. */
type TypeLookup = (writtenID: string) => Promise<string | undefined>;

export const storedType =
  (call: Call): TypeLookup =>
  async (id) =>
    (await tenantByExternalID(call, id))?.type;

/**
 * External ids of the parents as they are stored: those of an organization, and customers above an account, lose their zeros.
 * @throws NotFound [object=tenant] for an unknown parent of an account
 */
export async function storedParentIDs(input: BusinessTenantMappingInput, typeOf: TypeLookup): Promise<string[]> {
  const written = writtenParents(input);
  if (input.type === 'organization') return written.map(withoutLeadingZeros);
  if (input.type !== ACCOUNT) return written;
  const ids: string[] = [];
  for (const id of written) {
    const type = await typeOf(id);
    if (type === undefined) throw notFound('tenant');
    ids.push(type === CUSTOMER ? withoutLeadingZeros(id) : id);
  }
  return ids;
}

/** @throws InvalidOperation for a tenant that stands above itself, or an account below neither customer nor cost object */
export async function checkPlace(call: Call, tenant: TenantRecord): Promise<void> {
  if (tenant.parents.length === 0) return;
  if ((await ancestorsOf(call, tenant.id)).some(({ id }) => id === tenant.id) || tenant.parents.includes(tenant.id))
    throw invalidOperation('a tenant cannot be below itself', 'tenant');
  if (tenant.type !== ACCOUNT) return;
  const parents = await call.tx.getMany(tenants, tenant.parents);
  if (!parents.some((parent) => parent?.type === CUSTOMER || parent?.type === COST_OBJECT))
    throw invalidOperation('an account belongs below a customer or a cost object', 'tenant');
}
