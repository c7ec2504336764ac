/** One of everything for a tenant, each with a word in it by which it is known again. */
import { randomUUID } from 'node:crypto';
import type { Identity } from '../../../src/identity/identity.ts';
import { type Ask, done, type Estate, type Tenant } from './asking.ts';

export interface Means {
  tenant(): Promise<Tenant>;
  number(application: string, systemNumber: string): Promise<void>;
}

export async function furnish(ask: Ask, owner: Identity, means: Means): Promise<Estate> {
  const marker = `own${randomUUID().slice(0, 8)}`;
  const auth = `{credential: {basic: {username: "${marker}-user", password: "${marker}-secret"}}}`;
  const make = async <T = { id: string }>(document: string) => done<T>(ask, owner, `mutation { result: ${document} }`);
  const idOf = async (document: string) => (await make(document)).id;
  const webhook = `{type: OPEN_RESOURCE_DISCOVERY, url: "http://${marker}.test/ord", auth: ${auth}}`;
  const api = (name: string) =>
    `{name: "${marker}-${name}", targetURL: "http://${marker}.test", spec: {type: OPEN_API, format: JSON, fetchRequest: {url: "http://127.0.0.1:1/${marker}", auth: ${auth}}}}`;
  const event = (name: string) =>
    `{name: "${marker}-${name}", spec: {type: ASYNC_API, format: JSON, fetchRequest: {url: "http://127.0.0.1:1/${marker}", auth: ${auth}}}}`;

  const registerApplication = (name: string) =>
    idOf(
      `registerApplication(in: {name: "${marker}-${name}", baseUrl: "http://${marker}.test", localTenantID: "${marker}-local-${name}", labels: {applicationType: "kind", secret: "${marker}"}, webhooks: [${webhook}]}) { id }`,
    );
  const fromTemplate = (name: string) =>
    idOf(`registerApplicationFromTemplate(in: {templateName: "kind", values: [{placeholder: "name", value: "${marker}-${name}"}]}) { id }`);
  // integration systems register runtimes of the type that formations take
  const provisioner: Identity = { ...owner, consumer: { id: randomUUID(), type: 'Integration System' } };
  const registerRuntime = async (name: string) =>
    (
      await done(
        ask,
        provisioner,
        `mutation { result: registerRuntime(in: {name: "${marker}-${name}", labels: {secret: "${marker}"}, webhooks: [${webhook}]}) { id } }`,
      )
    ).id;

  const application = await registerApplication('app');
  const neighbour = await registerApplication('neighbour');
  const idle = await registerApplication('idle');
  const [duplicate, original] = [await fromTemplate('duplicate'), await fromTemplate('original')];
  await means.number(application, `${marker}-number`);
  const runtime = await registerRuntime('runtime');
  const loneRuntime = await registerRuntime('lone');
  const idleRuntime = await registerRuntime('idle');
  const context = await idOf(`registerRuntimeContext(runtimeID: "${runtime}", in: {key: "${marker}key", value: "${marker}"}) { id }`);

  const bundle = await idOf(
    `addBundle(applicationID: "${application}", in: {name: "${marker}-bundle", description: "${marker}", defaultInstanceAuth: ${auth}}) { id }`,
  );
  const subaccount = await means.tenant();
  const openBundle = await idOf(`addBundle(applicationID: "${application}", in: {name: "${marker}-open"}) { id }`);
  const estate = {
    marker,
    application,
    neighbour,
    idle,
    duplicate,
    original,
    runtime,
    loneRuntime,
    idleRuntime,
    context,
    bundle,
    openBundle,
    systemNumber: `${marker}-number`,
    localTenantID: `${marker}-local-app`,
    api: await idOf(`addAPIDefinitionToBundle(bundleID: "${bundle}", in: ${api('api')}) { id }`),
    event: await idOf(`addEventDefinitionToBundle(bundleID: "${bundle}", in: ${event('event')}) { id }`),
    applicationApi: await idOf(`addAPIDefinitionToApplication(appID: "${application}", in: ${api('app-api')}) { id }`),
    applicationEvent: await idOf(`addEventDefinitionToApplication(appID: "${application}", in: ${event('app-event')}) { id }`),
    document: await idOf(
      `addDocumentToBundle(bundleID: "${bundle}", in: {title: "${marker}", displayName: "${marker}", description: "${marker}", format: MARKDOWN, fetchRequest: {url: "http://${marker}.test/doc", auth: ${auth}}}) { id }`,
    ),
    dependency: await idOf(
      `addIntegrationDependencyToApplication(appID: "${application}", in: {name: "${marker}", ordID: "sap.test:integrationDependency:${marker}:v1", visibility: "public"}) { id }`,
    ),
    instanceAuth: await idOf(`createBundleInstanceAuth(bundleID: "${bundle}", in: {runtimeID: "${runtime}", auth: ${auth}}) { id }`),
    pendingAuth: await idOf(`requestBundleInstanceAuthCreation(bundleID: "${openBundle}", in: {context: "\\"${marker}\\""}) { id }`),
    applicationAuth: await idOf(`requestClientCredentialsForApplication(id: "${application}") { id }`),
    runtimeAuth: await idOf(`requestClientCredentialsForRuntime(id: "${runtime}") { id }`),
    subaccount: subaccount.externalId,
    subaccountId: subaccount.id,
    tenant: owner.tenant!.id,
    tenantExternal: owner.tenant!.externalId,
    templatedTenantID: `${marker}-original`,
    ...(await formations(make, marker, { application, runtime, duplicate: original })),
  };
  const webhooks = async (object: string, id: string) =>
    (await done<{ webhooks: { id: string }[] }>(ask, owner, `{ result: ${object}(id: "${id}") { webhooks { id } } }`)).webhooks[0]!.id;
  const { token } = await make<{ token: string }>(`requestOneTimeTokenForApplication(id: "${application}") { token }`);
  const { id: tokenAuth } = await done(ask, owner, `{ result: systemAuthByToken(token: "${token}") { id } }`);
  await make(
    `assignFormation(objectID: "${estate.subaccount}", objectType: TENANT, formation: {name: "${estate.emptyFormationName}"}) { id }`,
  );
  return {
    ...estate,
    token,
    tokenAuth,
    applicationWebhook: await webhooks('application', application),
    runtimeWebhook: await webhooks('runtime', runtime),
    formationTemplateWebhook: await webhooks('formationTemplate', estate.idleFormationTemplate),
  };
}

type Make = <T = { id: string }>(document: string) => Promise<T>;

async function formations(make: Make, marker: string, members: { application: string; runtime: string; duplicate: string }) {
  const template = await make(
    `createFormationTemplate(in: {name: "${marker}-type", applicationTypes: ["kind"], runtimeTypes: ["kyma"], runtimeTypeDisplayName: "runtime", runtimeArtifactKind: SUBSCRIPTION, supportsReset: true, labels: {secret: "${marker}"}}) { id }`,
  );
  // Webhooks are told of formations of their template, and nobody is there: this one has none.
  const idle = await make(
    `createFormationTemplate(in: {name: "${marker}-idle", applicationTypes: ["kind"], webhooks: [{type: OPEN_RESOURCE_DISCOVERY, url: "http://${marker}.test/ft", auth: {credential: {basic: {username: "${marker}-user", password: "${marker}-secret"}}}}]}) { id }`,
  );
  const create = async (name: string, more = '') =>
    (await make(`createFormation(formation: {name: "${marker}-${name}", templateName: "${marker}-type"${more}}) { id }`)).id;
  const assign = (formation: string, id: string, type: string) =>
    make(`assignFormation(objectID: "${id}", objectType: ${type}, formation: {name: "${marker}-${formation}"}) { id }`);
  const formation = await create('formation');
  await assign('formation', members.application, 'APPLICATION');
  await assign('formation', members.duplicate, 'APPLICATION');
  await assign('formation', members.runtime, 'RUNTIME');
  const { formationAssignments } = await make<{ formationAssignments: { data: { id: string }[] } }>(
    `resynchronizeFormationNotifications(formationID: "${formation}") { formationAssignments { data { id } } }`,
  );
  await create('empty');
  const draft = await create('draft', ', state: "DRAFT"');
  return {
    formationTemplate: template.id,
    idleFormationTemplate: idle.id,
    formationTemplateName: `${marker}-type`,
    formation,
    formationName: `${marker}-formation`,
    emptyFormationName: `${marker}-empty`,
    draftFormation: draft,
    draftFormationName: `${marker}-draft`,
    assignment: formationAssignments.data[0]!.id,
  };
}
