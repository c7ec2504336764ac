/** The operator that puts an Instance Creator between the plane and a participant, from the first call to the last report. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applications } from '../../../../src/director/application/records.ts';
import { formationConstraints } from '../../../../src/director/formation-constraint/records.ts';
import { attachConstraint, createConstraint } from '../../../../src/director/formation-constraint/rules.ts';
import { formationAssignments } from '../../../../src/director/formation-assignment/records.ts';
import { answerStatusReport } from '../../../../src/director/notification/reports/status-api.ts';
import { backgroundDone } from '../../../../src/director/background.ts';
import { webhookOwnerKey, type WebhookRecord, webhooks } from '../../../../src/director/webhook/records.ts';
import { landscape } from '../notification/landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
});
afterEach(() => plane.close());

async function flowControl(more = ''): Promise<void> {
  const { formationTemplateId } = await plane.formation();
  const location = '"join_point_location":{"OperationName":"{{.Location.OperationName}}","ConstraintType":"{{.Location.ConstraintType}}"}';
  const common = `"formation_assignment_memory_address":{{.FormationAssignment.GetAddress}},"operation":"{{.Operation}}",${location}${more}`;
  const creator = JSON.stringify(`{"path":"${plane.receiver.url}/creator","method":"POST"}`);
  const rules = {
    SEND_NOTIFICATION: `{"should_redirect":{{ eq .Operation "assign" }},"url_template":${creator},"webhook_memory_address":{{.Webhook.GetAddress}},${common}}`,
    NOTIFICATION_STATUS_RETURNED: `{"notification_status_report_memory_address":{{.NotificationStatusReport.GetAddress}},${common}}`,
  };
  for (const [targetOperation, inputTemplate] of Object.entries(rules))
    await plane.ctx.write(async (call) => {
      const { id } = await createConstraint(call, {
        name: targetOperation,
        constraintType: 'PRE',
        targetOperation,
        operator: 'AsynchronousFlowControl',
        resourceType: 'APPLICATION',
        resourceSubtype: 'ANY',
        inputTemplate,
        constraintScope: 'FORMATION_TYPE',
      } as never);
      await attachConstraint(call, { constraintID: id, formationTemplateID: formationTemplateId });
    });
}

const inSubaccount = (name: string) =>
  plane.ctx.write(async (call) => {
    const application = (await call.tx.get(applications, name))!;
    await call.tx.put(applications, { ...application, labels: { ...application.labels, global_subaccount_id: 'somewhere' } });
  });

async function report(type: string, state: string, configuration?: unknown): Promise<number> {
  const all = await plane.registry.latest.find(formationAssignments, 'formation', (await plane.formation()).id);
  const { id, formationID } = all.find(({ source, target }) => source === 'crm' && target === 'shop')!;
  const { status } = await answerStatusReport(plane.director, {
    method: 'PATCH',
    path: `/v1/businessIntegrations/${formationID}/assignments/${id}/status`,
    headers: {},
    body: JSON.stringify({ state, configuration }),
    caller: { ...plane.ctx.caller, consumer: { id: 'x', type } },
    requestId: 'r',
  } as never);
  await backgroundDone(plane.director, 5_000);
  return status;
}

const told = () => plane.receiver.told.splice(0).map(({ path, operation }) => `${operation} ${path}`);

it('joining is left to the Instance Creator, and leaving needs both', async () => {
  await plane.application('shop', 'ASYNC_CALLBACK');
  await plane.application('crm');
  await inSubaccount('shop');
  await flowControl();
  await plane.assign('crm');
  await plane.assign('shop');
  expect(told()).toEqual(['assign /creator']);

  expect(await report('Application', 'READY', { credentials: { inboundCommunication: {} } })).toBe(200);
  expect(await plane.assignments()).toContain('crm->shop CONFIG_PENDING');
  expect(await report('Instance Creator', 'READY', { credentials: { outboundCommunication: {} } })).toBe(200);
  expect(await plane.assignments()).toContain('crm->shop READY');

  await plane.unassign('crm');
  expect(told()).toEqual(['unassign /shop']);
  expect(await report('Application', 'READY')).toBe(200);
  expect(told()).toEqual(['unassign /creator']);
  expect(await plane.assignments()).toEqual(['crm->shop DELETING', 'shop->shop READY']);

  expect(await report('Application', 'READY')).toBe(200);
  expect(await plane.assignments()).toContain('crm->shop DELETING');
  expect(await report('Instance Creator', 'READY')).toBe(200);
  expect(await plane.assignments()).toEqual(['shop->shop READY']);
  expect((await plane.registry.latest.get(applications, 'crm'))?.scenarios).toEqual({});
});

const STRANGERS = [
  ['lives in no subaccount', 'ASYNC_CALLBACK', false, 'non-BTP'],
  ['answers at once', 'SYNC', true, 'synchronous'],
] as const;

it.each(STRANGERS)('a participant that %s is told itself', async (_, mode, lives) => {
  await plane.application('shop', mode);
  await plane.application('crm');
  if (lives) await inSubaccount('shop');
  await flowControl();
  await plane.assign('crm');
  await plane.assign('shop');
  expect(told()).toEqual(['assign /shop']);
});

it.each(STRANGERS)('a strict rule refuses a participant that %s', async (_, mode, lives, who) => {
  await plane.application('shop', mode);
  await plane.application('crm');
  if (lives) await inSubaccount('shop');
  await flowControl(',"fail_on_sync_participants":true,"fail_on_non_btp_participants":true');
  await plane.assign('crm');
  await plane.assign('shop');
  expect(told()).toEqual([]);
  const all = await plane.registry.latest.find(formationAssignments, 'formation', (await plane.formation()).id);
  expect(all.find(({ state }) => state === 'CREATE_ERROR')?.error).toContain(`Instance creator is not supported on ${who} participants`);
});

it('a participant whose webhook has no mode joins through the Instance Creator, and leaves by its own word', async () => {
  await plane.application('shop', 'SYNC');
  await plane.application('crm');
  await inSubaccount('shop');
  await plane.ctx.write(async (call) => {
    for (const webhook of await call.tx.find(webhooks, 'owner', webhookOwnerKey('application', 'shop')))
      await call.tx.put(webhooks, { ...webhook, mode: undefined } as WebhookRecord);
  });
  await flowControl(',"fail_on_sync_participants":true');
  await plane.assign('crm');
  await plane.assign('shop');
  expect(told()).toEqual(['assign /creator']);
  await plane.unassign('crm');
  expect(told()).toEqual(['unassign /shop']);
  expect(await plane.assignments()).toEqual(['shop->shop READY']);
});

it('a participant that answers at once leaves by its own word, unless the rule is strict', async () => {
  await plane.application('shop', 'SYNC');
  await plane.application('crm');
  await plane.assign('crm');
  await plane.assign('shop');
  await inSubaccount('shop');
  await flowControl();
  await plane.unassign('crm');
  expect(await plane.assignments()).toEqual(['shop->shop READY']);

  await plane.application('desk');
  await plane.assign('desk');
  const strict = ',"fail_on_sync_participants":true';
  await plane.ctx.write(async (call) => {
    for (const rule of await call.tx.find(formationConstraints, 'all', 'all'))
      if (rule.name === 'NOTIFICATION_STATUS_RETURNED')
        await call.tx.put(formationConstraints, { ...rule, inputTemplate: rule.inputTemplate.replace(/}$/, `${strict}}`) });
  });
  await expect(plane.unassign('desk')).rejects.toThrow('Instance creator is not supported on synchronous participants');
  expect(await plane.assignments()).toContain('desk->shop DELETE_ERROR');
});

it('what a system answers at once is held back, too, where it asks for credentials', async () => {
  await plane.application('shop', 'SYNC');
  await plane.application('crm');
  await inSubaccount('shop');
  await flowControl();
  plane.receiver.replies['/shop'] = { body: { configuration: { credentials: { inboundCommunication: {} } } } };
  await plane.assign('crm');
  await plane.assign('shop');
  expect(await plane.assignments()).toContain('crm->shop CONFIG_PENDING');
});

it('leaving once more begins anew with the participant', async () => {
  await plane.application('shop', 'ASYNC_CALLBACK');
  await plane.application('crm');
  await inSubaccount('shop');
  await flowControl();
  await plane.assign('crm');
  await plane.assign('shop');
  await report('Instance Creator', 'READY');
  await plane.unassign('crm');
  await report('Application', 'READY');
  expect(told()).toEqual(['assign /creator', 'unassign /shop', 'unassign /creator']);
  await plane.unassign('crm');
  expect(told()).toEqual(['unassign /shop']);
});
