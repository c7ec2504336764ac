/** How tenants go, with what is below them and what is theirs (`reference: facts/runtimes.md 12.4`). */
import { removeApplication } from '../application/rules.ts';
import { type ApplicationRecord, applications } from '../application/records.ts';
import { removeAutomaticAssignmentsOf } from '../automatic-scenario-assignment/rules.ts';
import type { WriteCall } from '../call.ts';
import { assignmentsOf, removeAssignments } from '../formation-assignment/rules.ts';
import { formationsNaming } from '../formation/automatic/moves.ts';
import { removeAtOnce } from '../formation/assigning/leave.ts';
import { participantsOf, removeScenario } from '../formation/participants/participants.ts';
import { formations } from '../formation/records.ts';
import { deleteFormation } from '../formation/rules.ts';
import { labelDefinitions } from '../label-definition/records.ts';
import { removeContext } from '../runtime-context/removal.ts';
import { runtimeContexts } from '../runtime-context/records.ts';
import { removeRuntime } from '../runtime/update.ts';
import { runtimes } from '../runtime/records.ts';
import type { Collection, Stored } from '../../registry/contract.ts';
import { revoked } from '../tenant-access/inheritance.ts';
import { moveAccess } from '../tenant-access/moving.ts';
import type { Accessible } from '../tenant-access/records.ts';
import { COST_OBJECT } from './input.ts';
import { tenants, type TenantRecord } from './records.ts';
import { childrenOf, tenantByExternalID } from './rules.ts';

/** The tenant and all below it. Children of a cost object stay. */
async function withDescendants(call: WriteCall, tenant: TenantRecord): Promise<TenantRecord[]> {
  if (tenant.type === COST_OBJECT) return [tenant];
  const found = new Map([[tenant.id, tenant]]);
  for (const { id } of found.values()) for (const child of await childrenOf(call, id)) found.set(child.id, child);
  return [...found.values()];
}

async function releaseChildren(call: WriteCall, costObject: TenantRecord): Promise<void> {
  for (const child of await childrenOf(call, costObject.id)) {
    const released = { ...child, parents: child.parents.filter((id) => id !== costObject.id) };
    await call.tx.put(tenants, released);
    await moveAccess(call, released, child.parents);
  }
}

/** Removes what the doomed tenants have; an object that a tenant which stays has a record of its own for stays with it. */
async function removeObjects<R extends Stored & Accessible>(
  call: WriteCall,
  collection: Collection<R, 'tenant'>,
  doomed: ReadonlySet<string>,
  remove: (record: R) => Promise<void>,
): Promise<void> {
  for (const tenant of doomed)
    for (const { id } of await call.tx.find(collection, 'tenant', tenant)) {
      // An earlier removal may have taken it along.
      const record = await call.tx.get(collection, id);
      if (!record) continue;
      const access = revoked(record.access, (given) => doomed.has(given.tenant));
      if (access.length === 0) await remove(record);
      else await call.tx.put(collection, { ...record, access });
    }
}

async function removeFormationsOf(call: WriteCall, tenant: string): Promise<void> {
  for (const formation of await call.tx.find(formations, 'tenant', tenant)) {
    for (const participant of await participantsOf(call, formation)) await removeScenario(call, participant, tenant, formation.name);
    await removeAssignments(call, await assignmentsOf(call, formation.id));
    await deleteFormation(call, formation);
  }
  await call.tx.delete(labelDefinitions, tenant);
}

/** Formations of tenants that stay lose it as well. */
async function removeApplicationEverywhere(call: WriteCall, application: ApplicationRecord): Promise<void> {
  for (const formation of await formationsNaming(call, application)) await removeAtOnce(call, formation, 'APPLICATION', application.id);
  await removeApplication(call, application);
}

async function removeTenant(call: WriteCall, tenant: TenantRecord): Promise<void> {
  if (tenant.type === COST_OBJECT) await releaseChildren(call, tenant);
  const family = await withDescendants(call, tenant);
  const doomed = new Set(family.map(({ id }) => id));
  await removeObjects(call, runtimeContexts, doomed, (context) => removeContext(call, context));
  await removeObjects(call, runtimes, doomed, (runtime) => removeRuntime(call, runtime));
  await removeObjects(call, applications, doomed, (application) => removeApplicationEverywhere(call, application));
  for (const { id } of family) {
    await removeAutomaticAssignmentsOf(call, id);
    await removeFormationsOf(call, id);
    await call.tx.delete(tenants, id);
  }
}

/** Answers how many ids were given, known or not. */
export async function deleteTenants(call: WriteCall, externalIDs: readonly string[]): Promise<number> {
  for (const externalID of externalIDs) {
    const tenant = await tenantByExternalID(call, externalID);
    if (tenant) await removeTenant(call, tenant);
  }
  return externalIDs.length;
}
