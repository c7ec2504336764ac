/** What becomes of credentials when those they are for go; apart from the other rules because runtimes and contexts ask for it. */
import type { WriteCall } from '../call.ts';
import { bundleInstanceAuths } from './records.ts';
import { statusNow } from './status.ts';

/** A runtime is unregistered: its credentials wait for being deleted, and forget whose they were. */
export async function retireInstanceAuthsOfRuntime(call: WriteCall, runtimeID: string): Promise<void> {
  for (const auth of await call.tx.find(bundleInstanceAuths, 'runtime', runtimeID)) {
    const status = auth.status.condition === 'UNUSED' ? auth.status : statusNow(call, 'UNUSED');
    await call.tx.put(bundleInstanceAuths, { ...auth, runtimeID: undefined, status });
  }
}

/** A runtime context is unregistered: its credentials stay as they are, but forget whose they were. */
export async function detachInstanceAuthsOfRuntimeContext(call: WriteCall, runtimeContextID: string): Promise<void> {
  for (const auth of await call.tx.find(bundleInstanceAuths, 'runtimeContext', runtimeContextID))
    await call.tx.put(bundleInstanceAuths, { ...auth, runtimeContextID: undefined });
}
