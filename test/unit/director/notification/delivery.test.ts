import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../../src/director/application/records.ts';
import { deliverDeparture } from '../../../../src/director/formation/automatic/delivery.ts';
import { formationAssignments } from '../../../../src/director/formation-assignment/records.ts';
import { assign } from '../../../../src/director/formation/assigning/assign.ts';
import { tickets } from '../../../../src/director/notification/outbox.ts';
import { resumeNotifications } from '../../../../src/director/notification/resume.ts';
import { runtimes } from '../../../../src/director/runtime/records.ts';
import { landscape } from './landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
});
afterEach(() => plane.close());

const ticketsLeft = () => plane.registry.latest.find(tickets, 'all', 'all');
const labelOf = async (id: string) => (await plane.registry.latest.get(applications, id))?.scenarios;

describe('joining', () => {
  it('keeps assignments and a ticket before anybody is told', async () => {
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.assign('shop');
    const seen: unknown[] = [];
    plane.receiver.replies['/shop'] = {
      before: async () => void seen.push(await plane.assignments(), (await ticketsLeft()).length),
    };
    await plane.assign('crm');
    expect(seen).toEqual([['crm->crm READY', 'crm->shop INITIAL', 'shop->crm READY', 'shop->shop READY'], 1]);
    expect(await plane.assignments()).toContain('crm->shop READY');
    expect(await ticketsLeft()).toEqual([]);
  });

  it('is undone by an answer that cannot be taken', async () => {
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.assign('shop');
    plane.receiver.replies['/shop'] = { body: { state: 'DELETE_ERROR' } };
    await expect(plane.assign('crm')).rejects.toThrow('Invalid transition from state "INITIAL" to state DELETE_ERROR.');
    expect(await plane.assignments()).toEqual(['shop->shop READY']);
    expect(await labelOf('crm')).toEqual({});
    expect(await ticketsLeft()).toEqual([]);
  });

  it('tells each context of a runtime about a system', async () => {
    await plane.application('shop');
    await plane.runtime('cluster', 'SYNC');
    for (const context of ['one', 'two']) {
      await plane.context(context, 'cluster');
      await plane.assign(context, 'RUNTIME_CONTEXT');
    }
    plane.receiver.told.length = 0;
    await plane.assign('shop');
    expect(plane.receiver.told.map(({ path, source }) => `${path} ${source}`)).toEqual(['/cluster shop', '/cluster shop']);
  });

  it('loses no assignment when two objects join at once', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await plane.application(name, 'SYNC');
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => plane.assign(name)));
    expect(await plane.assignments()).toHaveLength(16);
    expect((await plane.assignments()).every((line) => line.endsWith('READY'))).toBe(true);
  });
});

describe('leaving', () => {
  it('keeps the label of whoever is still waited for', async () => {
    await plane.application('shop', 'ASYNC_CALLBACK');
    await plane.application('crm');
    await plane.assign('shop');
    await plane.assign('crm');
    await plane.unassign('crm');
    expect(await plane.assignments()).toEqual(['crm->shop DELETING', 'shop->shop READY']);
    expect(Object.keys((await labelOf('crm'))!)).toHaveLength(1);
  });

  it('keeps a runtime that is to be removed while somebody objects', async () => {
    await plane.application('shop', 'SYNC');
    await plane.runtime('cluster');
    await plane.assign('shop');
    await plane.assign('cluster', 'RUNTIME');
    const departure = async () => deliverDeparture(plane.ctx, (await plane.registry.latest.get(runtimes, 'cluster'))!);
    plane.receiver.replies['/shop'] = { status: 400, body: { error: 'orders are open' } };
    await expect(departure()).rejects.toThrow('Received DELETE_ERROR assignment state and error: orders are open');
    expect(await plane.assignments()).toEqual(['cluster->shop DELETE_ERROR', 'shop->shop READY']);
    plane.receiver.replies['/shop'] = {};
    await departure();
    expect(await plane.assignments()).toEqual(['shop->shop READY']);
    expect((await plane.registry.latest.get(runtimes, 'cluster'))!.scenarios).toEqual({});
  });
});

describe('after a crash', () => {
  /** What a plane leaves behind that ends between a change and its calls. */
  const joinAndCrash = async (objectID: string) =>
    plane.ctx.write(async (call) => assign(call, await plane.formation(), { objectType: 'APPLICATION', objectID }, []));

  it('whoever was not told is told by the next start, once', async () => {
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.assign('shop');
    await joinAndCrash('crm');
    expect(plane.receiver.told).toEqual([]);
    await resumeNotifications(plane.director);
    await resumeNotifications(plane.director);
    expect(plane.receiver.told).toEqual([{ path: '/shop', operation: 'assign', state: 'INITIAL', source: 'crm' }]);
    expect(await plane.assignments()).toContain('crm->shop READY');
    expect(await ticketsLeft()).toEqual([]);
  });

  it('whoever has accepted and has still to report is left alone', async () => {
    await plane.application('shop', 'ASYNC_CALLBACK');
    await plane.application('crm');
    await plane.assign('shop');
    await joinAndCrash('crm');
    await plane.ctx.write(async (call) => {
      const [waiting] = (await call.tx.find(formationAssignments, 'object', 'crm')).filter(({ target }) => target === 'shop');
      await call.tx.put(formationAssignments, { ...waiting!, lastNotificationSentTimestamp: new Date(Date.now() + 1000).toISOString() });
    });
    await resumeNotifications(plane.director);
    expect(plane.receiver.told).toEqual([]);
    expect(await ticketsLeft()).toEqual([]);
  });
});
