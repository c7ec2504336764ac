/** What is kept about applications and runtimes because they called (`reference: facts/security.md 1.8, 2.5`). */
import type { Stored } from '../../registry/contract.ts';
import { applications } from '../application/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { withLabel } from '../label/rules.ts';
import { runtimes } from '../runtime/records.ts';

interface WithStatus extends Stored {
  readonly status: { readonly condition: string; readonly timestamp: string };
}

const CONNECTED = 'CONNECTED';

/** The collection in which the caller has a record of its own, whatever the tenant of the call. */
function ownCollection(call: Call) {
  if (call.caller.consumer.type === 'Application') return applications;
  return call.caller.consumer.type === 'Runtime' ? runtimes : undefined;
}

/** The caller's own record where it is not connected yet. */
async function unconnected(call: Call): Promise<WithStatus | undefined> {
  const collection = ownCollection(call);
  if (!collection || call.caller.flow === 'OneTimeToken') return undefined;
  const record: WithStatus | undefined = await call.tx.get<WithStatus>(collection as never, call.caller.consumer.id);
  return record && record.status.condition !== CONNECTED ? record : undefined;
}

/** Whether `markConnected` would change anything. */
export const needsMark = async (call: Call): Promise<boolean> => (await unconnected(call)) !== undefined;

/** Sets the status of the calling application or runtime to CONNECTED; ids of nothing are no error. */
export async function markConnected(call: WriteCall): Promise<void> {
  const record = await unconnected(call);
  if (record)
    await call.tx.put<WithStatus>(ownCollection(call) as never, { ...record, status: { condition: CONNECTED, timestamp: call.now() } });
}

const USES_BUNDLES = 'useBundles';

/** Whether `markUsesBundles` would change anything. */
export async function needsBundlesMark(call: Call): Promise<boolean> {
  if (call.caller.consumer.type !== 'Runtime') return false;
  const runtime = await call.tx.get(runtimes, call.caller.consumer.id);
  return runtime !== undefined && runtime.labels[USES_BUNDLES] !== 'true';
}

/** Notes at the calling runtime that it speaks of bundles and no longer of packages. */
export async function markUsesBundles(call: WriteCall): Promise<void> {
  if (!(await needsBundlesMark(call))) return;
  const runtime = await call.tx.get(runtimes, call.caller.consumer.id);
  if (runtime) await call.tx.put(runtimes, { ...runtime, labels: withLabel(runtime.labels, USES_BUNDLES, 'true') });
}
