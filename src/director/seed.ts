/** What a fresh Registry begins with. Everything here looks first whether it is there already. */
import { randomUUID } from 'node:crypto';
import type { WriteTx } from '../registry/contract.ts';
import type { WriteCall } from './call.ts';
import { seedFormationTemplates } from './formation-template/seed.ts';
import { seedTenants } from './tenant/seed.ts';

/** `reference`: also the tenants that recorded stories begin with. */
export async function seed(tx: WriteTx, reference: boolean): Promise<void> {
  const call: WriteCall = {
    tx,
    caller: { consumer: { id: '', type: '' }, flow: '', scopes: [] },
    now: () => new Date().toISOString(),
    newId: randomUUID,
  };
  await seedTenants(call, { reference });
  await seedFormationTemplates(call);
}
