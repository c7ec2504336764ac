/** API definitions: of an application, and perhaps of a bundle (`reference: facts/bundles.md 4`). */
import { type Awaitable, andThen } from '../../registry/contract.ts';
import { lookUpApplication } from '../application/find.ts';
import { type ApplicationRecord, applications } from '../application/records.ts';
import { lookUp, requireChangeable, requireParentApplication, seenToChange } from '../bundle/access.ts';
import { listed, nothingListed } from '../bundle/lists.ts';
import { bundles } from '../bundle/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { DirectorError, invalidData, notFound } from '../errors.ts';
import type { Page, PageArguments } from '../page.ts';
import type { ApiDefinitionInput } from '../schema/types.generated.ts';
import { specFromInput, versionFromInput } from '../spec/rules.ts';
import { givenText } from '../texts/text-rules.ts';
import { type ApiDefinitionRecord, apiDefinitions } from './records.ts';

const KIND = 'api';

/** What an input says of the API itself. */
const fieldsOf = (input: ApiDefinitionInput) => ({
  name: input.name,
  description: givenText(input.description),
  targetURL: input.targetURL,
  group: givenText(input.group),
  version: versionFromInput(input.version),
});

/** A new API, not stored yet. @throws InvalidData for serialized texts of an auth that can not be read */
export function newApi(call: Call, applicationID: string, bundleID: string | undefined, input: ApiDefinitionInput): ApiDefinitionRecord {
  return {
    id: call.newId(),
    applicationID,
    links: bundleID === undefined ? [] : [{ bundleID, targetURL: input.targetURL }],
    ...fieldsOf(input),
    ...specFromInput(call, input.spec),
    createdAt: call.now(),
  };
}

/** The API as readers through a bundle see it: with the target URL of the link. */
function throughBundle(api: ApiDefinitionRecord, bundleID?: string): ApiDefinitionRecord {
  const link = bundleID === undefined ? api.links[0] : api.links.find((candidate) => candidate.bundleID === bundleID);
  return link && link.targetURL !== api.targetURL ? { ...api, targetURL: link.targetURL } : api;
}

/** `scheme://host:port` of a target URL, without user and path. */
const baseOf = (targetURL: string) => {
  const parts = /^([a-z]+:\/\/)(?:[^/?#]*@)?([^/?#]*)/.exec(targetURL);
  return parts ? `${parts[1]}${parts[2]}` : undefined;
};

/** An application without a base URL takes that of its first API. */
export async function adoptBaseUrl(call: WriteCall, application: ApplicationRecord, targetURL: string | undefined): Promise<void> {
  const baseUrl = targetURL === undefined || application.baseUrl ? undefined : baseOf(targetURL);
  if (baseUrl !== undefined) await call.tx.put(applications, { ...application, baseUrl });
}

/** @throws InvalidData for a bundle that the caller does not see or knows as a neighbour's; Unauthorized where the application is not the caller's to change */
export async function addApiToBundle(call: WriteCall, bundleID: string, input: ApiDefinitionInput): Promise<ApiDefinitionRecord> {
  const draft = newApi(call, '', bundleID, input);
  const bundle = await seenToChange(call, call.tx.get(bundles, bundleID));
  if (!bundle) throw invalidData('cannot add API to not existing bundle');
  return store(call, { ...draft, applicationID: bundle.applicationID });
}

/** For an API of no bundle. @throws Unauthorized where the application is not the caller's to change */
export async function addApiToApplication(call: WriteCall, applicationID: string, input: ApiDefinitionInput): Promise<ApiDefinitionRecord> {
  return store(call, newApi(call, applicationID, undefined, input));
}

async function store(call: WriteCall, api: ApiDefinitionRecord): Promise<ApiDefinitionRecord> {
  const application = await requireParentApplication(call, api.applicationID, KIND);
  await call.tx.put(apiDefinitions, api);
  await adoptBaseUrl(call, application, api.targetURL);
  return api;
}

/** The API with everything replaced but its spec, where none is given. Its creation is forgotten, as in the reference. */
const updated = (call: Call, api: ApiDefinitionRecord, input: ApiDefinitionInput): ApiDefinitionRecord => ({
  ...api,
  ...fieldsOf(input),
  ...specFromInput(call, input.spec, api),
  createdAt: undefined,
});

/** Changes an API of a bundle, and its link. @throws NotFound [object=bundleReference] for an API of no bundle */
export async function updateApi(call: WriteCall, id: string, input: ApiDefinitionInput): Promise<ApiDefinitionRecord> {
  specFromInput(call, input.spec);
  const api = await requireChangeable(call, call.tx.get(apiDefinitions, id), KIND);
  if (api.links.length === 0) throw notFound('bundleReference');
  const next = { ...updated(call, api, input), links: api.links.map((link) => ({ ...link, targetURL: input.targetURL })) };
  await call.tx.put(apiDefinitions, next);
  return next;
}

/** Changes the API itself: a bundle goes on showing its link's target URL. */
export async function updateApiForApplication(call: WriteCall, id: string, input: ApiDefinitionInput): Promise<ApiDefinitionRecord> {
  specFromInput(call, input.spec);
  const api = await requireChangeable(call, call.tx.get(apiDefinitions, id), KIND);
  const next = updated(call, api, input);
  await call.tx.put(apiDefinitions, next);
  return next;
}

/** The deleted API, without its spec: that is read when it is gone. */
export async function deleteApi(call: WriteCall, id: string): Promise<ApiDefinitionRecord> {
  const api = await requireChangeable(call, call.tx.get(apiDefinitions, id), KIND);
  await call.tx.delete(apiDefinitions, id);
  return { ...throughBundle(api), spec: undefined, fetchRequest: undefined };
}

/** The API whose spec is to be fetched again. @throws NotFound without such an API or without a spec */
export async function requireSpec(call: Call, id: string): Promise<ApiDefinitionRecord> {
  const missing = () => new DirectorError('NotFound', {}, `Object not found: spec for API with id "${id}" not found`);
  const api = await seenToChange(call, call.tx.get(apiDefinitions, id));
  if (!api?.spec) throw missing();
  return requireChangeable(call, api, KIND);
}

/** The stored API, for answers after its spec was fetched. */
export const findApi = (call: Call, id: string): Awaitable<ApiDefinitionRecord | undefined> => lookUp(call, apiDefinitions, id, KIND);

/** Any API of the tenant, whatever its bundle. @throws NotFound [object=bundleReference] for one of no bundle */
export function findApiOfAnyBundle(call: Call, id: string): Awaitable<ApiDefinitionRecord | undefined> {
  return andThen(findApi(call, id), (api) => {
    if (api && api.links.length === 0) throw notFound('bundleReference');
    return api && throughBundle(api);
  });
}

/** The API, where it is that application's. @throws NotFound for a text that is no id, TenantRequired */
export function findApiOfApplication(call: Call, applicationID: string, id: string): Awaitable<ApiDefinitionRecord | undefined> {
  return andThen(findApi(call, id), (api) => (api?.applicationID === applicationID ? api : undefined));
}

/** With the target URLs of their links to that bundle. @throws InvalidData for a bad page */
export function apisOfBundle(call: Call, bundleID: string, args: PageArguments): Awaitable<Page<ApiDefinitionRecord>> {
  return andThen(listed(call, apiDefinitions, 'bundle', bundleID, args), (page) => ({
    ...page,
    data: page.data.map((api) => throughBundle(api, bundleID)),
  }));
}

/** All APIs of an application, of bundles or not; an empty page where the tenant does not see it. */
export function apisOfApplication(call: Call, applicationID: string, args: PageArguments): Awaitable<Page<ApiDefinitionRecord>> {
  return andThen(lookUpApplication(call, applicationID), (application) =>
    application ? listed(call, apiDefinitions, 'application', applicationID, args) : nothingListed(args),
  );
}
