/** Rules around what happens to formations: when they are asked, and that what they forbid leaves no half of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applications } from '../../../../src/director/application/records.ts';
import { applicationTemplates } from '../../../../src/director/application-template/records.ts';
import { attachConstraint, createConstraint } from '../../../../src/director/formation-constraint/rules.ts';
import { formationAssignments } from '../../../../src/director/formation-assignment/records.ts';
import { formationTemplates } from '../../../../src/director/formation-template/records.ts';
import { resynchronize } from '../../../../src/director/formation/resync/resync.ts';
import { createAndTell, deleteAndTell } from '../../../../src/director/formation/lifecycle/create-and-delete.ts';
import { type FormationRecord, formations } from '../../../../src/director/formation/records.ts';
import { requireFormationByName } from '../../../../src/director/formation/rules.ts';
import { assignFormation } from '../../../../src/director/formation/assigning/assign-and-tell.ts';
import { answerStatusReport } from '../../../../src/director/notification/reports/status-api.ts';
import { createWebhooks } from '../../../../src/director/webhook/rules.ts';
import { ACCOUNT, landscape } from '../notification/landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
});
afterEach(() => plane.close());

/** Never satisfied: nobody is connected. */
const forbid = (constraintType: string, targetOperation: string, resourceType = 'APPLICATION') =>
  plane.ctx.write(async (call) => {
    const { formationTemplateId } = await plane.formation();
    const constraint = await createConstraint(call, {
      name: `${constraintType} ${targetOperation}`,
      constraintType,
      targetOperation,
      operator: 'ContainsScenarioGroups',
      resourceType,
      resourceSubtype: 'ANY',
      inputTemplate: '{"requiredScenarioGroups":["none"],"resource_type":"APPLICATION","resource_id":"nobody"}',
      constraintScope: 'FORMATION_TYPE',
    } as never);
    await attachConstraint(call, { constraintID: constraint.id, formationTemplateID: formationTemplateId });
  });

const inState = (name: string, state: string) => createAndTell(plane.ctx, { name, templateName: 'suite', state });
const assignTo = (name: string, objectID: string) =>
  assignFormation(plane.ctx, (call) => requireFormationByName(call, name), { objectType: 'APPLICATION', objectID }, []);

const reportAs = (consumer: { id: string; type: string }, path: string, body: unknown) =>
  answerStatusReport(plane.director, {
    method: 'PATCH',
    path: `/v1/businessIntegrations/${path}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    caller: { ...plane.ctx.caller, consumer },
    requestId: 'r',
  } as never);

const assignment = async (source: string, target: string) =>
  (await plane.registry.latest.find(formationAssignments, 'formation', (await plane.formation()).id)).find(
    (found) => found.source === source && found.target === target,
  );

describe('rules after an assign', () => {
  it('are asked in a formation that is in use, and undo it', async () => {
    await plane.application('shop');
    await forbid('POST', 'ASSIGN_FORMATION');
    await expect(plane.assign('shop')).rejects.toThrow('constraint type "POST"');
    expect(await plane.assignments()).toEqual([]);
  });

  it('are not asked in one that is not in use yet', async () => {
    await plane.application('shop');
    await forbid('POST', 'ASSIGN_FORMATION');
    await inState('later', 'INITIAL');
    expect((await assignTo('later', 'shop')).state).toBe('INITIAL');
    expect((await plane.registry.latest.get(applications, 'shop'))?.scenarios).toEqual({ [ACCOUNT]: ['later'] });
  });
});

it('of two configurations given for one assignment the last counts', async () => {
  await plane.application('shop');
  await plane.application('crm');
  await plane.assign('crm');
  const given = ['1', '2'].map((configuration) => ({ sourceID: 'shop', targetID: 'crm', configuration }));
  await assignFormation(
    plane.ctx,
    (call) => requireFormationByName(call, 'production'),
    { objectType: 'APPLICATION', objectID: 'shop' },
    given,
  );
  expect((await assignment('shop', 'crm'))?.configuration).toBe('2');
});

it('rules after an unassign are not asked about what nobody knows', async () => {
  await plane.application('shop');
  await forbid('POST', 'UNASSIGN_FORMATION');
  await expect(plane.unassign('nobody')).resolves.toMatchObject({ name: 'production' });
  await expect(plane.unassign('shop')).rejects.toThrow('UNASSIGN_FORMATION');
});

describe('rules about what a participant says', () => {
  it('refuse a report whole', async () => {
    await plane.application('shop', 'ASYNC_CALLBACK');
    await plane.application('crm');
    await plane.assign('shop');
    await plane.assign('crm');
    await forbid('POST', 'NOTIFICATION_STATUS_RETURNED');
    const told = (await assignment('crm', 'shop'))!;
    const answer = await reportAs({ id: 'shop', type: 'Application' }, `${told.formationID}/assignments/${told.id}/status`, {
      state: 'READY',
      configuration: { a: 1 },
    });
    expect(answer.status).toBe(400);
    expect(await assignment('crm', 'shop')).toEqual(told);
  });

  it('leave an assignment in error whose answer they forbid, and its label', async () => {
    await plane.application('shop', 'SYNC');
    await plane.application('crm');
    await plane.assign('shop');
    await plane.assign('crm');
    await forbid('PRE', 'NOTIFICATION_STATUS_RETURNED');
    await expect(plane.unassign('crm')).rejects.toThrow('NOTIFICATION_STATUS_RETURNED');
    expect(await plane.assignments()).toEqual(['crm->shop DELETE_ERROR', 'shop->shop READY']);
    expect((await plane.registry.latest.get(applications, 'crm'))?.scenarios).toEqual({ [ACCOUNT]: ['production'] });
  });
});

it('a report for a system whose template belongs to no subaccount is refused in the words of the unexpected', async () => {
  await plane.application('shop', 'ASYNC_CALLBACK');
  await plane.application('crm');
  await plane.assign('shop');
  await plane.assign('crm');
  const { id, formationID } = (await assignment('crm', 'shop'))!;
  const stranger = { ...plane.ctx.caller, tenant: { id: 'elsewhere', externalId: 'elsewhere' } };
  const ask = () =>
    answerStatusReport(plane.director, {
      method: 'PATCH',
      path: `/v1/businessIntegrations/${formationID}/assignments/${id}/status`,
      headers: {},
      body: '{"state":"READY"}',
      caller: { ...stranger, consumer: { id: 'x', type: 'Application' } },
      requestId: 'r',
    } as never);
  expect(await ask()).toMatchObject({ status: 401, body: '' });
  await plane.ctx.write(async (call) => {
    const shop = (await call.tx.get(applications, 'shop'))!;
    await call.tx.put(applicationTemplates, {
      id: 'template',
      name: 'template',
      labels: {},
      placeholders: [],
      accessLevel: 'GLOBAL',
    } as never);
    await call.tx.put(applications, { ...shop, applicationTemplateID: 'template' });
  });
  expect(await ask()).toMatchObject({ status: 401, body: expect.stringContaining('An unexpected error occurred') as string });
});

it('rules are asked by priority, then by age, and all of them', async () => {
  const { formationTemplateId } = await plane.formation();
  const rule = (name: string, priority: number) =>
    plane.ctx.write(async (call) => {
      const { id } = await createConstraint(call, {
        name,
        priority,
        constraintType: 'PRE',
        targetOperation: 'ASSIGN_FORMATION',
        operator: 'ContainsScenarioGroups',
        resourceType: 'APPLICATION',
        resourceSubtype: name === 'of others' ? 'kyma' : 'system',
        inputTemplate:
          name === 'unreadable' ? '{{.Nope}}' : '{"requiredScenarioGroups":["none"],"resource_type":"APPLICATION","resource_id":"nobody"}',
        constraintScope: 'FORMATION_TYPE',
      } as never);
      if (name !== 'of no template') await attachConstraint(call, { constraintID: id, formationTemplateID: formationTemplateId });
      await new Promise((resolve) => setTimeout(resolve, 2));
    });
  for (const [name, priority] of Object.entries({ last: -1, older: 0, first: 5, unreadable: 0, 'of others': 9, 'of no template': 9 }))
    await rule(name, priority);
  await plane.application('shop');
  const refusal = await plane.assign('shop').then(
    () => '',
    (error: Error) => error.message,
  );
  const named = [...refusal.matchAll(/Formation constraint "([^"]+)" is not satisfied due to: (\w+)/g)].map(
    ([, name, why]) => `${name}: ${why}`,
  );
  expect(named).toEqual([
    'first: An',
    'first: Operator',
    'older: An',
    'older: Operator',
    'unreadable: Failed',
    'last: An',
    'last: Operator',
  ]);
  expect(refusal).toContain(
    'while enforcing constraints for target operation "ASSIGN_FORMATION" and constraint type "PRE": 7 errors occurred:',
  );
  expect((await plane.registry.latest.get(applications, 'shop'))?.scenarios).toEqual({});
});

describe('a leading product', () => {
  const hook = (type: string, path = 'lead') =>
    ({
      type,
      mode: 'SYNC',
      urlTemplate: `{"path":"${plane.receiver.url}/${path}","method":"POST"}`,
      inputTemplate: '{"operation":"{{.Operation}}","state":"{{ copy .Formation.Error "message" }}"}',
      outputTemplate: '{"error":"{{.Body.error}}","success_status_code":200,"incomplete_status_code":202}',
    }) as never;
  const lead = async (...hooks: ReturnType<typeof hook>[]) => {
    const { formationTemplateId } = await plane.formation();
    await plane.ctx.write(async (call) => {
      await createWebhooks(
        call,
        { kind: 'formationTemplate', id: formationTemplateId },
        hooks.length === 0 ? [hook('FORMATION_LIFECYCLE')] : hooks,
      );
      const template = (await call.tx.get(formationTemplates, formationTemplateId))!;
      await call.tx.put(formationTemplates, { ...template, leadingProductIDs: ['lead'] });
    });
  };
  const stored = async (formation: FormationRecord) => plane.registry.latest.get(formations, formation.id);

  it('that decides nothing leaves the time at which it was told', async () => {
    await lead();
    plane.receiver.replies['/lead'] = { status: 202 };
    const created = await createAndTell(plane.ctx, { name: 'new', templateName: 'suite' });
    expect(created).toMatchObject({ state: 'INITIAL' });
    expect(created.lastNotificationSentTimestamp).toBeUndefined();
    expect((await stored(created))?.lastNotificationSentTimestamp).toBeDefined();
    expect(await deleteAndTell(plane.ctx, { name: 'new' })).toMatchObject({ state: 'INITIAL' });
    expect(await stored(created)).toBeDefined();
  });

  it('hears what it said last', async () => {
    await lead();
    plane.receiver.replies['/lead'] = { status: 400, body: { error: 'not yet' } };
    const { id } = await createAndTell(plane.ctx, { name: 'new', templateName: 'suite' });
    await resynchronize(plane.ctx, id, false);
    expect(plane.receiver.told.map(({ state }) => state)).toEqual(['', 'not yet']);
  });

  it('is told by webhooks of every type, one after the other', async () => {
    await lead(hook('CONFIGURATION_CHANGED'));
    await lead();
    expect(await createAndTell(plane.ctx, { name: 'new', templateName: 'suite' })).toMatchObject({ state: 'READY' });
    expect(plane.receiver.told.map(({ operation }) => operation)).toEqual(['createFormation', 'createFormation']);
  });

  it('is told in the order in which its webhooks were given', async () => {
    const types = ['FORMATION_LIFECYCLE', 'CONFIGURATION_CHANGED', 'APPLICATION_TENANT_MAPPING', 'OPEN_RESOURCE_DISCOVERY'];
    await lead(...types.map((type) => hook(type, type)));
    await createAndTell(plane.ctx, { name: 'new', templateName: 'suite' });
    expect(plane.receiver.told.map(({ path }) => path)).toEqual(types.map((type) => `/${type}`));
  });

  it('is not told where a rule forbids it: a new formation waits, one in use is deleted all the same, and one that waits stays', async () => {
    await lead();
    await forbid('PRE', 'GENERATE_FORMATION_NOTIFICATION', 'FORMATION');
    const waiting = await createAndTell(plane.ctx, { name: 'new', templateName: 'suite' });
    expect(waiting).toMatchObject({ state: 'INITIAL' });
    expect(await deleteAndTell(plane.ctx, { name: 'new' })).toMatchObject({ state: 'INITIAL' });
    expect(await stored(waiting)).toMatchObject({ state: 'INITIAL' });
    const used = await plane.formation();
    expect(await deleteAndTell(plane.ctx, { name: used.name })).toMatchObject({ state: 'READY' });
    expect(await stored(used)).toBeUndefined();
    expect(plane.receiver.told).toEqual([]);
  });

  it('creates nothing where a rule forbids what it answered', async () => {
    await lead();
    await forbid('POST', 'NOTIFICATION_STATUS_RETURNED', 'FORMATION');
    await expect(createAndTell(plane.ctx, { name: 'new', templateName: 'suite' })).rejects.toThrow('NOTIFICATION_STATUS_RETURNED');
    await expect(requireFormationByName(plane.ctx.call, 'new')).rejects.toThrow('Object not found');
  });

  it('that agrees to a deletion later asks no rules about deletions any more', async () => {
    await lead();
    await forbid('POST', 'DELETE_FORMATION', 'FORMATION');
    const leaving = await plane.formation();
    await plane.ctx.write((call) => call.tx.put(formations, { ...leaving, state: 'DELETING' }));
    const answer = await reportAs({ id: 'lead', type: 'Application' }, `${leaving.id}/status`, { state: 'READY' });
    expect(answer.status).toBe(200);
    expect(await stored(leaving)).toBeUndefined();
  });
});

describe('a reset without a state', () => {
  it.each([
    ['Static User', 200, 'READY'],
    ['Application', 400, 'READY'],
  ])('by a %s', async (type, status, state) => {
    await plane.application('shop', 'ASYNC_CALLBACK');
    await plane.application('crm');
    await plane.assign('shop');
    await plane.assign('crm');
    const { id, formationID } = (await assignment('crm', 'shop'))!;
    const path = `${formationID}/assignments/${id}/status`;
    await reportAs({ id: 'shop', type: 'Application' }, path, { state: 'READY' });
    const answer = await reportAs({ id: 'x', type }, `${path}/reset`, { configuration: { a: 1 } });
    expect(answer.status).toBe(status);
    expect(await assignment('crm', 'shop')).toMatchObject({ state, ...(status === 200 && { configuration: '{"a":1}' }) });
  });
});
