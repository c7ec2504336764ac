/** Every query: how it reaches what a tenant has, and what others are told. */
import { ELSEWHERE, EMPTY, type Entry, invalid, NULL, ofAll, ofCaller, ofTenant, unknown } from './entry.ts';
import {
  ANY_SYSTEM_AUTH,
  API,
  APPLICATION,
  BUNDLE,
  EVENT,
  FORMATION,
  FORMATION_TEMPLATE,
  INSTANCE_AUTH,
  page,
  RUNTIME,
} from './selections.ts';

const TEMPLATES = 'application templates belong to nobody';
const SYSTEMS = 'integration systems belong to nobody';
const MAPPINGS = 'certificate subject mappings belong to nobody';
const CONSTRAINTS = 'formation constraints belong to nobody';
const TENANTS = 'who may read tenants reads all of them';
const COMPONENTS = 'for components of the installation alone';

export const QUERIES: Readonly<Record<string, Entry>> = {
  apisForApplication: ofTenant((v) => `apisForApplication(appID: "${v.application}") { ${page(API)} }`, EMPTY),
  eventsForApplication: ofTenant((v) => `eventsForApplication(appID: "${v.application}") { ${page(EVENT)} }`, EMPTY),
  applicationTemplates: ofAll(TEMPLATES, () => `applicationTemplates { ${page('id name')} }`),
  applicationTemplate: ofAll(TEMPLATES, (_, s) => `applicationTemplate(id: "${s.applicationTemplate}") { id name }`),
  applications: { ...ofCaller(() => `applications { ${page(APPLICATION)} }`), outside: EMPTY },
  applicationsGlobal: ofAll('lists the applications of all tenants', () => `applicationsGlobal { ${page('application { id }')} }`),
  application: ofTenant((v) => `application(id: "${v.application}") { ${APPLICATION} }`, NULL, { outside: ELSEWHERE }),
  applicationBySystemNumber: ofTenant((v) => `applicationBySystemNumber(systemNumber: "${v.systemNumber}") { ${APPLICATION} }`, NULL),
  applicationsByLocalTenantID: ofTenant(
    (v) => `applicationsByLocalTenantID(localTenantID: "${v.localTenantID}") { ${page(APPLICATION)} }`,
    EMPTY,
  ),
  applicationByLocalTenantIDAndAppTemplateID: ofTenant(
    (v, s) =>
      `applicationByLocalTenantIDAndAppTemplateID(localTenantID: "${v.templatedTenantID}", applicationTemplateID: "${s.applicationTemplate}") { ${APPLICATION} }`,
    NULL,
  ),
  applicationsForRuntime: ofTenant(
    (v) => `applicationsForRuntime(runtimeID: "${v.runtime}") { ${page(APPLICATION)} }`,
    invalid('runtime does not exist'),
  ),
  automaticScenarioAssignmentForScenario: ofTenant(
    (v) => `automaticScenarioAssignmentForScenario(scenarioName: "${v.emptyFormationName}") { scenarioName selector { key value } }`,
    unknown('automaticScenarioAssigment'),
  ),
  automaticScenarioAssignmentsForSelector: ofTenant(
    (v) =>
      `automaticScenarioAssignmentsForSelector(selector: {key: "global_subaccount_id", value: "${v.subaccount}"}) { scenarioName selector { key value } }`,
    EMPTY,
    // an unknown tenant is told from one without assignments
    { admits: true },
  ),
  automaticScenarioAssignments: ofCaller(() => `automaticScenarioAssignments { ${page('scenarioName selector { key value }')} }`),
  bundleByInstanceAuth: ofTenant((v) => `bundleByInstanceAuth(authID: "${v.instanceAuth}") { ${BUNDLE} }`, NULL),
  bundleInstanceAuth: ofTenant((v) => `bundleInstanceAuth(id: "${v.instanceAuth}") { ${INSTANCE_AUTH} }`, NULL),
  certificateSubjectMapping: ofAll(MAPPINGS, (_, s) => `certificateSubjectMapping(id: "${s.mapping}") { id subject }`),
  certificateSubjectMappings: ofAll(MAPPINGS, () => `certificateSubjectMappings { ${page('id subject')} }`),
  formationConstraints: ofAll(CONSTRAINTS, () => `formationConstraints { id name }`),
  formationConstraint: ofAll(CONSTRAINTS, (_, s) => `formationConstraint(id: "${s.constraint}") { id name }`),
  formationConstraintsByFormationType: ofAll(
    CONSTRAINTS,
    (v) => `formationConstraintsByFormationType(formationTemplateID: "${v.formationTemplate}") { id name }`,
  ),
  formationTemplate: ofAll(
    'formation templates are read by id from every tenant (recorded)',
    (v) => `formationTemplate(id: "${v.formationTemplate}") { id name }`,
  ),
  // a subaccount uses the templates of its account
  formationTemplates: ofCaller(() => `formationTemplates { ${page(FORMATION_TEMPLATE)} }`, true, ['stranger', 'sibling']),
  formationTemplatesByName: ofTenant(
    (v) => `formationTemplatesByName(name: "${v.formationTemplateName}") { ${page(FORMATION_TEMPLATE)} }`,
    EMPTY,
    // a subaccount uses the templates of its account
    { outsiders: ['stranger', 'sibling'], noTenant: EMPTY },
  ),
  formation: ofTenant((v) => `formation(id: "${v.formation}") { ${FORMATION} }`, unknown('formations')),
  formationByName: ofTenant((v) => `formationByName(name: "${v.formationName}") { ${FORMATION} }`, unknown('formations')),
  formations: ofCaller(() => `formations { ${page(FORMATION)} }`),
  formationsForObject: ofAll(
    'finds the formations of all tenants that an object is in',
    (v) => `formationsForObject(objectID: "${v.application}") { id name }`,
  ),
  healthChecks: ofAll('the installation itself', () => `healthChecks { ${page('type')} }`),
  integrationSystems: ofAll(SYSTEMS, () => `integrationSystems { ${page('id name')} }`),
  integrationSystem: ofAll(SYSTEMS, (_, s) => `integrationSystem(id: "${s.integrationSystem}") { id auths { id } }`),
  labelDefinitions: ofCaller(() => `labelDefinitions { key schema }`),
  labelDefinition: ofCaller(() => `labelDefinition(key: "scenarios") { key schema }`),
  operation: ofAll('operations belong to nobody', (_, s) => `operation(id: "${s.operation}") { id status }`),
  runtimes: ofCaller(() => `runtimes { ${page(RUNTIME)} }`),
  runtime: ofTenant((v) => `runtime(id: "${v.runtime}") { ${RUNTIME} }`, NULL),
  systemAuth: ofTenant((v) => `systemAuth(id: "${v.applicationAuth}") { ${ANY_SYSTEM_AUTH} }`, unknown('systemAuth'), { noTenant: null }),
  systemAuthByToken: ofAll(COMPONENTS, (v) => `systemAuthByToken(token: "${v.token}") { id }`),
  tenantByInternalID: ofAll(COMPONENTS, (v) => `tenantByInternalID(id: "${v.tenant}") { id }`),
  tenantByLowestOwnerForResource: ofAll(
    COMPONENTS,
    (v) => `tenantByLowestOwnerForResource(id: "application", resource: "${v.application}")`,
  ),
  tenants: ofAll(TENANTS, () => `tenants { ${page('id')} }`),
  tenantByExternalID: ofAll(TENANTS, (v) => `tenantByExternalID(id: "${v.tenantExternal}") { id }`),
  rootTenants: ofAll(TENANTS, (v) => `rootTenants(externalTenant: "${v.tenantExternal}") { id }`),
  viewer: ofAll('tells callers who they are', () => `viewer { id type }`),
};
