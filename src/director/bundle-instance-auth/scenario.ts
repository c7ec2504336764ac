/** `@hasScenario`: what a runtime does with an application's bundles needs a common formation (`reference: facts/bundles.md 9.3`). */
import { applications } from '../application/records.ts';
import { requireSeenToChange } from '../bundle/access.ts';
import { bundles } from '../bundle/records.ts';
import { type Call, tenantOf } from '../call.ts';
import { invalidOperation } from '../errors.ts';
import { scenariosOf } from '../formation/membership.ts';
import { runtimes } from '../runtime/records.ts';
import { bundleInstanceAuths } from './records.ts';

async function requireCommonFormation(call: Call, applicationID: string): Promise<void> {
  const tenant = tenantOf(call);
  const [application, runtime] = [await call.tx.get(applications, applicationID), await call.tx.get(runtimes, call.caller.consumer.id)];
  const formations = runtime ? scenariosOf(runtime, tenant) : [];
  if (!application || !scenariosOf(application, tenant).some((name) => formations.includes(name)))
    throw invalidOperation('requesting runtime should be in same scenario as the requested application resource');
}

const isRuntime = ({ caller }: Call) => caller.consumer.type === 'Runtime';

/** @throws NotFound without such a bundle, InvalidOperation for a runtime that shares no formation with its application */
export async function requireFormationWithBundle(call: Call, bundleID: string): Promise<void> {
  if (!isRuntime(call)) return;
  const bundle = await requireSeenToChange(call, call.tx.get(bundles, bundleID), 'bundle');
  await requireCommonFormation(call, bundle.applicationID);
}

/** @throws NotFound without such an instance auth, InvalidOperation for a runtime that shares no formation with its application */
export async function requireFormationWithInstanceAuth(call: Call, id: string): Promise<void> {
  if (!isRuntime(call)) return;
  const auth = await requireSeenToChange(call, call.tx.get(bundleInstanceAuths, id), 'bundleInstanceAuth');
  await requireCommonFormation(call, auth.applicationID);
}
