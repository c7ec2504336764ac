/** What the Gateway is told of tenants. */
import { expect, it } from 'vitest';
import type { Connector } from '../../../src/connector/connector.ts';
import { createDirector } from '../../../src/director/director.ts';
import { type TenantRecord, tenants } from '../../../src/director/tenant/records.ts';
import { createDirectory } from '../../../src/local/directory.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import { SETTINGS } from '../../support/director-asked.ts';

it('regions are those of subaccounts, and customers those that a label names', async () => {
  const registry = openMemoryRegistry();
  const directory = createDirectory({ director: createDirector({ registry, settings: SETTINGS }), connector: {} as Connector });
  const known = async (type: TenantRecord['type'], labels: TenantRecord['labels']) => {
    await registry.write({ by: 'test', operation: 'seed' }, (tx) =>
      tx.put(tenants, { id: 'i', externalID: 'e', name: 'n', provider: 'p', type, parents: [], labels } as unknown as TenantRecord),
    );
    return directory.tenantByExternalID('e');
  };
  expect(await known('subaccount', { region: 'eu-1' })).toEqual({ id: 'i', externalId: 'e', type: 'subaccount', region: 'eu-1' });
  expect(await known('account', { region: 'eu-1', customerId: '42' })).toEqual({
    id: 'i',
    externalId: 'e',
    type: 'account',
    region: '',
    customer: '42',
  });
  for (const customerId of ['', 42, null]) expect(await known('account', { customerId })).not.toHaveProperty('customer');
});
