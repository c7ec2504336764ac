/** Tenants changed by internal id (`reference: facts/runtimes.md 12.3, 12.6`). */
import type { WriteCall } from '../call.ts';
import { invalidOperation, notFound, notUnique, REFERRED_MISSING } from '../errors.ts';
import { checkLabelInput, SCENARIOS, withLabel } from '../label/rules.ts';
import type { BusinessTenantMappingInput } from '../schema/types.generated.ts';
import { moveAccess } from '../tenant-access/moving.ts';
import { checkTenantInput, storedExternalID, tenantType } from './input.ts';
import { checkPlace, storedParentIDs, storedType } from './parents.ts';
import { tenants, type TenantRecord } from './records.ts';
import { requireTenant, tenantByExternalID } from './rules.ts';

/** Everything but the labels is replaced; unknown parents are passed over, except those of an account. */
export async function updateTenant(call: WriteCall, id: string, input: BusinessTenantMappingInput): Promise<TenantRecord> {
  const before = await requireTenant(call, id);
  checkTenantInput(input);
  const externalID = storedExternalID(input);
  const holder = await tenantByExternalID(call, externalID);
  if (holder && holder.id !== id) throw notUnique('tenant');
  const parents: string[] = [];
  for (const parentID of await storedParentIDs(input, storedType(call))) {
    const parent = await tenantByExternalID(call, parentID);
    if (parent) parents.push(parent.id);
  }
  const tenant = {
    ...before,
    name: input.name,
    externalID,
    type: tenantType(input.type),
    provider: input.provider,
    parents: [...new Set(parents)],
  };
  await call.tx.put(tenants, tenant);
  await checkPlace(call, tenant);
  await moveAccess(call, tenant, before.parents);
  return tenant;
}

/** @throws InvalidOperation for an unknown tenant */
export async function setTenantLabel(call: WriteCall, id: string, key: string, value: unknown): Promise<{ key: string; value: unknown }> {
  checkLabelInput(key, value);
  const tenant = await call.tx.get(tenants, id);
  if (!tenant) throw invalidOperation(REFERRED_MISSING, 'label');
  if (key === SCENARIOS) throw notFound('labelDefinition');
  await call.tx.put(tenants, { ...tenant, labels: withLabel(tenant.labels, key, value) });
  return { key, value };
}
