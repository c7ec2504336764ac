import { expect, it } from 'vitest';
import { type BundleInstanceAuthRecord, bundleInstanceAuths } from '../../../../src/director/bundle-instance-auth/records.ts';
import { retireInstanceAuthsOfRuntime } from '../../../../src/director/bundle-instance-auth/retirement.ts';
import { directorCalls } from '../../../support/director-calls.ts';

it('credentials of a runtime that goes wait for being deleted; those that did already keep the time of that', async () => {
  const before = { reason: 'r', message: 'm', timestamp: '2020-01-01T00:00:00Z' };
  const auth = (id: string, condition: BundleInstanceAuthRecord['status']['condition']): BundleInstanceAuthRecord => ({
    id,
    applicationID: 'a',
    bundleID: 'b',
    runtimeID: 'runtime',
    status: { condition, ...before },
  });
  const { write, registry } = directorCalls();
  await write(async (call) => {
    for (const record of [auth('1', 'UNUSED'), auth('2', 'FAILED')]) await call.tx.put(bundleInstanceAuths, record);
    await retireInstanceAuthsOfRuntime(call, 'runtime');
  });
  const [unused, failed] = await registry.read((tx) => tx.getMany(bundleInstanceAuths, ['1', '2']));
  expect(unused).toMatchObject({ status: { condition: 'UNUSED', ...before } });
  expect(failed).toMatchObject({ status: { condition: 'UNUSED', reason: 'PendingDeletion' } });
  expect([unused!.runtimeID, failed!.runtimeID]).toEqual([undefined, undefined]);
});
