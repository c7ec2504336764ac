/** Fields below the roots that lead on to an object, or that a scope guards: how they are reached, the field itself as `it`. */
import type { Estate } from './asking.ts';
import type { Shared } from './landscape.ts';

export interface NestedEntry {
  /** `own` is what the caller starts from, `foreign` what it tries to reach. */
  readonly through: (own: Estate, foreign: Estate, shared: Shared) => string;
  /** Whether a tenant that may only read the application and the runtime is shown nothing here. */
  readonly hiddenFromReaders?: true;
  /** Whether it begins at something that every tenant may read, whoever made it. */
  readonly throughAll?: true;
  /** Why the owner is shown nothing either. */
  readonly alwaysEmpty?: string;
}

const USER = 'credential { ... on BasicCredentialData { username password } }';
const application =
  (inner: (own: Estate, foreign: Estate) => string): NestedEntry['through'] =>
  (own, foreign) =>
    `application(id: "${own.application}") { ${inner(own, foreign)} }`;
const bundle = (inner: (own: Estate, foreign: Estate) => string) =>
  application((own, foreign) => `bundle(id: "${own.bundle}") { ${inner(own, foreign)} }`);
const runtime =
  (inner: (own: Estate, foreign: Estate) => string): NestedEntry['through'] =>
  (own, foreign) =>
    `runtime(id: "${own.runtime}") { ${inner(own, foreign)} }`;
const formation =
  (inner: (own: Estate, foreign: Estate) => string): NestedEntry['through'] =>
  (own, foreign) =>
    `formation(id: "${own.formation}") { ${inner(own, foreign)} }`;

export const NESTED: Readonly<Record<string, NestedEntry>> = {
  'Application.applicationTemplate': { through: (own) => `application(id: "${own.original}") { it: applicationTemplate { id } }` },
  'Application.webhooks': { through: application(() => 'it: webhooks { id url }') },
  'Application.operations': {
    through: application(() => 'it: operations { id }'),
    alwaysEmpty: 'no component schedules any for an application',
  },
  'Application.bundles': { through: application(() => 'it: bundles { data { id name } }') },
  'Application.bundle': { through: application((_, foreign) => `it: bundle(id: "${foreign.bundle}") { id name }`) },
  'Application.apiDefinition': { through: application((_, foreign) => `it: apiDefinition(id: "${foreign.api}") { id name }`) },
  'Application.eventDefinition': { through: application((_, foreign) => `it: eventDefinition(id: "${foreign.event}") { id name }`) },
  'Application.integrationDependencies': { through: application(() => 'it: integrationDependencies { data { id name } }') },
  'Application.auths': { through: application(() => 'it: auths { id }'), hiddenFromReaders: true },
  'AppSystemAuth.auth': { through: application(() => 'auths { it: auth { credential { ... on OAuthCredentialData { clientSecret } } } }') },
  'Webhook.auth': { through: application(() => `webhooks { it: auth { ${USER} } }`) },
  'Bundle.instanceAuth': { through: bundle((_, foreign) => `it: instanceAuth(id: "${foreign.instanceAuth}") { id auth { ${USER} } }`) },
  'Bundle.instanceAuths': { through: bundle(() => `it: instanceAuths { id auth { ${USER} } }`) },
  'Bundle.defaultInstanceAuth': { through: bundle(() => `it: defaultInstanceAuth { ${USER} }`) },
  'Bundle.apiDefinitions': { through: bundle(() => 'it: apiDefinitions { data { id name } }') },
  'Bundle.eventDefinitions': { through: bundle(() => 'it: eventDefinitions { data { id name } }') },
  'Bundle.documents': { through: bundle(() => 'it: documents { data { id title } }') },
  'Bundle.apiDefinition': { through: bundle((_, foreign) => `it: apiDefinition(id: "${foreign.api}") { id name }`) },
  'Bundle.eventDefinition': { through: bundle((_, foreign) => `it: eventDefinition(id: "${foreign.event}") { id name }`) },
  'Bundle.document': { through: bundle((_, foreign) => `it: document(id: "${foreign.document}") { id title }`) },
  'APIDefinition.spec': { through: bundle((own) => `apiDefinition(id: "${own.api}") { it: spec { id } }`) },
  'APISpec.fetchRequest': { through: bundle((own) => `apiDefinition(id: "${own.api}") { spec { it: fetchRequest { url } } }`) },
  'EventDefinition.spec': { through: bundle((own) => `eventDefinition(id: "${own.event}") { it: spec { id } }`) },
  'EventSpec.fetchRequest': { through: bundle((own) => `eventDefinition(id: "${own.event}") { spec { it: fetchRequest { url } } }`) },
  'Document.fetchRequest': { through: bundle((own) => `document(id: "${own.document}") { it: fetchRequest { url } }`) },
  'FetchRequest.auth': { through: bundle((own) => `document(id: "${own.document}") { fetchRequest { it: auth { ${USER} } } }`) },
  'IntegrationDependency.aspects': {
    through: application(() => 'integrationDependencies { data { it: aspects { id } } }'),
    alwaysEmpty: 'this one needs nothing',
  },
  'Runtime.webhooks': { through: runtime(() => 'it: webhooks { id url }') },
  'Runtime.auths': { through: runtime(() => 'it: auths { id }'), hiddenFromReaders: true },
  'RuntimeSystemAuth.auth': { through: runtime(() => 'auths { it: auth { credential { ... on OAuthCredentialData { clientSecret } } } }') },
  'Runtime.runtimeContext': {
    through: runtime((_, foreign) => `it: runtimeContext(id: "${foreign.context}") { id value }`),
    hiddenFromReaders: true,
  },
  'Runtime.runtimeContexts': { through: runtime(() => 'it: runtimeContexts { data { id value } }'), hiddenFromReaders: true },
  'Formation.tenantID': { through: formation(() => 'it: tenantID') },
  'Formation.formationAssignment': {
    through: formation((_, foreign) => `it: formationAssignment(id: "${foreign.assignment}") { id source }`),
  },
  'Formation.formationAssignments': { through: formation(() => 'it: formationAssignments { data { id source } }') },
  'FormationAssignment.sourceEntity': {
    through: formation(
      (own) =>
        `formationAssignment(id: "${own.assignment}") { it: sourceEntity { ... on Application { id name } ... on Runtime { id name } } }`,
    ),
  },
  'FormationAssignment.targetEntity': {
    through: formation(
      (own) =>
        `formationAssignment(id: "${own.assignment}") { it: targetEntity { ... on Application { id name } ... on Runtime { id name } } }`,
    ),
  },
  'FormationAssignment.assignmentOperations': {
    through: formation((own) => `formationAssignment(id: "${own.assignment}") { it: assignmentOperations { data { id } } }`),
  },
  'FormationTemplate.webhooks': {
    throughAll: true,
    through: (own) => `formationTemplate(id: "${own.idleFormationTemplate}") { it: webhooks { id url } }`,
  },
  'FormationTemplate.formationConstraints': {
    throughAll: true,
    through: (own) => `formationTemplate(id: "${own.formationTemplate}") { it: formationConstraints { id } }`,
  },
  'ApplicationTemplate.webhooks': {
    throughAll: true,
    through: (_, __, shared) => `applicationTemplate(id: "${shared.applicationTemplate}") { it: webhooks { id } }`,
  },
  'ApplicationWithTenants.application': { throughAll: true, through: () => 'applicationsGlobal { data { it: application { id } } }' },
  'ApplicationWithTenants.tenants': { throughAll: true, through: () => 'applicationsGlobal { data { it: tenants { id } } }' },
  'IntegrationSystem.auths': {
    throughAll: true,
    through: (_, __, shared) => `integrationSystem(id: "${shared.integrationSystem}") { it: auths { id } }`,
  },
  'IntSysSystemAuth.auth': {
    throughAll: true,
    through: (_, __, shared) =>
      `integrationSystem(id: "${shared.integrationSystem}") { auths { it: auth { credential { ... on OAuthCredentialData { clientSecret } } } } }`,
  },
};

/** Fields of inputs that a scope guards. */
export const GUARDED_INPUTS: Readonly<Record<string, (own: Estate, shared: Shared) => string>> = {
  'ApplicationRegisterInput.localTenantID': () => 'registerApplication(in: {name: "guarded", localTenantID: "x"}) { id }',
  'ApplicationUpdateInput.localTenantID': (own) => `updateApplication(id: "${own.idle}", in: {localTenantID: "x"}) { id }`,
  'ApplicationTemplateUpdateInput.labels': (_, shared) =>
    `updateApplicationTemplate(id: "${shared.applicationTemplate}", in: {name: "kind", accessLevel: GLOBAL, applicationInput: {name: "x"}, labels: {a: "b"}}) { id }`,
  'FormationInput.state': (own) =>
    `createFormation(formation: {name: "guarded", templateName: "${own.formationTemplateName}", state: "DRAFT"}) { id }`,
};
