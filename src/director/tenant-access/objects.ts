/** The kinds of objects that tenants have access to. */
import type { Collection, Stored } from '../../registry/contract.ts';
import { applications } from '../application/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { runtimeContexts } from '../runtime-context/records.ts';
import { runtimes } from '../runtime/records.ts';
import type { TenantAccessObjectType } from '../schema/types.generated.ts';
import type { Access, Accessible } from './records.ts';

type AccessibleRecord = Stored & Accessible;

// The records of each collection are put back into the collection that they were read from, with nothing but their access changed.
const COLLECTIONS = { APPLICATION: applications, RUNTIME: runtimes, RUNTIME_CONTEXT: runtimeContexts } as unknown as Readonly<
  Record<TenantAccessObjectType, Collection<AccessibleRecord, 'tenant'>>
>;

export const objectOfType = async (call: Call, type: TenantAccessObjectType, id: string): Promise<AccessibleRecord | undefined> =>
  call.tx.get(COLLECTIONS[type], id);

export async function putAccess(
  call: WriteCall,
  type: TenantAccessObjectType,
  object: AccessibleRecord,
  access: readonly Access[],
): Promise<void> {
  await call.tx.put(COLLECTIONS[type], { ...object, access });
}

/** Rewrites the access to everything that the tenant sees. */
export async function rewriteAccess(
  call: WriteCall,
  tenant: string,
  rewritten: (access: readonly Access[]) => readonly Access[],
): Promise<void> {
  for (const collection of Object.values(COLLECTIONS))
    for (const object of await call.tx.find(collection, 'tenant', tenant)) {
      const access = rewritten(object.access);
      if (access !== object.access) await call.tx.put(collection, { ...object, access });
    }
}
