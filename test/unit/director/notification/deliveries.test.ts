import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveriesKept, keepDelivery, KEPT } from '../../../../src/director/notification/deliveries/log.ts';
import { deliveries, type DeliveryRecord } from '../../../../src/director/notification/deliveries/deliveries.ts';
import { webhooks } from '../../../../src/director/webhook/records.ts';
import { landscape } from './landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
});
afterEach(() => plane.close());

const kept = async () => {
  await deliveriesKept(plane.director);
  return (await plane.registry.latest.find(deliveries, 'all', 'all')) as DeliveryRecord[];
};

describe('a delivery', () => {
  it('is kept with what was sent and what came back', async () => {
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.assign('shop');
    plane.receiver.replies['/shop'] = { body: { state: 'READY', configuration: { password: 'open', url: 'u' } } };
    await plane.assign('crm');
    const [delivery, ...others] = await kept();
    expect(others).toEqual([]);
    expect(delivery).toMatchObject({
      kind: 'notification',
      formationName: 'production',
      operation: 'assign',
      source: 'crm',
      target: 'shop',
      requestID: 'request',
      webhook: { type: 'APPLICATION_TENANT_MAPPING', mode: 'SYNC' },
      request: { method: 'POST', url: `${plane.receiver.url}/shop`, body: '{"operation":"assign","state":"INITIAL","source":"crm"}' },
      response: { status: 200, body: '{"state":"READY","configuration":{"password":"***","url":"u"}}' },
      answer: { state: 'READY', error: '' },
    });
    expect(delivery!.error).toBeUndefined();
  });

  it('that got no answer says why, and shows no credentials', async () => {
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.ctx.write(async ({ tx }) => {
      for (const webhook of await tx.find(webhooks, 'owner', 'application|shop'))
        await tx.put(webhooks, {
          ...webhook,
          urlTemplate: '{"path":"http://127.0.0.1:1/shop","method":"POST"}',
          auth: { credential: { kind: 'basic', username: 'me', password: 'open-sesame' } },
        });
    });
    await plane.assign('shop');
    await plane.assign('crm');
    const [delivery] = await kept();
    expect(delivery!.error).toContain('connection refused');
    expect(delivery!.request!.headers['authorization']).toEqual(['Basic ***']);
    expect(delivery!.response).toBeUndefined();
  });

  it('adds no write that anybody waits for', async () => {
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.assign('shop');
    let writes = 0;
    plane.registry.watch(({ about }) => void (about.operation === 'keepDeliveries' && writes++));
    await plane.assign('crm');
    expect(writes).toBe(0);
    expect(await kept()).toHaveLength(1);
  });
});

it('records are bounded for each formation, and the newest stay', async () => {
  const record = (number: number): DeliveryRecord => ({
    id: `delivery-${number}`,
    kind: 'notification',
    formationID: 'busy',
    formationName: 'busy',
    tenant: 't',
    operation: 'assign',
    requestID: '',
    sentAt: '',
    moment: number,
    duration: 1,
  });
  for (let number = 1; number <= 500; number++) keepDelivery(plane.director, record(number));
  keepDelivery(plane.director, { ...record(501), formationID: 'calm' });
  const all = await kept();
  expect(all.filter(({ formationID }) => formationID === 'busy')).toHaveLength(KEPT.formation);
  expect(all.map(({ moment }) => moment)).toEqual([501, ...Array.from({ length: KEPT.formation }, (_, index) => 500 - index)]);
});
