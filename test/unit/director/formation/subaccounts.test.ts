import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { automaticScenarioAssignments } from '../../../../src/director/automatic-scenario-assignment/records.ts';
import { attachConstraint, createConstraint } from '../../../../src/director/formation-constraint/rules.ts';
import { joinAutomatically } from '../../../../src/director/formation/automatic/moves.ts';
import { requireFormationByName } from '../../../../src/director/formation/rules.ts';
import { assignFormation, unassignFormation } from '../../../../src/director/formation/assigning/assign-and-tell.ts';
import { tickets } from '../../../../src/director/notification/outbox.ts';
import { runtimeContexts } from '../../../../src/director/runtime-context/records.ts';
import { runtimes } from '../../../../src/director/runtime/records.ts';
import { tenants } from '../../../../src/director/tenant/records.ts';
import { ACCOUNT, landscape } from '../notification/landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
});
afterEach(() => plane.close());

const SUBACCOUNT = { objectType: 'TENANT', objectID: 'sub' } as const;
const production = (call: Parameters<typeof requireFormationByName>[0]) => requireFormationByName(call, 'production');

/** A subaccount with a runtime of its own, and with two contexts on a runtime of its account. */
async function subaccount() {
  await plane.runtime('own');
  await plane.runtime('shared');
  await plane.context('one', 'shared');
  await plane.context('two', 'shared');
  await plane.ctx.write(async (call) => {
    await call.tx.put(tenants, {
      id: 'sub',
      externalID: 'sub',
      name: 'sub',
      type: 'subaccount',
      provider: 'test',
      parents: [ACCOUNT],
      labels: {},
    });
    const access = [
      { tenant: 'sub', owner: true, source: 'sub' },
      { tenant: ACCOUNT, owner: true, source: 'sub' },
    ];
    await call.tx.put(runtimes, { ...(await call.tx.get(runtimes, 'own'))!, access });
    for (const id of ['one', 'two']) await call.tx.put(runtimeContexts, { ...(await call.tx.get(runtimeContexts, id))!, access });
    const shared = (await call.tx.get(runtimes, 'shared'))!;
    await call.tx.put(runtimes, { ...shared, access: [...shared.access, { tenant: 'sub', owner: false, source: 'sub' }] });
  });
}

const participants = async () => (await plane.assignments()).filter((line) => /^(\w+)->\1 /.test(line)).map((line) => line.split('-')[0]);

describe('a subaccount', () => {
  it('brings its own runtime, and each of its contexts instead of the runtime that they are on', async () => {
    await subaccount();
    await assignFormation(plane.ctx, production, SUBACCOUNT, []);
    expect(await participants()).toEqual(['one', 'own', 'two']);
  });

  it('takes them all along when it leaves, and nobody else', async () => {
    await subaccount();
    await plane.application('shop');
    await plane.assign('shop');
    await assignFormation(plane.ctx, production, SUBACCOUNT, []);
    await unassignFormation(plane.ctx, production, { objectType: 'RUNTIME', objectID: 'own' });
    expect(await participants()).toContain('own');
    await unassignFormation(plane.ctx, production, SUBACCOUNT);
    expect(await participants()).toEqual(['shop']);
    expect((await plane.registry.latest.get(runtimeContexts, 'two'))!.scenarios).toEqual({});
  });

  it('brings contexts of others that it sees, which cannot leave by themselves', async () => {
    await subaccount();
    await plane.ctx.write(async (call) => {
      const one = (await call.tx.get(runtimeContexts, 'one'))!;
      await call.tx.put(runtimeContexts, { ...one, access: one.access.map((access) => ({ ...access, owner: access.tenant === ACCOUNT })) });
    });
    await assignFormation(plane.ctx, production, SUBACCOUNT, []);
    await unassignFormation(plane.ctx, production, { objectType: 'RUNTIME_CONTEXT', objectID: 'one' });
    expect(await participants()).toEqual(['one', 'own', 'two']);
    await unassignFormation(plane.ctx, production, SUBACCOUNT);
    expect(await participants()).toEqual([]);
  });

  it('does not bring a runtime on which it sees a context of others, nor what is on runtimes that it does not see', async () => {
    await subaccount();
    await plane.context('guest', 'own');
    await plane.runtime('elsewhere');
    await plane.context('lost', 'elsewhere');
    await plane.ctx.write(async (call) => {
      for (const id of ['guest', 'lost']) {
        const context = (await call.tx.get(runtimeContexts, id))!;
        await call.tx.put(runtimeContexts, { ...context, access: [...context.access, { tenant: 'sub', owner: false, source: 'sub' }] });
      }
    });
    await assignFormation(plane.ctx, production, SUBACCOUNT, []);
    expect(await participants()).toEqual(['guest', 'one', 'two']);
    await plane.ctx.write(async (call) => {
      const own = [{ tenant: 'sub', owner: true, source: 'sub' }];
      const lost = { ...(await call.tx.get(runtimeContexts, 'lost'))!, access: own };
      expect(await joinAutomatically(call, lost)).toEqual({ joined: [], left: [] });
    });
  });

  it('leaves nothing behind where one of its runtimes gets an answer that cannot be taken', async () => {
    await subaccount();
    await plane.application('shop', 'SYNC');
    await plane.assign('shop');
    plane.receiver.replies['/shop'] = { body: { state: 'DELETE_ERROR' } };
    await expect(assignFormation(plane.ctx, production, SUBACCOUNT, [])).rejects.toThrow('The provided response is not valid');
    expect(await participants()).toEqual(['shop']);
    expect(await plane.registry.latest.find(tickets, 'all', 'all')).toEqual([]);
    plane.receiver.replies['/shop'] = {};
    await assignFormation(plane.ctx, production, SUBACCOUNT, []);
    expect(await participants()).toEqual(['one', 'own', 'shop', 'two']);
  });

  describe('under rules about runtimes', () => {
    const forbid = (constraintType: 'PRE' | 'POST', targetOperation: string) =>
      plane.ctx.write(async (call) => {
        const { id } = await createConstraint(call, {
          name: 'no runtimes',
          constraintType,
          targetOperation,
          operator: 'DoNotGenerateFormationAssignmentNotification',
          resourceType: 'RUNTIME',
          resourceSubtype: 'cluster',
          inputTemplate: '{}',
          constraintScope: 'FORMATION_TYPE',
        } as never);
        await attachConstraint(call, { constraintID: id, formationTemplateID: (await plane.formation()).formationTemplateId });
      });

    it.each(['PRE', 'POST'] as const)('does not join where one %s an assign fails', async (type) => {
      await subaccount();
      await forbid(type, 'ASSIGN_FORMATION');
      await expect(assignFormation(plane.ctx, production, SUBACCOUNT, [])).rejects.toThrow('"no runtimes" is not satisfied');
      expect(await participants()).toEqual([]);
      expect(await plane.registry.latest.find(automaticScenarioAssignments, 'target', 'sub')).toEqual([]);
    });

    it('does not leave where one before an unassign fails', async () => {
      await subaccount();
      await assignFormation(plane.ctx, production, SUBACCOUNT, []);
      await forbid('PRE', 'UNASSIGN_FORMATION');
      await expect(unassignFormation(plane.ctx, production, SUBACCOUNT)).rejects.toThrow('"no runtimes" is not satisfied');
      expect(await participants()).toEqual(['one', 'own', 'two']);
    });
  });
});
