/** Receivers that answer what they should not, and templates that give it: nobody else is harmed, and the assignment says what was wrong. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createConstraint } from '../../../../src/director/formation-constraint/rules.ts';
import { formationAssignments } from '../../../../src/director/formation-assignment/records.ts';
import { requestOf } from '../../../../src/director/notification/send.ts';
import { webhooks } from '../../../../src/director/webhook/records.ts';
import { landscape } from './landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
  await plane.application('crm');
  await plane.application('shop', 'SYNC');
  await plane.assign('crm');
});
afterEach(() => plane.close());

async function errorOf(): Promise<{ message: string; errorCode: number }> {
  const all = await plane.registry.latest.find(formationAssignments, 'formation', (await plane.formation()).id);
  return (JSON.parse(all.find(({ source, target }) => source === 'crm' && target === 'shop')!.error!) as { error: never }).error;
}

it.each([
  ['megabytes of something', { body: 'x'.repeat(5_000_000) }, /the answer is longer than 4194304 bytes$/],
  ['a long text that is no object', { body: 'x'.repeat(100_000) }, /^failed to unmarshall HTTP response with body: "x{5000,}…$/],
])('%s', async (_, reply, message) => {
  plane.receiver.replies['/shop'] = reply;
  await plane.assign('shop');
  expect(await errorOf()).toEqual({ message: expect.stringMatching(message) as string, errorCode: 1 });
});

it('a very long reason is cut', async () => {
  plane.receiver.replies['/shop'] = { status: 400, body: { error: 'y'.repeat(1_000_000) } };
  await plane.assign('shop');
  const { message, errorCode } = await errorOf();
  expect({ length: message.length, errorCode }).toEqual({ length: 10_001, errorCode: 2 });
});

it.each([
  ['{"method":"POST","path":5}', undefined, 'unable to parse webhook URL: field path cannot be a value of type number'],
  ['{"method":"POST"}', undefined, 'unable to parse webhook URL: field path cannot be a value of type undefined'],
  ['[]', undefined, 'unable to parse webhook URL: a JSON object is needed, not a value of type array'],
  ['{"method":"POST","path":"x"}', '{"X-A":"b"}', 'unable to parse webhook headers: field X-A cannot be a value of type string'],
])('a template that gives %s %s is no request', (urlTemplate, headerTemplate, message) => {
  const webhook = { id: 'w', headerTemplate } as never;
  expect(() => requestOf({ webhook, data: {} }, { url: undefined, urlTemplate }, 'r')).toThrow(message);
});

it.each([
  [{}, [], /could not determine auth flow for webhook$/],
  [{ accessStrategy: 'custom:foo:v1' }, [], /could not determine auth flow for webhook$/],
  [{ accessStrategy: 'open', credential: { kind: 'basic', username: 'u', password: 'p' } }, ['/shop'], undefined],
])('a call with %j', async (auth, paths, message) => {
  await plane.ctx.write(async (call) => {
    for (const webhook of await call.tx.find(webhooks, 'owner', 'application|shop'))
      await call.tx.put(webhooks, { ...webhook, auth: auth as never });
  });
  await plane.assign('shop');
  expect(plane.receiver.told.map(({ path }) => path)).toEqual(paths);
  if (message) expect((await errorOf()).message).toMatch(message);
});

it('rules after a call are not asked about a refusal', async () => {
  await plane.ctx.write(async (call) => {
    await createConstraint(call, {
      name: 'never',
      constraintType: 'POST',
      targetOperation: 'SEND_NOTIFICATION',
      operator: 'DoNotGenerateFormationAssignmentNotification',
      resourceType: 'APPLICATION',
      resourceSubtype: 'ANY',
      inputTemplate: '{}',
      constraintScope: 'GLOBAL',
    } as never);
  });
  plane.receiver.replies['/shop'] = { status: 400, body: { error: 'no' } };
  await plane.assign('shop');
  expect(await errorOf()).toEqual({ message: 'no', errorCode: 2 });
});
