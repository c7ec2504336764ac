import { afterEach, beforeEach, expect, it } from 'vitest';
import { askApplication } from '../../../../src/director/bundle-instance-auth/ask.ts';
import { type BundleInstanceAuthRecord, bundleInstanceAuths } from '../../../../src/director/bundle-instance-auth/records.ts';
import { backgroundDone } from '../../../../src/director/background.ts';
import { createWebhooks } from '../../../../src/director/webhook/rules.ts';
import { landscape } from '../notification/landscape.ts';

let plane: Awaited<ReturnType<typeof landscape>>;
beforeEach(async () => {
  plane = await landscape();
  await plane.application('shop');
});
afterEach(() => plane.close());

const auth = (condition: BundleInstanceAuthRecord['status']['condition']): BundleInstanceAuthRecord => ({
  id: 'auth',
  applicationID: 'shop',
  bundleID: 'bundle',
  inputParams: '{"plan":"gold"}',
  status: { condition, reason: '', message: '', timestamp: '' },
});
const hook = (more: object) =>
  plane.ctx.write((call) =>
    createWebhooks(call, { kind: 'application', id: 'shop' }, [{ type: 'CONFIGURATION_CHANGED', ...more } as never]),
  );

async function ask(record: BundleInstanceAuthRecord, isKept = true) {
  if (isKept) await plane.ctx.write(async ({ tx }) => tx.put(bundleInstanceAuths, record));
  askApplication(plane.ctx, record);
  await backgroundDone(plane.director, 2_000);
  return plane.receiver.told as unknown as Record<string, unknown>[];
}

it.each([
  ['PENDING', 'credentialsRequested'],
  ['UNUSED', 'credentialsReturned'],
] as const)('%s is told as %s', async (condition, event) => {
  await hook({ url: `${plane.receiver.url}/hook` });
  expect(await ask(auth(condition))).toEqual([
    expect.objectContaining({
      path: '/hook',
      event,
      bundleInstanceAuthID: 'auth',
      applicationID: 'shop',
      runtimeID: null,
      inputParams: { plan: 'gold' },
    }),
  ]);
});

it('what is given or gone is told to nobody', async () => {
  await hook({ url: `${plane.receiver.url}/hook` });
  expect(await ask(auth('SUCCEEDED'))).toEqual([]);
  expect(await ask({ ...auth('PENDING'), id: 'gone' }, false)).toEqual([]);
});

it('webhooks with templates are for formations', async () => {
  await hook({
    urlTemplate: `{"method":"POST","path":"${plane.receiver.url}/hook"}`,
    inputTemplate: '{}',
    outputTemplate: '{"error":"","success_status_code":200}',
  });
  expect(await ask(auth('PENDING'))).toEqual([]);
});

it('an application that cannot be reached is no fault of who asks', async () => {
  await hook({ url: 'http://127.0.0.1:1/' });
  await ask(auth('PENDING'));
  expect(plane.reports).toEqual(['asking an application for credentials failed']);
});
