/** System auths: the ways in that applications, runtimes and integration systems have (`reference: facts/security.md 6`). */
import { applications } from '../application/records.ts';
import { authFromInput } from '../auth/rules.ts';
import type { AuthRecord, OneTimeTokenRecord } from '../auth/records.ts';
import { type Call, tenantOf, type WriteCall } from '../call.ts';
import { isAnotherObject } from '../consumer/neighbour.ts';
import { notFound } from '../errors.ts';
import { NEVER } from '../one-time-token/view.ts';
import { runtimes } from '../runtime/records.ts';
import type { AuthInput, OneTimeTokenInput } from '../schema/types.generated.ts';
import { sees } from '../tenant-access/rules.ts';
import { type SystemAuthOwnerKind, systemAuthOwnerKey, type SystemAuthRecord, systemAuths } from './records.ts';

/** All of the owner's auths, whatever tenant they were made for. */
const allSystemAuthsOf = async (call: Call, kind: SystemAuthOwnerKind, id: string): Promise<readonly SystemAuthRecord[]> =>
  call.tx.find(systemAuths, 'owner', systemAuthOwnerKey(kind, id));

/** The owner's auths as the caller sees them: of applications and runtimes those that were made for its tenant. */
export async function systemAuthsOf(call: Call, kind: SystemAuthOwnerKind, id: string): Promise<readonly SystemAuthRecord[]> {
  const all = await allSystemAuthsOf(call, kind, id);
  return kind === 'integrationSystem' ? all : all.filter((auth) => auth.tenantId === call.caller.tenant?.id);
}

/** Takes every way in from the owner: all its tokens, certificates and clients end with this. */
export async function removeSystemAuthsOf(call: WriteCall, kind: SystemAuthOwnerKind, id: string): Promise<void> {
  for (const auth of await allSystemAuthsOf(call, kind, id)) await call.tx.delete(systemAuths, auth.id);
}

/** Makes one more way in. `id` is that of the client where there is one. */
export async function createSystemAuth(
  call: WriteCall,
  owner: SystemAuthRecord['owner'],
  auth: AuthRecord,
  id = call.newId(),
): Promise<SystemAuthRecord> {
  const tenantId = owner.kind === 'integrationSystem' ? undefined : tenantOf(call);
  const record: SystemAuthRecord = { id, owner, tenantId, auth, createdAt: call.now() };
  await call.tx.put(systemAuths, record);
  return record;
}

/** Whether the caller may know of the auth: callers without a tenant know all, others those of owners they see. */
async function knows(call: Call, { owner }: SystemAuthRecord): Promise<boolean> {
  const { tenant } = call.caller;
  if (!tenant || owner.kind === 'integrationSystem') return true;
  const record = owner.kind === 'application' ? await call.tx.get(applications, owner.id) : await call.tx.get(runtimes, owner.id);
  return record !== undefined && sees(record, tenant.id);
}

/** @throws NotFound [object=systemAuth], for those of strangers too */
export async function requireSystemAuth(call: Call, id: string): Promise<SystemAuthRecord> {
  const record = await call.tx.get(systemAuths, id);
  if (!record || !(await knows(call, record))) throw notFound('systemAuth');
  return record;
}

/** The same for writing: applications and runtimes know their own alone. @throws NotFound [object=systemAuth] */
export async function requireSystemAuthToChange(call: Call, id: string): Promise<SystemAuthRecord> {
  const record = await requireSystemAuth(call, id);
  if (isAnotherObject(call, record.owner.id)) throw notFound('systemAuth');
  return record;
}

/** An auth of that kind that the caller may remove: of the tenant of the call where the kind has one. @throws NotFound [object=systemAuth], TenantRequired */
export async function requireOwnSystemAuth(call: Call, kind: SystemAuthOwnerKind, id: string): Promise<SystemAuthRecord> {
  const tenant = kind === 'integrationSystem' ? undefined : tenantOf(call);
  const record = await call.tx.get(systemAuths, id);
  if (!record || record.owner.kind !== kind || record.tenantId !== tenant || isAnotherObject(call, record.owner.id))
    throw notFound('systemAuth');
  return record;
}

/** Answers the last state. @throws NotFound [object=systemAuth], TenantRequired */
export async function deleteSystemAuth(call: WriteCall, kind: SystemAuthOwnerKind, id: string): Promise<SystemAuthRecord> {
  const record = await requireOwnSystemAuth(call, kind, id);
  await call.tx.delete(systemAuths, id);
  return record;
}

const tokenFromInput = (input: OneTimeTokenInput): OneTimeTokenRecord => ({
  token: input.token,
  type: input.type ?? 'Application',
  connectorURL: input.connectorURL ?? '',
  used: input.used,
  createdAt: input.createdAt,
  expiresAt: input.expiresAt,
  ...(input.usedAt === NEVER ? {} : { usedAt: input.usedAt }),
});

/** Replaces the whole auth, its client and token included; here alone a common name and a token are taken. @throws NotFound, InvalidData */
export async function updateSystemAuth(call: WriteCall, id: string, input: AuthInput): Promise<SystemAuthRecord> {
  const record = await requireSystemAuthToChange(call, id);
  const auth: AuthRecord = {
    ...authFromInput(input),
    certCommonName: input.certCommonName ?? undefined,
    oneTimeToken: input.oneTimeToken ? tokenFromInput(input.oneTimeToken) : undefined,
  };
  const updated: SystemAuthRecord = { ...record, auth };
  await call.tx.put(systemAuths, updated);
  return updated;
}
