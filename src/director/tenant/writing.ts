/** Tenants as other systems write them: by external id, singly or many at once (`reference: facts/runtimes.md 12.2`). */
import type { WriteCall } from '../call.ts';
import { notFound } from '../errors.ts';
import type { BusinessTenantMappingInput } from '../schema/types.generated.ts';
import { shareWithAccount } from '../tenant-access/organization.ts';
import { moveAccess } from '../tenant-access/moving.ts';
import { checkTenantInput, storedExternalID, tenantLabels, tenantType } from './input.ts';
import { checkPlace, storedParentIDs, storedType } from './parents.ts';
import { tenants, type TenantRecord } from './records.ts';
import { tenantByExternalID } from './rules.ts';

interface Written {
  readonly before: TenantRecord | undefined;
  readonly tenant: TenantRecord;
  /** External ids. */
  readonly parents: readonly string[];
}

/** Type and provider of a known tenant stay; labels that are not given stay. */
async function putTenant(call: WriteCall, input: BusinessTenantMappingInput, parents: readonly string[]): Promise<Written> {
  const externalID = storedExternalID(input);
  const before = await tenantByExternalID(call, externalID);
  const tenant: TenantRecord = {
    ...(before ?? { id: call.newId(), externalID, type: tenantType(input.type), provider: input.provider, parents: [] }),
    name: input.name,
    labels: { ...before?.labels, ...tenantLabels(input) },
  };
  await call.tx.put(tenants, tenant);
  return { before, tenant, parents };
}

async function placeTenant(call: WriteCall, written: Written, unknownParentsAllowed: boolean): Promise<TenantRecord> {
  const parents: string[] = [];
  for (const externalID of written.parents) {
    const parent = await tenantByExternalID(call, externalID);
    if (parent) parents.push(parent.id);
    else if (!unknownParentsAllowed) throw notFound('tenant');
  }
  const placed = { ...written.tenant, parents: [...new Set(parents)] };
  await call.tx.put(tenants, placed);
  return placed;
}

/** Puts the written tenants below their parents, and moves the access that goes with it. */
async function settle(call: WriteCall, written: readonly Written[], unknownParentsAllowed: boolean): Promise<void> {
  const placed: { tenant: TenantRecord; before: TenantRecord | undefined }[] = [];
  for (const each of written) placed.push({ tenant: await placeTenant(call, each, unknownParentsAllowed), before: each.before });
  for (const { tenant } of placed) await checkPlace(call, tenant);
  for (const { tenant, before } of placed) await moveAccess(call, tenant, before?.parents ?? []);
  for (const { tenant } of placed) await shareWithAccount(call, tenant);
}

/** Answers the internal id. Unknown parents are passed over, except those of an account. */
export async function writeTenant(call: WriteCall, input: BusinessTenantMappingInput): Promise<string> {
  checkTenantInput(input);
  const written = await putTenant(call, input, await storedParentIDs(input, storedType(call)));
  await settle(call, [written], true);
  return written.tenant.id;
}

/** Answers the internal ids, one for each different tenant; of two inputs for one tenant the last counts. @throws NotFound [object=tenant] for any unknown parent */
export async function writeTenants(call: WriteCall, inputs: readonly BusinessTenantMappingInput[]): Promise<string[]> {
  inputs.forEach(checkTenantInput);
  const typesInBatch = new Map(inputs.map((input) => [input.externalTenant, input.type]));
  const stored = storedType(call);
  const written: Written[] = [];
  for (const input of new Map(inputs.map((each) => [storedExternalID(each), each])).values()) {
    const parents = await storedParentIDs(input, async (id) => typesInBatch.get(id) ?? (await stored(id)));
    written.push(await putTenant(call, input, parents));
  }
  await settle(call, written, false);
  return written.map(({ tenant }) => tenant.id);
}
