/** Rules around what participants answer and report: what stays where a rule fails, and where one changes the word. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backgroundDone } from '../../../../src/director/background.ts';
import { attachConstraint, createConstraint } from '../../../../src/director/formation-constraint/rules.ts';
import { type FormationAssignmentRecord, formationAssignments } from '../../../../src/director/formation-assignment/records.ts';
import { resynchronize } from '../../../../src/director/formation/resync/resync.ts';
import { answerStatusReport } from '../../../../src/director/notification/reports/status-api.ts';
import { landscape } from '../notification/landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
});
afterEach(() => plane.close());

const rule = (constraintType: 'PRE' | 'POST', operator: string, inputTemplate: string) =>
  plane.ctx.write(async (call) => {
    const { id } = await createConstraint(call, {
      name: 'rule',
      constraintType,
      targetOperation: 'NOTIFICATION_STATUS_RETURNED',
      operator,
      resourceType: 'APPLICATION',
      resourceSubtype: 'ANY',
      inputTemplate,
      constraintScope: 'FORMATION_TYPE',
    } as never);
    await attachConstraint(call, { constraintID: id, formationTemplateID: (await plane.formation()).formationTemplateId });
  });
/** Never satisfied. */
const forbid = (type: 'PRE' | 'POST') => rule(type, 'DoNotGenerateFormationAssignmentNotification', '{}');
const mutate = (fields: string) =>
  rule('PRE', 'ConfigMutator', `{"notification_status_report_memory_address":{{.NotificationStatusReport.GetAddress}},${fields}}`);

const assignment = async (source: string, target: string): Promise<FormationAssignmentRecord | undefined> =>
  (await plane.registry.latest.find(formationAssignments, 'formation', (await plane.formation()).id)).find(
    (found) => found.source === source && found.target === target,
  );
const errorOf = async (source: string, target: string) => {
  const { error } = (await assignment(source, target))!;
  return error === undefined ? undefined : (JSON.parse(error) as { error: { message: string; errorCode: number } }).error;
};

async function report(state: string): Promise<number> {
  const { id, formationID } = (await assignment('crm', 'shop'))!;
  const { status } = await answerStatusReport(plane.director, {
    method: 'PATCH',
    path: `/v1/businessIntegrations/${formationID}/assignments/${id}/status`,
    headers: {},
    body: JSON.stringify({ state }),
    caller: { ...plane.ctx.caller, consumer: { id: 'x', type: 'Application' } },
    requestId: 'r',
  } as never);
  await backgroundDone(plane.director, 5_000);
  return status;
}

const together = async (mode: 'SYNC' | 'ASYNC_CALLBACK') => {
  await plane.application('shop', mode);
  await plane.application('crm');
  await plane.assign('shop');
  await plane.assign('crm');
};

describe('a system that lets another one go at once', () => {
  beforeEach(() => together('SYNC'));

  it('is not believed where a rule before that fails', async () => {
    await forbid('PRE');
    await expect(plane.unassign('crm')).rejects.toThrow('constraint type "PRE"');
    expect(await errorOf('crm', 'shop')).toEqual({ message: 'error while deleting assignment', errorCode: 1 });
  });

  it('has let it go, whatever rules after that say', async () => {
    await forbid('POST');
    await plane.unassign('crm');
    expect(await plane.assignments()).toEqual(['shop->shop READY']);
  });

  it('has not, where a rule makes something else of its word', async () => {
    await mutate('"state":"CONFIG_PENDING"');
    await plane.unassign('crm');
    expect(await plane.assignments()).toEqual(['crm->shop DELETING', 'shop->shop READY']);
  });

  it('refuses, and a rule that makes READY of it lets nothing go', async () => {
    await mutate('"state":"READY"');
    plane.receiver.replies['/shop'] = { status: 400, body: { error: 'no' } };
    await expect(plane.unassign('crm')).rejects.toThrow('Received DELETE_ERROR assignment state and error: no');
    expect(await plane.assignments()).toEqual(['crm->shop READY', 'shop->shop READY']);
  });
});

describe('resynchronization', () => {
  beforeEach(async () => {
    plane.receiver.replies['/shop'] = { status: 500 };
    await together('SYNC');
    plane.receiver.replies['/shop'] = { body: { configuration: { a: 1 } } };
  });
  const resync = async () => resynchronize(plane.ctx, (await plane.formation()).id, false);

  it('a rule before the answer leaves the assignment as it was taken up', async () => {
    await forbid('PRE');
    await expect(resync()).rejects.toThrow('constraint type "PRE"');
    expect(await plane.assignments()).toContain('crm->shop INITIAL');
    expect(await errorOf('crm', 'shop')).toBeUndefined();
  });

  it('a rule after it leaves the answer, and the operation unfinished', async () => {
    await forbid('POST');
    await expect(resync()).rejects.toThrow('constraint type "POST"');
    expect(await assignment('crm', 'shop')).toMatchObject({ state: 'READY', configuration: '{"a":1}' });
    expect((await assignment('crm', 'shop'))?.operations.at(-1)).not.toHaveProperty('finishedAt');
  });
});

it('rules see the error of a system that would answer later', async () => {
  plane.receiver.replies['/shop'] = { status: 400, body: { error: 'no' } };
  await mutate('"state":"READY"');
  await together('ASYNC_CALLBACK');
  expect(await plane.assignments()).toContain('crm->shop READY');
  expect((await assignment('crm', 'shop'))?.operations.at(-1)).toHaveProperty('finishedAt');
});

describe('a report that another system may go', () => {
  beforeEach(async () => {
    await together('ASYNC_CALLBACK');
    await report('READY');
    await plane.unassign('crm');
  });

  it('leaves the assignment in error where a rule before it fails', async () => {
    await forbid('PRE');
    expect(await report('READY')).toBe(400);
    expect(await plane.assignments()).toContain('crm->shop DELETE_ERROR');
    expect(await errorOf('crm', 'shop')).toMatchObject({
      message: expect.stringContaining('constraint type "PRE"') as string,
      errorCode: 1,
    });
  });

  it('stands where a rule after it fails, which is told', async () => {
    await forbid('POST');
    expect(await report('READY')).toBe(400);
    expect(await plane.assignments()).toEqual(['shop->shop READY']);
  });

  it('is nothing where a rule makes something else of it', async () => {
    await mutate('"state":"CONFIG_PENDING"');
    expect(await report('READY')).toBe(200);
    expect(await plane.assignments()).toContain('crm->shop DELETING');
  });
});
