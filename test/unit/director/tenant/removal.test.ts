import { beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../../src/director/application/records.ts';
import { registerApplication } from '../../../../src/director/application/rules.ts';
import { runtimes } from '../../../../src/director/runtime/records.ts';
import { registerRuntime } from '../../../../src/director/runtime/registration.ts';
import type { BusinessTenantMappingInput } from '../../../../src/director/schema/types.generated.ts';
import { sees } from '../../../../src/director/tenant-access/rules.ts';
import { addTenantAccess } from '../../../../src/director/tenant-access/sharing.ts';
import { deleteTenants } from '../../../../src/director/tenant/removal.ts';
import { tenantByExternalID } from '../../../../src/director/tenant/rules.ts';
import { writeTenant, writeTenants } from '../../../../src/director/tenant/writing.ts';
import { callerIn, directorCalls } from '../../../support/director-calls.ts';

const input = (externalTenant: string, type: string, ...parents: string[]): BusinessTenantMappingInput => ({
  name: externalTenant,
  externalTenant,
  type,
  parents,
  provider: 'test',
});

let calls: ReturnType<typeof directorCalls>;
beforeEach(async () => {
  calls = directorCalls();
  await calls.write((call) =>
    writeTenants(call, [
      input('customer', 'customer'),
      input('cost', 'cost-object'),
      input('org', 'organization', 'customer'),
      input('account', 'account', 'customer', 'cost'),
      input('sub', 'subaccount', 'account'),
      input('other', 'account', 'customer'),
    ]),
  );
});

const idOf = async (externalID: string) => (await calls.read((call) => tenantByExternalID(call, externalID)))?.id ?? '';
const runtimeIn = async (tenant: string) => {
  const { runtime } = await calls.write((call) => registerRuntime(call, { name: 'r' }), callerIn(await idOf(tenant)));
  return runtime.id;
};
const applicationIn = async (tenant: string) =>
  (await calls.write((call) => registerApplication(call, { name: 'a' }), callerIn(await idOf(tenant)))).id;
const give = (tenantID: string, resourceID: string) =>
  calls.write((call) => addTenantAccess(call, { tenantID, resourceType: 'RUNTIME', resourceID, owner: false }));
const remove = (...ids: string[]) => calls.write((call) => deleteTenants(call, ids));

/** Which of the tenants see it; undefined once it is gone. */
async function seers(kind: 'runtime' | 'application', id: string, ...tenants: string[]): Promise<string[] | undefined> {
  const ids = await Promise.all(tenants.map(idOf));
  const record = await calls.read(async (call) => (kind === 'runtime' ? call.tx.get(runtimes, id) : call.tx.get(applications, id)));
  return record && tenants.filter((_, index) => sees(record, ids[index]!));
}

describe('what a deleted tenant leaves', () => {
  it('is nothing of its own, also for those above it', async () => {
    const runtime = await runtimeIn('sub');
    await remove('account');
    expect(await idOf('sub')).toBe('');
    expect(await seers('runtime', runtime, 'customer')).toBeUndefined();
  });

  it('is what a tenant that stays was given, for that tenant and those above it alone', async () => {
    const runtime = await runtimeIn('sub');
    await give('other', runtime);
    await remove('account');
    expect(await seers('runtime', runtime, 'customer', 'cost', 'other')).toEqual(['customer', 'other']);
  });

  it('is what was only shared with it', async () => {
    const runtime = await runtimeIn('other');
    await give('sub', runtime);
    await remove('account');
    expect(await seers('runtime', runtime, 'customer', 'other')).toEqual(['customer', 'other']);
  });

  it('is nothing that the accounts beside an organization saw of it', async () => {
    const application = await applicationIn('org');
    expect(await seers('application', application, 'org', 'customer', 'account', 'other', 'sub')).toEqual([
      'org',
      'customer',
      'account',
      'other',
    ]);
    await remove('org');
    expect(await seers('application', application, 'account')).toBeUndefined();
  });
});

describe('a cost object', () => {
  it('goes alone, and what came through it goes with it', async () => {
    const runtime = await runtimeIn('sub');
    expect(await seers('runtime', runtime, 'sub', 'account', 'cost')).toEqual(['sub', 'account', 'cost']);
    const cost = await idOf('cost');
    await remove('cost');
    expect((await calls.read((call) => tenantByExternalID(call, 'account')))?.parents).toEqual([await idOf('customer')]);
    const record = await calls.read(async (call) => call.tx.get(runtimes, runtime));
    expect(record?.access.some(({ tenant, source }) => tenant === cost || source === cost)).toBe(false);
    expect(await seers('runtime', runtime, 'sub', 'account', 'customer')).toEqual(['sub', 'account', 'customer']);
  });
});

describe('an account that moves away from its customer', () => {
  it('loses what the organization had shared, and takes along what is its own', async () => {
    const shared = await applicationIn('org');
    const own = await runtimeIn('account');
    await calls.write((call) => writeTenant(call, input('account', 'account', 'cost')));
    expect(await seers('application', shared, 'account', 'other', 'customer')).toEqual(['other', 'customer']);
    expect(await seers('runtime', own, 'account', 'cost', 'customer')).toEqual(['account', 'cost']);
    await calls.write((call) => writeTenant(call, input('account', 'account', 'customer')));
    expect(await seers('application', shared, 'account')).toEqual(['account']);
    expect(await seers('runtime', own, 'account', 'cost', 'customer')).toEqual(['account', 'customer']);
  });
});
