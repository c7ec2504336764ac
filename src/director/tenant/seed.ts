/** The tenants that a plane begins with. */
import type { WriteCall } from '../call.ts';
import { tenants } from './records.ts';

const DEFAULT_TENANT = { id: '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae', name: 'default' } as const;

const REFERENCE_TENANTS = [
  { id: '1eba80dd-8ff6-54ee-be4d-77944d17b10b', name: 'foo' },
  { id: 'af9f84a9-1d3a-4d9f-ae0c-94f883b33b6e', name: 'bar' },
] as const;

/** Writes the default tenant into a registry that has no tenant yet, and those of the reference's landscape if they are asked for. */
export async function seedTenants(call: WriteCall, { reference }: { reference: boolean }): Promise<void> {
  if ((await call.tx.count(tenants, 'all', 'all')) > 0) return;
  for (const { id, name } of reference ? [DEFAULT_TENANT, ...REFERENCE_TENANTS] : [DEFAULT_TENANT])
    await call.tx.put(tenants, { id, externalID: id, name, type: 'account', provider: 'Compass', parents: [], labels: {} });
}
