import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Slots, slotsOf } from '../../../../src/director/notification/slots.ts';
import { resumeNotifications } from '../../../../src/director/notification/resume.ts';
import { assign } from '../../../../src/director/formation/assigning/assign.ts';
import { createAndTell } from '../../../../src/director/formation/lifecycle/create-and-delete.ts';
import { requireFormationByName } from '../../../../src/director/formation/rules.ts';
import { assignFormation } from '../../../../src/director/formation/assigning/assign-and-tell.ts';
import { tickets } from '../../../../src/director/notification/outbox.ts';
import { landscape } from './landscape.ts';

/** Calls that end when they are told to. */
function gates() {
  const open: (() => void)[] = [];
  let most = 0;
  const now = { inside: 0 };
  return {
    call: async () => {
      most = Math.max(most, ++now.inside);
      await new Promise<void>((resolve) => open.push(resolve));
      now.inside--;
    },
    most: () => most,
    openAll: async () => {
      while (now.inside > 0 || open.length > 0) {
        open.splice(0).forEach((go) => go());
        await sleep(0);
      }
    },
  };
}

describe('places for calls', () => {
  it('are so many for a receiver, and all calls are made in the end', async () => {
    const slots = new Slots({ receiver: 3, all: 10 });
    const { call, most, openAll } = gates();
    const all = Array.from({ length: 20 }, (_, index) => slots.run(`http://one/${index}`, call));
    await sleep(5);
    expect(most()).toBe(3);
    await openAll();
    await Promise.all(all);
    expect(most()).toBe(3);
  });

  it('for one receiver take none from another', async () => {
    const slots = new Slots({ receiver: 2, all: 5 });
    const stuck = gates();
    for (let index = 0; index < 50; index++) void slots.run('http://hangs/', stuck.call);
    await expect(Promise.race([slots.run('http://other/', async () => 'answered'), sleep(500)])).resolves.toBe('answered');
    await stuck.openAll();
  });

  it('are so many in all', async () => {
    const slots = new Slots({ receiver: 2, all: 5 });
    const { call, most, openAll } = gates();
    const all = Array.from({ length: 30 }, (_, index) => slots.run(`http://receiver-${index}/`, call));
    await sleep(5);
    expect(most()).toBe(5);
    await openAll();
    await Promise.all(all);
  });

  it('come free by failures too', async () => {
    const slots = new Slots({ receiver: 1, all: 1 });
    await expect(slots.run('http://a/', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run('no address', async () => 1)).toBe(1);
  });

  it('are one set for each Director', () => {
    const [one, two] = [{}, {}];
    expect(slotsOf(one)).toBe(slotsOf(one));
    expect(slotsOf(one)).not.toBe(slotsOf(two));
  });
});

describe('a receiver that hangs', () => {
  let plane: Awaited<ReturnType<typeof landscape>>;
  afterEach(() => plane.close());

  it('keeps neither reads nor other formations waiting', async () => {
    plane = await landscape();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await plane.application('stuck', 'SYNC');
    await plane.application('shop', 'SYNC');
    for (let index = 0; index < 5; index++) await plane.application(`quiet-${index}`);
    await plane.assign('stuck');
    plane.receiver.replies['/stuck'] = { before: () => held };
    const hanging = Promise.all([0, 1, 2, 3, 4].map((index) => plane.assign(`quiet-${index}`)));
    await vi.waitFor(() => expect(plane.receiver.told).toHaveLength(5));
    let isOver = false;
    void hanging.then(() => (isOver = true));
    expect((await plane.assignments()).filter((line) => line.endsWith('->stuck INITIAL'))).toHaveLength(5);
    await createAndTell(plane.ctx, { name: 'other', templateName: 'suite' });
    for (const objectID of ['shop', 'quiet-0'])
      await assignFormation(plane.ctx, (call) => requireFormationByName(call, 'other'), { objectType: 'APPLICATION', objectID }, []);
    expect(plane.receiver.told.filter(({ path }) => path === '/shop')).toHaveLength(1);
    expect(isOver).toBe(false);
    release();
    await hanging;
    expect((await plane.assignments()).every((line) => line.endsWith('READY'))).toBe(true);
  });

  it('leaves the tickets of others to be taken up', async () => {
    plane = await landscape();
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.assign('shop');
    await plane.ctx.write(async (call) => assign(call, await plane.formation(), { objectType: 'APPLICATION', objectID: 'crm' }, []));
    let release: () => void = () => undefined;
    plane.receiver.replies['/shop'] = { before: () => new Promise<void>((resolve) => (release = resolve)) };
    // A ticket of a formation that is gone is done at once, although it is younger than the one that hangs.
    await plane.ctx.write(async ({ tx, caller }) =>
      tx.put(tickets, { id: 'other', formationID: 'gone', caller, createdAt: new Date(Date.now() - 1).toISOString() }),
    );
    await sleep(5);
    const resumed = resumeNotifications(plane.director);
    await vi.waitFor(() => expect(plane.receiver.told).toHaveLength(1));
    await vi.waitFor(async () =>
      expect((await plane.registry.latest.find(tickets, 'all', 'all')).map(({ id }) => id)).not.toContain('other'),
    );
    expect(await plane.assignments()).toContain('crm->shop INITIAL');
    release();
    await resumed;
    expect(await plane.assignments()).toContain('crm->shop READY');
  });
});
