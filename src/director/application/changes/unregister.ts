/** Taking an application out of the plane, or only its credentials (`reference: facts/applications.md 2.8, 2.9`). */
import { type Call, tenantOf, type WriteCall } from '../../call.ts';
import { invalidOperation } from '../../errors.ts';
import { runtimesSharedWith, scenariosOf } from '../../formation/participants/membership.ts';
import { removeSystemAuthsOf } from '../../system-auth/rules.ts';
import { type ApplicationRecord, applications } from '../records.ts';
import { removeApplication, requireChangeableApplication } from '../rules.ts';

/** Formations of the calling tenant first, then those that other tenants put it in. */
function formationsOf(record: ApplicationRecord, tenant: string): string[] {
  const others = Object.entries(record.scenarios).flatMap(([owner, names]) => (owner === tenant ? [] : names));
  return [...new Set([...scenariosOf(record, tenant), ...others])];
}

/** @throws InvalidOperation while it is in a formation, whoever's */
export function requireNoFormation(record: ApplicationRecord, tenant: string): void {
  const names = formationsOf(record, tenant);
  if (names.length > 0) throw invalidOperation(`System ${record.name} is part of the following formations : ${names.join(', ')}`);
}

/** Answers the last state, which nobody sees any more. @throws NotFound, Unauthorized, InvalidOperation */
export async function unregisterApplication(call: WriteCall, id: string): Promise<ApplicationRecord> {
  const record = await requireChangeableApplication(call, id);
  requireNoFormation(record, tenantOf(call));
  await removeApplication(call, record);
  return { ...record, access: [] };
}

/** @throws InvalidOperation while a runtime shares a formation with it */
export async function requireNoRuntime(call: Call, record: ApplicationRecord): Promise<void> {
  const tenant = tenantOf(call);
  const runtimes = await runtimesSharedWith(call, record, tenant);
  if (runtimes.length === 0) return;
  const formations = formationsOf(record, tenant).join(', ');
  const names = runtimes.map((runtime) => runtime.name).join(', ');
  throw invalidOperation(
    `System ${record.name} is still used and cannot be deleted. Unassign the system from the following formations first: ${formations}. Then, unassign the system from the following runtimes, too: ${names}`,
  );
}

/** Removes all credentials; the application stays and is INITIAL again. @throws NotFound, Unauthorized, InvalidOperation while a runtime uses it */
export async function unpairApplication(call: WriteCall, id: string): Promise<ApplicationRecord> {
  const record = await requireChangeableApplication(call, id);
  await requireNoRuntime(call, record);
  const unpaired: ApplicationRecord = { ...record, status: { condition: 'INITIAL', timestamp: call.now() } };
  await call.tx.put(applications, unpaired);
  await removeSystemAuthsOf(call, 'application', id);
  return unpaired;
}
