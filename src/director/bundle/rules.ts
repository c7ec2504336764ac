/** Bundles: what an application offers together (`reference: facts/bundles.md 3`). */
import { type Awaitable, andThen } from '../../registry/contract.ts';
import { adoptBaseUrl, newApi } from '../api/rules.ts';
import { type ApiDefinitionRecord, apiDefinitions } from '../api/records.ts';
import type { ApplicationRecord } from '../application/records.ts';
import { authFromInput } from '../auth/rules.ts';
import { bundleInstanceAuths } from '../bundle-instance-auth/records.ts';
import { type Call, type WriteCall, tenantOf } from '../call.ts';
import { type DocumentRecord, documents } from '../document/records.ts';
import { newDocument } from '../document/rules.ts';
import { type EventDefinitionRecord, eventDefinitions } from '../event/records.ts';
import { newEvent } from '../event/rules.ts';
import type { Page, PageArguments } from '../page.ts';
import type { BundleCreateInput, BundleUpdateInput } from '../schema/types.generated.ts';
import { sees } from '../tenant-access/rules.ts';
import { givenText } from '../texts/text-rules.ts';
import { lookUp, requireChangeable, requireParentApplication } from './access.ts';
import { normalJson } from './normal-json.ts';
import { listed, nothingListed, removeAll } from './lists.ts';
import { type BundleRecord, bundles } from './records.ts';

const KIND = 'bundle';

/** A bundle with everything in it, not stored yet. */
export interface BundleDraft {
  readonly bundle: BundleRecord;
  readonly apis: readonly ApiDefinitionRecord[];
  readonly events: readonly EventDefinitionRecord[];
  readonly documents: readonly DocumentRecord[];
}

const fieldsOf = (input: BundleUpdateInput) => ({
  name: input.name,
  description: givenText(input.description),
  instanceAuthRequestInputSchema: normalJson(input.instanceAuthRequestInputSchema),
  defaultInstanceAuth: input.defaultInstanceAuth ? authFromInput(input.defaultInstanceAuth) : undefined,
});

/** @throws InvalidData for serialized texts of an auth that can not be read */
function draftOf(call: Call, applicationID: string, input: BundleCreateInput): BundleDraft {
  const id = call.newId();
  return {
    bundle: { id, applicationID, ...fieldsOf(input), correlationIDs: input.correlationIDs ?? undefined, createdAt: call.now() },
    apis: (input.apiDefinitions ?? []).map((api) => newApi(call, applicationID, id, api)),
    events: (input.eventDefinitions ?? []).map((event) => newEvent(call, applicationID, id, event)),
    documents: (input.documents ?? []).map((document) => newDocument(call, applicationID, id, document)),
  };
}

async function store(call: WriteCall, draft: BundleDraft): Promise<void> {
  await call.tx.put(bundles, draft.bundle);
  for (const api of draft.apis) await call.tx.put(apiDefinitions, api);
  for (const event of draft.events) await call.tx.put(eventDefinitions, event);
  for (const document of draft.documents) await call.tx.put(documents, document);
}

/** Bundles that come with a new application, and are not validated. @throws InvalidData for serialized texts of an auth that can not be read */
export const draftBundles = (call: Call, applicationID: string, inputs: readonly BundleCreateInput[]): BundleDraft[] =>
  inputs.map((input) => draftOf(call, applicationID, input));

/**
 * Stores the bundles of a new application, which are no source of its base URL.
 * Their specs are fetched by `fetchPending` when the mutation has committed.
 */
export async function storeBundles(call: WriteCall, drafts: readonly BundleDraft[]): Promise<void> {
  for (const draft of drafts) await store(call, draft);
}

/** Stores a bundle with all that the input holds. @throws Unauthorized where the application is not the caller's to change */
export async function addBundle(call: WriteCall, applicationID: string, input: BundleCreateInput): Promise<BundleRecord> {
  const draft = draftOf(call, applicationID, input);
  const application = await requireParentApplication(call, applicationID, KIND);
  await store(call, draft);
  await adoptBaseUrl(call, application, draft.apis[0]?.targetURL);
  return draft.bundle;
}

/** Replaces what can be given in an update; the rest of the bundle's own fields goes, its content stays. */
export async function updateBundle(call: WriteCall, id: string, input: BundleUpdateInput): Promise<BundleRecord> {
  const fields = fieldsOf(input);
  const bundle = await requireChangeable(call, call.tx.get(bundles, id), KIND);
  const next: BundleRecord = { ...bundle, ...fields, correlationIDs: undefined };
  await call.tx.put(bundles, next);
  return next;
}

/** Deletes the bundle with its APIs, events, documents and instance auths. */
export async function deleteBundle(call: WriteCall, id: string): Promise<BundleRecord> {
  const bundle = await requireChangeable(call, call.tx.get(bundles, id), KIND);
  await call.tx.delete(bundles, id);
  await Promise.all([
    removeAll(call, apiDefinitions, 'bundle', id),
    removeAll(call, eventDefinitions, 'bundle', id),
    removeAll(call, documents, 'bundle', id),
    removeAll(call, bundleInstanceAuths, 'bundle', id),
  ]);
  return bundle;
}

/** Deletes every bundle, API, event, document and instance auth of an application that goes. */
export async function removeBundlesOf(call: WriteCall, applicationID: string): Promise<void> {
  await Promise.all([
    removeAll(call, bundles, 'application', applicationID),
    removeAll(call, apiDefinitions, 'application', applicationID),
    removeAll(call, eventDefinitions, 'application', applicationID),
    removeAll(call, documents, 'application', applicationID),
    removeAll(call, bundleInstanceAuths, 'application', applicationID),
  ]);
}

/** The bundle, where the tenant sees its application. @throws NotFound for a text that is no id, TenantRequired */
export const findBundle = (call: Call, id: string): Awaitable<BundleRecord | undefined> => lookUp(call, bundles, id, KIND);

/** The bundle, where it is that application's. @throws NotFound for a text that is no id, TenantRequired */
export function findBundleOfApplication(call: Call, applicationID: string, id: string): Awaitable<BundleRecord | undefined> {
  return andThen(findBundle(call, id), (bundle) => (bundle?.applicationID === applicationID ? bundle : undefined));
}

/** To a runtime the credentials of its own instance auth stand where the default ones do, whatever became of them. */
async function asRuntimeSees(call: Call, page: Page<BundleRecord>, runtimeID: string): Promise<Page<BundleRecord>> {
  const own = await call.tx.findMany(
    bundleInstanceAuths,
    'bundleAndRuntime',
    page.data.map((bundle) => `${bundle.id}|${runtimeID}`),
  );
  return {
    ...page,
    data: page.data.map((bundle, index) => (own[index]![0] ? { ...bundle, defaultInstanceAuth: own[index]![0].auth } : bundle)),
  };
}

/** An empty page where the tenant does not see the application. @throws InvalidData for a bad page */
export function bundlesOfApplication(
  call: Call,
  application: Pick<ApplicationRecord, 'id' | 'access'>,
  args: PageArguments,
): Awaitable<Page<BundleRecord>> {
  if (!sees(application, tenantOf(call))) return nothingListed(args);
  const page = listed(call, bundles, 'application', application.id, args);
  const { type, id } = call.caller.consumer;
  return type === 'Runtime' ? andThen(page, (found) => asRuntimeSees(call, found, id)) : page;
}
