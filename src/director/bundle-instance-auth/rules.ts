/** Credentials for bundles: asked for, given, refused, given back, deleted (`reference: facts/bundles.md 9`). */
import { type Awaitable, andThen } from '../../registry/contract.ts';
import type { AuthRecord } from '../auth/records.ts';
import { authFromInput } from '../auth/rules.ts';
import { lookUp, requireChangeable, requireSeenToChange } from '../bundle/access.ts';
import { normalJson } from '../bundle/normal-json.ts';
import { type BundleRecord, bundles } from '../bundle/records.ts';
import { findBundle } from '../bundle/rules.ts';
import { type Call, type WriteCall } from '../call.ts';
import { invalidOperation, REFERRED_MISSING } from '../errors.ts';
import { findRuntimeContext } from '../runtime-context/rules.ts';
import { runtimes } from '../runtime/records.ts';
import { findRuntime } from '../runtime/rules.ts';
import type {
  AuthInput,
  BundleInstanceAuthCreateInput,
  BundleInstanceAuthRequestInput,
  BundleInstanceAuthSetInput,
  BundleInstanceAuthUpdateInput,
} from '../schema/types.generated.ts';
import { checkParameters } from './parameters.ts';
import { type BundleInstanceAuthRecord, bundleInstanceAuths, type InstanceAuthStatus } from './records.ts';
import { statusNow } from './status.ts';

const KIND = 'bundleInstanceAuth';
const missingReference = () => invalidOperation(REFERRED_MISSING, KIND);

const authOf = (input: AuthInput | null | undefined): AuthRecord | undefined => (input ? authFromInput(input) : undefined);

const put = async (call: WriteCall, record: BundleInstanceAuthRecord): Promise<BundleInstanceAuthRecord> => {
  await call.tx.put(bundleInstanceAuths, record);
  return record;
};

/** The runtime that asks for itself; undefined for all other callers. @throws InvalidOperation for one that is not registered */
async function askingRuntime({ tx, caller: { consumer } }: Call): Promise<string | undefined> {
  if (consumer.type !== 'Runtime' && consumer.type !== 'External Certificate') return undefined;
  if (!(await tx.get(runtimes, consumer.id))) throw missingReference();
  return consumer.id;
}

/** Asks for credentials: where the bundle has default ones they are given at once. */
export async function requestCreation(
  call: WriteCall,
  bundleID: string,
  input: BundleInstanceAuthRequestInput,
): Promise<BundleInstanceAuthRecord> {
  const bundle = await requireChangeable(call, call.tx.get(bundles, bundleID), 'bundle');
  checkParameters(bundle, input.inputParams);
  const auth = bundle.defaultInstanceAuth;
  return put(call, {
    id: call.newId(),
    applicationID: bundle.applicationID,
    bundleID,
    runtimeID: await askingRuntime(call),
    context: normalJson(input.context),
    inputParams: normalJson(input.inputParams),
    auth,
    status: statusNow(call, auth ? 'SUCCEEDED' : 'PENDING'),
  });
}

const givenStatus = (call: Call, { auth, status }: BundleInstanceAuthSetInput): InstanceAuthStatus =>
  status
    ? { condition: auth ? 'SUCCEEDED' : 'FAILED', reason: status.reason, message: status.message, timestamp: call.now() }
    : statusNow(call, 'SUCCEEDED');

/** Gives the credentials that were asked for, or refuses them. @throws InvalidOperation unless they are waited for */
export async function setInstanceAuth(call: WriteCall, id: string, input: BundleInstanceAuthSetInput): Promise<BundleInstanceAuthRecord> {
  const auth = authOf(input.auth);
  const record = await requireChangeable(call, call.tx.get(bundleInstanceAuths, id), KIND);
  if (record.status.condition !== 'PENDING') throw invalidOperation('auth can be set only on BundleInstanceAuths in PENDING state');
  return put(call, { ...record, auth, status: givenStatus(call, input) });
}

/** Gives credentials back: default ones are gone at once, others wait for the application to delete them. */
export async function requestDeletion(call: WriteCall, id: string): Promise<BundleInstanceAuthRecord> {
  const record = await requireChangeable(call, call.tx.get(bundleInstanceAuths, id), KIND);
  const bundle = await call.tx.get(bundles, record.bundleID);
  if (!bundle?.defaultInstanceAuth) return put(call, { ...record, status: statusNow(call, 'UNUSED') });
  await call.tx.delete(bundleInstanceAuths, id);
  return record;
}

/** Deletes it at once, whatever its state, and answers it as it was. @throws NotFound, Unauthorized without ownership of the application */
export async function deleteInstanceAuth(call: WriteCall, id: string): Promise<BundleInstanceAuthRecord> {
  const record = await requireChangeable(call, call.tx.get(bundleInstanceAuths, id), KIND);
  await call.tx.delete(bundleInstanceAuths, id);
  return record;
}

/** Makes credentials for a runtime or runtime context that the tenant sees. */
export async function createInstanceAuth(
  call: WriteCall,
  bundleID: string,
  input: BundleInstanceAuthCreateInput,
): Promise<BundleInstanceAuthRecord> {
  const bundle = await requireChangeable(call, call.tx.get(bundles, bundleID), 'bundle');
  const auth = authOf(input.auth);
  checkParameters(bundle, input.inputParams);
  const runtimeID = input.runtimeID ?? undefined;
  const runtimeContextID = input.runtimeContextID ?? undefined;
  if (runtimeID !== undefined && !(await findRuntime(call, runtimeID))) throw missingReference();
  if (runtimeContextID !== undefined && !(await findRuntimeContext(call, runtimeContextID))) throw missingReference();
  return put(call, {
    id: call.newId(),
    applicationID: bundle.applicationID,
    bundleID,
    runtimeID,
    runtimeContextID,
    context: normalJson(input.context),
    inputParams: normalJson(input.inputParams),
    auth,
    status: statusNow(call, 'SUCCEEDED'),
  });
}

/** Changes what is given and never the state. The bundle that is named only lends the schema for the parameters. */
export async function updateInstanceAuth(
  call: WriteCall,
  id: string,
  bundleID: string,
  input: BundleInstanceAuthUpdateInput,
): Promise<BundleInstanceAuthRecord> {
  const bundle = await requireSeenToChange(call, call.tx.get(bundles, bundleID), 'bundle');
  const auth = authOf(input.auth);
  const record = await requireChangeable(call, call.tx.get(bundleInstanceAuths, id), KIND);
  const hasParameters = input.inputParams !== null && input.inputParams !== undefined;
  if (hasParameters) checkParameters(bundle, input.inputParams);
  return put(call, {
    ...record,
    auth: auth ?? record.auth,
    context: typeof input.context === 'string' ? normalJson(input.context) : record.context,
    inputParams: hasParameters ? normalJson(input.inputParams) : record.inputParams,
  });
}

/** The instance auth, where the tenant sees its application. @throws NotFound for a text that is no id, TenantRequired */
export const findInstanceAuth = (call: Call, id: string): Awaitable<BundleInstanceAuthRecord | undefined> =>
  lookUp(call, bundleInstanceAuths, id, KIND);

/** The bundle that the instance auth is for. @throws NotFound for a text that is no id, TenantRequired */
export function findBundleByInstanceAuth(call: Call, id: string): Awaitable<BundleRecord | undefined> {
  return andThen(findInstanceAuth(call, id), (auth) => auth && findBundle(call, auth.bundleID));
}

/** The instance auth, where it is of that bundle. @throws NotFound for a text that is no id, TenantRequired */
export function findInstanceAuthOfBundle(call: Call, bundleID: string, id: string): Awaitable<BundleInstanceAuthRecord | undefined> {
  return andThen(findInstanceAuth(call, id), (auth) => (auth?.bundleID === bundleID ? auth : undefined));
}

/** Of a bundle that the caller has found already: nothing is checked here. */
export const instanceAuthsOfBundle = (call: Call, bundleID: string): Awaitable<readonly BundleInstanceAuthRecord[]> =>
  call.tx.find(bundleInstanceAuths, 'bundle', bundleID);
