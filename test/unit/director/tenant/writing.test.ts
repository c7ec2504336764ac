import { beforeEach, describe, expect, it } from 'vitest';
import type { BusinessTenantMappingInput } from '../../../../src/director/schema/types.generated.ts';
import { ancestorLinks, tenantByExternalID } from '../../../../src/director/tenant/rules.ts';
import { listTenants, rootTenants } from '../../../../src/director/tenant/search.ts';
import { updateTenant } from '../../../../src/director/tenant/update.ts';
import { writeTenant, writeTenants } from '../../../../src/director/tenant/writing.ts';
import { directorCalls } from '../../../support/director-calls.ts';

const input = (externalTenant: string, type: string, ...parents: string[]): BusinessTenantMappingInput => ({
  name: `The ${externalTenant}`,
  externalTenant,
  type,
  parents,
  provider: 'test',
});

let calls: ReturnType<typeof directorCalls>;
beforeEach(() => {
  calls = directorCalls();
});

const write = (...inputs: BusinessTenantMappingInput[]) => calls.write((call) => writeTenants(call, inputs));
const tenant = (id: string) => calls.read((call) => tenantByExternalID(call, id));

describe('texts of a tenant', () => {
  it('are at most 256 characters', async () => {
    const long = 'ü'.repeat(257);
    const fits = { ...input('ü'.repeat(256), 'folder'), name: 'ü'.repeat(256), provider: 'ü'.repeat(256) };
    await write(fits);
    for (const field of ['name', 'externalTenant', 'provider'])
      await expect(write({ ...input('acc', 'account'), [field]: long })).rejects.toThrow(`${field} of a tenant must be no more than 256`);
    expect(await tenant('acc')).toBeUndefined();
  });
});

describe('zeros before the number of a customer', () => {
  it('go from the customer, and from what stands below it in the same batch', async () => {
    await write(input('sub', 'subaccount', 'acc'), input('acc', 'account', '0042'), input('0042', 'customer'));
    expect(await tenant('0042')).toBeUndefined();
    expect((await tenant('acc'))?.parents).toEqual([(await tenant('42'))?.id]);
  });

  it('make the id of a stored customer unknown to an account, but not to an organization', async () => {
    await write(input('42', 'customer'));
    await expect(write(input('acc', 'account', '0042'))).rejects.toThrow('Object not found [object=tenant]');
    await write(input('org', 'organization', '0042'));
    expect((await tenant('org'))?.parents).toEqual([(await tenant('42'))?.id]);
  });

  it('leave nothing of a customer that has no other digit', async () => {
    await expect(write(input('000', 'customer'))).rejects.toThrow('Inconsistent or out-of-range data [object=tenant]');
  });
});

describe('circles', () => {
  it('are refused within a batch, of which nothing is stored', async () => {
    await expect(write(input('a', 'folder', 'b'), input('b', 'folder', 'a'))).rejects.toThrow('below itself');
    expect(await tenant('a')).toBeUndefined();
  });

  it('are refused when a tenant moves below its own descendant', async () => {
    await write(input('a', 'folder'), input('b', 'folder', 'a'), input('c', 'folder', 'b'));
    const { id } = (await tenant('a'))!;
    await expect(calls.write((call) => updateTenant(call, id, input('a', 'folder', 'c')))).rejects.toThrow('below itself');
    await expect(calls.write((call) => writeTenant(call, input('a', 'folder', 'a')))).rejects.toThrow('below itself');
  });
});

describe('roots', () => {
  it('count cost objects of the least depth alone, and each tenant once', async () => {
    await write(
      input('far', 'cost-object'),
      input('near', 'cost-object'),
      input('42', 'customer'),
      input('acc', 'account', '42', 'far'),
      input('folder', 'folder', '42'),
      input('sub', 'subaccount', 'acc', 'near', 'folder'),
    );
    const roots = await calls.read((call) => rootTenants(call, 'sub'));
    expect(roots.map(({ externalID }) => externalID).sort()).toEqual(['42', 'near']);
    const { id } = (await tenant('sub'))!;
    const links = await calls.read((call) => ancestorLinks(call, id));
    expect(links.filter(({ parent }) => parent.externalID === '42')).toHaveLength(2);
  });
});

describe('searching', () => {
  it.each([
    ['THE A', ['a_1', 'ab1', 'a%']],
    ['e a_1', ['a_1', 'ab1']],
    ['e a\\_1', ['a_1']],
    ['\\%', ['a%']],
    ['e a%1', ['a_1', 'ab1']],
    ['(', []],
  ])('for %s', async (searchTerm, found) => {
    await write(input('a_1', 'account'), input('ab1', 'account'), input('a%', 'account'));
    const page = await calls.read((call) => listTenants(call, { first: 10, searchTerm }));
    expect(page.data.map(({ externalID }) => externalID).sort()).toEqual([...found].sort());
  });
});
