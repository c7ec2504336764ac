/** Subscriptions to a product of which the subaccount has several applications. */
import { expect, it } from 'vitest';
import { applications, type ApplicationRecord } from '../../../../src/director/application/records.ts';
import { subscribeToApplication, unsubscribeFromApplication } from '../../../../src/director/subscription/application.ts';
import { tenants } from '../../../../src/director/tenant/records.ts';
import { directorCalls } from '../../../support/director-calls.ts';

const TEMPLATE = {
  id: 'product',
  name: 'product',
  applicationInput: {},
  placeholders: [],
  labels: {},
  accessLevel: 'GLOBAL',
  createdAt: '',
  updatedAt: '',
} as const;
const SUBSCRIPTION = {
  subaccountID: 'sub',
  consumerTenantID: 'x',
  region: 'eu',
  subscriptionPayload: '{}',
  subscriptionID: 'guid',
  payload: {},
};
const made = (id: string, createdAt: string, subscriptions?: readonly string[]): ApplicationRecord => ({
  id,
  name: id,
  labels: subscriptions ? { subscriptions } : {},
  scenarios: {},
  access: [{ tenant: 'sub', owner: true, source: 'sub' }],
  applicationTemplateID: 'product',
  createdAt,
  ready: true,
  status: { condition: 'INITIAL', timestamp: createdAt },
});

it('the oldest gets a further one, and each ends with its own', async () => {
  const { registry, write } = directorCalls();
  await write(async ({ tx }) => {
    await tx.put(tenants, { id: 'sub', externalID: 'sub', name: 'sub', type: 'subaccount', provider: '', parents: [], labels: {} });
    await tx.put(applications, made('a', '2026-01-03T00:00:00Z', ['late']));
    await tx.put(applications, made('b', '2026-01-01T00:00:00Z', ['first']));
    await tx.put(applications, made('c', '2026-01-02T00:00:00Z', ['second', 'guid']));
  });
  const subscriptions = async () =>
    (await registry.latest.getMany(applications, ['a', 'b', 'c'])).map((record) => record?.labels['subscriptions']);
  await write(async (call) => void (await subscribeToApplication(call, TEMPLATE, SUBSCRIPTION)));
  expect(await subscriptions()).toEqual([['late'], ['first', 'guid'], ['second', 'guid']]);
  await write((call) => unsubscribeFromApplication(call, TEMPLATE, SUBSCRIPTION));
  expect(await subscriptions()).toEqual([undefined, ['first'], ['second']]);
});
