import { describe, expect, it } from 'vitest';
import { NOBODY } from '../../../src/identity/identity.ts';
import { identityOf, inTenant, type TenantLookup } from '../../../src/identity/claims.ts';

const TENANTS = [
  { id: 'i1', externalId: 'e1' },
  { id: 'i2', externalId: 'e2' },
];
const tenants: TenantLookup = {
  byInternalID: (id) => TENANTS.find((tenant) => tenant.id === id),
  byExternalID: (id) => TENANTS.find((tenant) => tenant.externalId === id),
};
const tenantOf = async (claim: unknown) =>
  (await identityOf({ tenant: typeof claim === 'string' ? claim : JSON.stringify(claim) }, tenants)).tenant;

describe('the tenant of a token', () => {
  it('is looked up by its external id, and the internal one must be the same', async () => {
    await expect(tenantOf({ externalTenant: 'e1' })).resolves.toEqual(TENANTS[0]);
    await expect(tenantOf({ externalTenant: 'e1', consumerTenant: '' })).resolves.toEqual(TENANTS[0]);
    await expect(tenantOf({ externalTenant: 'e1', consumerTenant: 'i2' })).rejects.toMatchObject({
      status: 400,
      message: 'Tenant not found [externalTenant=e1]',
    });
    await expect(tenantOf({ externalTenant: 'e3' })).rejects.toThrow('externalTenant=e3');
  });

  it('may be told by the internal id alone', async () => {
    await expect(tenantOf({ consumerTenant: 'i2' })).resolves.toEqual(TENANTS[1]);
    const unknown = '11111111-2222-4333-8444-555555555555';
    await expect(tenantOf({ consumerTenant: unknown })).resolves.toEqual({ id: unknown, externalId: '' });
    await expect(tenantOf({ consumerTenant: 'no uuid' })).resolves.toBeUndefined();
  });

  it.each(['hello', '{}', 'null', '[]', '"e1"', '{"externalTenant":7}'])('is none where the claim is %s', async (claim) => {
    await expect(tenantOf(claim)).resolves.toBeUndefined();
  });

  it('can be changed by the request where the credential leaves it open', async () => {
    const identity = await identityOf({ consumerID: 'admin' }, tenants);
    await expect(inTenant(identity, 'e2', tenants)).resolves.toMatchObject({ tenant: TENANTS[1], consumer: { id: 'admin' } });
    await expect(inTenant(identity, 'e3', tenants)).rejects.toThrow('Tenant not found [externalTenant=e3]');
  });

  it('is another one where that takes its place, for who names it in the request alone', async () => {
    const customers: TenantLookup = {
      ...tenants,
      byExternalID: (id) => ({ e1: { ...TENANTS[0]!, customer: 'e2' }, e2: TENANTS[1]!, e4: { ...TENANTS[0]!, customer: 'e3' } })[id],
    };
    const identity = await identityOf({ consumerID: 'anna' }, customers);
    await expect(inTenant(identity, 'e1', customers)).resolves.toMatchObject({ tenant: TENANTS[1], providerTenant: TENANTS[0] });
    await expect(inTenant(identity, 'e4', customers)).resolves.toBe(NOBODY);
    expect((await identityOf({ tenant: '{"externalTenant":"e1"}' }, customers)).tenant).toEqual(TENANTS[0]);
  });
});

describe('scopes of a token', () => {
  it('are parted by single blanks; a missing claim is one empty scope', async () => {
    expect((await identityOf({ scopes: 'a  b,c' }, tenants)).scopes).toEqual(['a', '', 'b,c']);
    expect((await identityOf({}, tenants)).scopes).toEqual(['']);
  });
});
