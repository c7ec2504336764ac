import { expect, it } from 'vitest';
import { unpairApplication } from '../../../../src/director/application/changes/unregister.ts';
import { applications } from '../../../../src/director/application/records.ts';
import { registerApplication } from '../../../../src/director/application/rules.ts';
import { type RuntimeRecord, runtimes } from '../../../../src/director/runtime/records.ts';
import { callerIn, directorCalls } from '../../../support/director-calls.ts';

it('who may not unpair a system is told all of its formations, those of other tenants as well', async () => {
  const { write } = directorCalls();
  const { id, access } = await write(async (call) => {
    const record = await registerApplication(call, { name: 'shop' });
    await call.tx.put(applications, { ...record, scenarios: { U: ['theirs'], T: ['ours'] } });
    await call.tx.put(runtimes, {
      id: 'r',
      name: 'kyma',
      labels: {},
      access: record.access,
      scenarios: { T: ['ours'] },
    } as unknown as RuntimeRecord);
    return record;
  }, callerIn('T'));
  expect(access).toHaveLength(1);
  await expect(write((call) => unpairApplication(call, id), callerIn('T'))).rejects.toThrow(
    'Unassign the system from the following formations first: ours, theirs. Then, unassign the system from the following runtimes, too: kyma',
  );
});
