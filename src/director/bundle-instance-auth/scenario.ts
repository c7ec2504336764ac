/** `@hasScenario`: what a runtime does with an application's bundles needs a common formation (`reference: facts/bundles.md 9.3`). */
import { requireSharedFormation } from '../application/lists/for-runtime.ts';
import { requireSeenToChange } from '../bundle/access.ts';
import { bundles } from '../bundle/records.ts';
import type { Call } from '../call.ts';
import { bundleInstanceAuths } from './records.ts';

const isRuntime = ({ caller }: Call) => caller.consumer.type === 'Runtime';

/** @throws NotFound without such a bundle, InvalidOperation for a runtime that shares no formation with its application */
export async function requireFormationWithBundle(call: Call, bundleID: string): Promise<void> {
  if (!isRuntime(call)) return;
  const bundle = await requireSeenToChange(call, call.tx.get(bundles, bundleID), 'bundle');
  await requireSharedFormation(call, bundle.applicationID, call.caller.consumer.id);
}

/** @throws NotFound without such an instance auth, InvalidOperation for a runtime that shares no formation with its application */
export async function requireFormationWithInstanceAuth(call: Call, id: string): Promise<void> {
  if (!isRuntime(call)) return;
  const auth = await requireSeenToChange(call, call.tx.get(bundleInstanceAuths, id), 'bundleInstanceAuth');
  await requireSharedFormation(call, auth.applicationID, call.caller.consumer.id);
}
