/** How runtime contexts go; apart from the other rules because runtimes take theirs along. */
import { detachInstanceAuthsOfRuntimeContext } from '../bundle-instance-auth/retirement.ts';
import type { WriteCall } from '../call.ts';
import { actingTenants, leaveAll } from '../formation/automatic/moves.ts';
import { runtimeContexts, type RuntimeContextRecord } from './records.ts';

/** `by`: internal ids of the tenants in whose name it goes. */
export async function removeContext(call: WriteCall, context: RuntimeContextRecord, by = actingTenants(call)): Promise<void> {
  await leaveAll(call, 'runtimeContext', context, by);
  await detachInstanceAuthsOfRuntimeContext(call, context.id);
  await call.tx.delete(runtimeContexts, context.id);
}

/** All contexts of a runtime, whoever owns them. */
export async function removeContextsOf(call: WriteCall, runtimeID: string): Promise<void> {
  for (const context of await call.tx.find(runtimeContexts, 'runtime', runtimeID)) await removeContext(call, context);
}
