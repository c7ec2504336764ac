/** What others are told, and what stays, when a customer's subscription to a runtime ends. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runtimeContexts } from '../../../../src/director/runtime-context/records.ts';
import { runtimes } from '../../../../src/director/runtime/records.ts';
import { subscription } from '../../../../src/director/subscription/resolvers.ts';
import { tenants } from '../../../../src/director/tenant/records.ts';
import { callerIn } from '../../../support/director-calls.ts';
import { ACCOUNT, landscape } from '../notification/landscape.ts';

const EARLIER_USE = '00000000-0000-0000-0000-000000000000';
const PAYLOAD = (id: unknown) =>
  JSON.stringify({
    subscriptionGUID: id,
    dependentServiceInstancesInfo: [{ appId: 'provider', appName: 'cluster', providerSubaccountId: 'elsewhere' }],
  });

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
  await plane.runtime('provided');
  await plane.context('customer', 'provided');
  const subaccount = { name: 'sub', type: 'subaccount', provider: 'test', labels: {} } as const;
  await plane.ctx.write(async (call) => {
    for (const [id, parents] of Object.entries({ sub: [ACCOUNT], elsewhere: [] }))
      await call.tx.put(tenants, { ...subaccount, id, externalID: id, parents });
    const runtime = (await call.tx.get(runtimes, 'provided'))!;
    await call.tx.put(runtimes, {
      ...runtime,
      labels: { runtimeType: 'cluster', subscriptionProviderId: 'provider', region: 'here' },
      access: [...runtime.access, { tenant: 'elsewhere', owner: true, source: 'elsewhere' }],
    });
    await call.tx.put(runtimeContexts, {
      ...(await call.tx.get(runtimeContexts, 'customer'))!,
      key: 'renamed',
      labels: { global_subaccount_id: 'sub', subscriptions: [EARLIER_USE, 'one'] },
      access: [
        { tenant: 'sub', owner: true, source: 'sub' },
        { tenant: ACCOUNT, owner: true, source: 'sub' },
      ],
    });
  });
});
afterEach(() => plane.close());

/** In the name of the provider, who is no relative of the customer. */
const unsubscribe = (id: unknown) =>
  (subscription.resolvers.Mutation as Record<string, (...args: unknown[]) => Promise<boolean>>)['unsubscribeTenant']!(
    undefined,
    { subaccountID: 'sub', consumerTenantID: 'customer', region: 'here', subscriptionPayload: PAYLOAD(id) },
    plane.director.contextFor({ caller: callerIn('elsewhere'), headers: {}, requestId: 'request' }, plane.registry.latest),
  );

it('takes an id that it does not know for the use before its first subscription', async () => {
  expect(await unsubscribe('two')).toBe(true);
  expect((await plane.registry.latest.get(runtimeContexts, 'customer'))!.labels['subscriptions']).toEqual(['one']);
});

it('tells the participants of the account’s formation that the context leaves with its last subscription', async () => {
  await plane.application('shop', 'SYNC');
  await plane.assign('shop');
  await plane.assign('customer', 'RUNTIME_CONTEXT');
  plane.receiver.told.length = 0;
  await unsubscribe('one');
  expect(plane.receiver.told).toEqual([]);
  await unsubscribe(EARLIER_USE);
  expect(plane.receiver.told).toEqual([expect.objectContaining({ path: '/shop', operation: 'unassign', source: 'customer' })]);
  expect(await plane.assignments()).toEqual(['shop->shop READY']);
  expect(await plane.registry.latest.get(runtimeContexts, 'customer')).toBeUndefined();
});
