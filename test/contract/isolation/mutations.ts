/** Every mutation: how it reaches what a tenant has, and what others are told. */
import {
  ELSEWHERE,
  type Entry,
  error,
  invalid,
  noReference,
  ofAll,
  ofCaller,
  ofTenant,
  OWNER_NEEDED,
  type Refusal,
  unknown,
} from './entry.ts';
import { MUTATIONS_OF_FORMATIONS, MUTATIONS_OF_THE_INSTALLATION } from './mutations-elsewhere.ts';
import { ANY_SYSTEM_AUTH, API, APPLICATION, BUNDLE, CONTEXT, DOCUMENT, EVENT, INSTANCE_AUTH, RUNTIME, WEBHOOK } from './selections.ts';

const AUTH_INPUT = '{credential: {basic: {username: "u", password: "p"}}}';
const API_INPUT = '{name: "x", targetURL: "http://x.test"}';
const EVENT_INPUT = '{name: "x"}';
const DOCUMENT_INPUT = '{title: "x", displayName: "x", description: "x", format: MARKDOWN}';
const WEBHOOK_INPUT = '{type: OPEN_RESOURCE_DISCOVERY_STATIC, url: "http://x.test"}';

/** Refused to tenants that do not own the parent, and to neighbours, in the words for new objects. */
const notYourParent = (kind: string, parent: 'application' | 'runtime' | 'formationTemplate', id: string): Refusal =>
  error(
    (v, { id: tenant }) =>
      `Unauthorized [reason=Tenant ${tenant} does not have access to the parent of the currently created ${kind}: tenant ${tenant} does not have access to the parent resource ${parent} with ID ${v[id]}]`,
  );

/** Belongs to the application: only its tenant and itself change it. */
const ofApplication = (call: Parameters<typeof ofTenant>[0], refusal: Refusal, reader: Refusal = OWNER_NEEDED) =>
  ofTenant(call, refusal, { neighbourApplication: refusal, reader });
const ofRuntime = (call: Parameters<typeof ofTenant>[0], refusal: Refusal, reader: Refusal = OWNER_NEEDED) =>
  ofTenant(call, refusal, { neighbourRuntime: refusal, reader });

const noSpec = (kind: string, id: string) => error((v) => `Object not found: spec for ${kind} with id "${v[id]}" not found`);
const APP = unknown('application');
const noBundle = (kind: string, bundle = 'Bundle') => invalid(`cannot add ${kind} to not existing ${bundle}`);
const noLabelOfRuntime = error(
  (v) => `Internal Server Error [errorID=…, reason: input: result Runtime with ID ${v.runtime} doesn't exist]`,
);

const APPLICATIONS: Readonly<Record<string, Entry>> = {
  registerApplication: ofCaller(() => `registerApplication(in: {name: "mine"}) { ${APPLICATION} }`, false),
  updateApplication: ofApplication((v) => `updateApplication(id: "${v.application}", in: {description: "x"}) { ${APPLICATION} }`, APP),
  unregisterApplication: ofApplication((v) => `unregisterApplication(id: "${v.idle}") { ${APPLICATION} }`, APP, APP),
  unpairApplication: ofApplication((v) => `unpairApplication(id: "${v.idle}") { ${APPLICATION} }`, APP, APP),
  registerApplicationFromTemplate: ofCaller(
    () => `registerApplicationFromTemplate(in: {templateName: "kind", values: [{placeholder: "name", value: "made"}]}) { ${APPLICATION} }`,
    false,
  ),
  mergeApplications: ofApplication(
    (v) => `mergeApplications(destinationID: "${v.original}", sourceID: "${v.duplicate}") { ${APPLICATION} }`,
    APP,
    APP,
  ),
  setApplicationLabel: ofApplication(
    (v) => `setApplicationLabel(applicationID: "${v.application}", key: "x", value: "y") { key value }`,
    error((v) => `Object not found [ID=${v.application}; object=application]`),
    notYourParent('applicationLabel', 'application', 'application'),
  ),
  deleteApplicationLabel: ofApplication(
    (v) => `deleteApplicationLabel(applicationID: "${v.application}", key: "secret") { key value }`,
    error((v) => `Object not found [ID=${v.application}; object=application]`),
  ),
  setDefaultEventingForApplication: ofTenant(
    (v) => `setDefaultEventingForApplication(appID: "${v.application}", runtimeID: "${v.runtime}") { defaultURL }`,
    APP,
    { neighbourApplication: APP },
  ),
  deleteDefaultEventingForApplication: ofTenant(
    (v) => `deleteDefaultEventingForApplication(appID: "${v.application}") { defaultURL }`,
    APP,
    { neighbourApplication: APP },
  ),
  createApplicationTemplate: ofAll(
    'application templates belong to nobody',
    () => `createApplicationTemplate(in: {name: "mine", accessLevel: GLOBAL, applicationInput: {name: "x"}}) { id }`,
  ),
  updateApplicationTemplate: ofAll(
    'application templates belong to nobody',
    (_, s) =>
      `updateApplicationTemplate(id: "${s.applicationTemplate}", in: {name: "kind", accessLevel: GLOBAL, placeholders: [{name: "name"}], applicationInput: {name: "{{name}}", labels: {applicationType: "kind"}}}) { id }`,
  ),
  deleteApplicationTemplate: ofAll(
    'application templates belong to nobody',
    (_, s) => `deleteApplicationTemplate(id: "${s.applicationTemplate}") { id }`,
    /another record refers to it/,
  ),
};

const BUNDLES: Readonly<Record<string, Entry>> = {
  addBundle: ofApplication(
    (v) => `addBundle(applicationID: "${v.application}", in: {name: "x"}) { ${BUNDLE} }`,
    notYourParent('bundle', 'application', 'application'),
    notYourParent('bundle', 'application', 'application'),
  ),
  updateBundle: ofApplication((v) => `updateBundle(id: "${v.bundle}", in: {name: "x"}) { ${BUNDLE} }`, unknown('bundle')),
  deleteBundle: ofApplication((v) => `deleteBundle(id: "${v.bundle}") { ${BUNDLE} }`, unknown('bundle')),
  addAPIDefinitionToBundle: ofApplication(
    (v) => `addAPIDefinitionToBundle(bundleID: "${v.bundle}", in: ${API_INPUT}) { ${API} }`,
    noBundle('API', 'bundle'),
    notYourParent('api', 'application', 'application'),
  ),
  addAPIDefinitionToApplication: ofApplication(
    (v) => `addAPIDefinitionToApplication(appID: "${v.application}", in: ${API_INPUT}) { ${API} }`,
    notYourParent('api', 'application', 'application'),
    notYourParent('api', 'application', 'application'),
  ),
  updateAPIDefinition: ofApplication((v) => `updateAPIDefinition(id: "${v.api}", in: ${API_INPUT}) { ${API} }`, unknown('api')),
  updateAPIDefinitionForApplication: ofApplication(
    (v) => `updateAPIDefinitionForApplication(id: "${v.applicationApi}", in: ${API_INPUT}) { ${API} }`,
    unknown('api'),
  ),
  deleteAPIDefinition: ofApplication((v) => `deleteAPIDefinition(id: "${v.api}") { ${API} }`, unknown('api')),
  refetchAPISpec: ofApplication((v) => `refetchAPISpec(apiID: "${v.api}") { id data fetchRequest { url } }`, noSpec('API', 'api')),
  addEventDefinitionToBundle: ofApplication(
    (v) => `addEventDefinitionToBundle(bundleID: "${v.bundle}", in: ${EVENT_INPUT}) { ${EVENT} }`,
    noBundle('Event Definition'),
    notYourParent('eventDefinition', 'application', 'application'),
  ),
  addEventDefinitionToApplication: ofApplication(
    (v) => `addEventDefinitionToApplication(appID: "${v.application}", in: ${EVENT_INPUT}) { ${EVENT} }`,
    notYourParent('eventDefinition', 'application', 'application'),
    notYourParent('eventDefinition', 'application', 'application'),
  ),
  updateEventDefinition: ofApplication(
    (v) => `updateEventDefinition(id: "${v.event}", in: ${EVENT_INPUT}) { ${EVENT} }`,
    unknown('eventDefinition'),
  ),
  updateEventDefinitionForApplication: ofApplication(
    (v) => `updateEventDefinitionForApplication(id: "${v.applicationEvent}", in: ${EVENT_INPUT}) { ${EVENT} }`,
    unknown('eventDefinition'),
  ),
  deleteEventDefinition: ofApplication((v) => `deleteEventDefinition(id: "${v.event}") { ${EVENT} }`, unknown('eventDefinition')),
  refetchEventDefinitionSpec: ofApplication(
    (v) => `refetchEventDefinitionSpec(eventID: "${v.event}") { id data fetchRequest { url } }`,
    noSpec('Event Definition', 'event'),
  ),
  addDocumentToBundle: ofApplication(
    (v) => `addDocumentToBundle(bundleID: "${v.bundle}", in: ${DOCUMENT_INPUT}) { ${DOCUMENT} }`,
    noBundle('Document'),
    notYourParent('document', 'application', 'application'),
  ),
  deleteDocument: ofApplication((v) => `deleteDocument(id: "${v.document}") { ${DOCUMENT} }`, unknown('document')),
  addIntegrationDependencyToApplication: ofApplication(
    (v) => `addIntegrationDependencyToApplication(appID: "${v.idle}", in: {name: "x", ordID: "sap.x:integrationDependency:x:v1"}) { id }`,
    APP,
    APP,
  ),
  deleteIntegrationDependency: ofApplication(
    (v) => `deleteIntegrationDependency(id: "${v.dependency}") { id name }`,
    unknown('integrationDependency'),
  ),
  requestBundleInstanceAuthCreation: ofTenant(
    (v) => `requestBundleInstanceAuthCreation(bundleID: "${v.bundle}", in: {}) { ${INSTANCE_AUTH} }`,
    unknown('bundle'),
    { outside: ELSEWHERE, neighbourApplication: unknown('bundle'), reader: OWNER_NEEDED },
  ),
  requestBundleInstanceAuthDeletion: ofTenant(
    (v) => `requestBundleInstanceAuthDeletion(authID: "${v.instanceAuth}") { ${INSTANCE_AUTH} }`,
    unknown('bundleInstanceAuth'),
    { outside: ELSEWHERE, neighbourApplication: unknown('bundleInstanceAuth'), reader: OWNER_NEEDED },
  ),
  setBundleInstanceAuth: ofApplication(
    (v) => `setBundleInstanceAuth(authID: "${v.pendingAuth}", in: {auth: ${AUTH_INPUT}}) { ${INSTANCE_AUTH} }`,
    unknown('bundleInstanceAuth'),
  ),
  deleteBundleInstanceAuth: ofApplication(
    (v) => `deleteBundleInstanceAuth(authID: "${v.instanceAuth}") { ${INSTANCE_AUTH} }`,
    unknown('bundleInstanceAuth'),
  ),
  createBundleInstanceAuth: ofApplication(
    (v) => `createBundleInstanceAuth(bundleID: "${v.bundle}", in: {auth: ${AUTH_INPUT}, runtimeID: "${v.runtime}"}) { ${INSTANCE_AUTH} }`,
    unknown('bundle'),
  ),
  updateBundleInstanceAuth: ofApplication(
    (v) => `updateBundleInstanceAuth(id: "${v.instanceAuth}", bundleID: "${v.bundle}", in: {auth: ${AUTH_INPUT}}) { ${INSTANCE_AUTH} }`,
    unknown('bundle'),
  ),
};

const RUNTIMES: Readonly<Record<string, Entry>> = {
  registerRuntime: ofCaller(() => `registerRuntime(in: {name: "mine"}) { ${RUNTIME} }`, false),
  updateRuntime: ofRuntime((v) => `updateRuntime(id: "${v.runtime}", in: {name: "x"}) { ${RUNTIME} }`, unknown('runtime')),
  unregisterRuntime: ofRuntime((v) => `unregisterRuntime(id: "${v.idleRuntime}") { ${RUNTIME} }`, unknown('runtime'), unknown('runtime')),
  registerRuntimeContext: ofTenant(
    (v) => `registerRuntimeContext(runtimeID: "${v.runtime}", in: {key: "x", value: "y"}) { ${CONTEXT} }`,
    noReference('runtimeContext'),
    // whoever stands in the tree of the runtime's owner may register a context of its own
    { outsiders: ['stranger'], neighbourRuntime: noReference('runtimeContext') },
  ),
  updateRuntimeContext: ofRuntime(
    (v) => `updateRuntimeContext(id: "${v.context}", in: {key: "x", value: "y"}) { ${CONTEXT} }`,
    unknown('runtimeContext'),
    unknown('runtimeContext'),
  ),
  unregisterRuntimeContext: ofRuntime(
    (v) => `unregisterRuntimeContext(id: "${v.context}") { ${CONTEXT} }`,
    unknown('runtimeContext'),
    unknown('runtimeContext'),
  ),
  setRuntimeLabel: ofRuntime(
    (v) => `setRuntimeLabel(runtimeID: "${v.runtime}", key: "x", value: "y") { key value }`,
    noLabelOfRuntime,
    notYourParent('runtimeLabel', 'runtime', 'runtime'),
  ),
  deleteRuntimeLabel: ofRuntime((v) => `deleteRuntimeLabel(runtimeID: "${v.runtime}", key: "secret") { key value }`, noLabelOfRuntime),
};

const CREDENTIALS: Readonly<Record<string, Entry>> = {
  requestOneTimeTokenForApplication: ofTenant((v) => `requestOneTimeTokenForApplication(id: "${v.application}") { token raw }`, APP, {
    neighbourApplication: APP,
  }),
  requestOneTimeTokenForRuntime: ofTenant(
    (v) => `requestOneTimeTokenForRuntime(id: "${v.runtime}") { token raw }`,
    noReference('systemAuth'),
    {
      neighbourRuntime: noReference('systemAuth'),
    },
  ),
  requestClientCredentialsForApplication: ofTenant(
    (v) => `requestClientCredentialsForApplication(id: "${v.application}") { ${ANY_SYSTEM_AUTH} }`,
    APP,
    { neighbourApplication: APP },
  ),
  requestClientCredentialsForRuntime: ofTenant(
    (v) => `requestClientCredentialsForRuntime(id: "${v.runtime}") { ${ANY_SYSTEM_AUTH} }`,
    unknown('runtime'),
    { neighbourRuntime: unknown('runtime') },
  ),
  deleteSystemAuthForApplication: ofTenant(
    (v) => `deleteSystemAuthForApplication(authID: "${v.applicationAuth}") { ${ANY_SYSTEM_AUTH} }`,
    unknown('systemAuth'),
    { neighbourApplication: unknown('systemAuth'), reader: unknown('systemAuth') },
  ),
  deleteSystemAuthForRuntime: ofTenant(
    (v) => `deleteSystemAuthForRuntime(authID: "${v.runtimeAuth}") { ${ANY_SYSTEM_AUTH} }`,
    unknown('systemAuth'),
    { neighbourRuntime: unknown('systemAuth'), reader: unknown('systemAuth') },
  ),
  updateSystemAuth: ofTenant(
    (v) => `updateSystemAuth(authID: "${v.applicationAuth}", in: {certCommonName: "x"}) { ${ANY_SYSTEM_AUTH} }`,
    unknown('systemAuth'),
    { neighbourApplication: unknown('systemAuth'), noTenant: null },
  ),
  invalidateSystemAuthOneTimeToken: ofTenant(
    (v) => `invalidateSystemAuthOneTimeToken(authID: "${v.tokenAuth}") { ${ANY_SYSTEM_AUTH} }`,
    unknown('systemAuth'),
    { neighbourApplication: unknown('systemAuth'), noTenant: null },
  ),
  addWebhook: ofTenant(
    (v) => `addWebhook(applicationID: "${v.application}", in: ${WEBHOOK_INPUT}) { ${WEBHOOK} }`,
    invalid('cannot add ApplicationWebhook due to not existing reference entity'),
    {
      neighbourApplication: invalid('cannot add ApplicationWebhook due to not existing reference entity'),
      reader: notYourParent('appWebhook', 'application', 'application'),
    },
  ),
  updateWebhook: ofTenant((v) => `updateWebhook(webhookID: "${v.applicationWebhook}", in: ${WEBHOOK_INPUT}) { ${WEBHOOK} }`, OWNER_NEEDED, {
    admits: true,
    neighbourApplication: OWNER_NEEDED,
    reader: OWNER_NEEDED,
  }),
  deleteWebhook: ofTenant((v) => `deleteWebhook(webhookID: "${v.applicationWebhook}") { ${WEBHOOK} }`, OWNER_NEEDED, {
    admits: true,
    neighbourApplication: OWNER_NEEDED,
    reader: OWNER_NEEDED,
  }),
};

export const MUTATIONS: Readonly<Record<string, Entry>> = {
  ...APPLICATIONS,
  ...BUNDLES,
  ...RUNTIMES,
  ...CREDENTIALS,
  ...MUTATIONS_OF_FORMATIONS,
  ...MUTATIONS_OF_THE_INSTALLATION,
};
