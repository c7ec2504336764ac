/** The mutations of formations, and those on what belongs to no tenant. */
import { type Entry, ofAll, ofCaller, ofTenant, OWNER_NEEDED, unknown } from './entry.ts';
import { FORMATION, FORMATION_TEMPLATE } from './selections.ts';

const APP = unknown('application');

export const MUTATIONS_OF_FORMATIONS: Readonly<Record<string, Entry>> = {
  createFormation: ofTenant(
    (v) => `createFormation(formation: {name: "mine", templateName: "${v.formationTemplateName}"}) { ${FORMATION} }`,
    unknown('formationTemplate'),
  ),
  deleteFormation: ofTenant((v) => `deleteFormation(formation: {name: "${v.draftFormationName}"}) { ${FORMATION} }`, unknown('formations')),
  assignFormation: ofTenant(
    (v) => `assignFormation(objectID: "${v.idle}", objectType: APPLICATION, formation: {name: "${v.formationName}"}) { ${FORMATION} }`,
    unknown('formations'),
    { neighbourApplication: APP },
  ),
  unassignFormation: ofTenant(
    (v) =>
      `unassignFormation(objectID: "${v.application}", objectType: APPLICATION, formation: {name: "${v.formationName}"}) { ${FORMATION} }`,
    unknown('formations'),
    { neighbourApplication: APP },
  ),
  unassignFormationGlobal: ofAll(
    'takes an object out of a formation of any tenant',
    (v) => `unassignFormationGlobal(objectID: "${v.application}", objectType: APPLICATION, formation: "${v.formation}") { id }`,
  ),
  resynchronizeFormationNotifications: ofTenant(
    (v) => `resynchronizeFormationNotifications(formationID: "${v.formation}", reset: true) { ${FORMATION} }`,
    unknown('formations'),
  ),
  finalizeDraftFormation: ofTenant(
    (v) => `finalizeDraftFormation(formationID: "${v.draftFormation}") { ${FORMATION} }`,
    unknown('formations'),
  ),
  createLabelDefinition: ofCaller(
    () =>
      `createLabelDefinition(in: {key: "scenarios", schema: "{\\"type\\":\\"array\\",\\"minItems\\":1,\\"uniqueItems\\":true,\\"items\\":{\\"type\\":\\"string\\",\\"enum\\":[\\"mine\\"]}}"}) { key schema }`,
    false,
  ),
  updateLabelDefinition: ofCaller(
    (v) =>
      `updateLabelDefinition(in: {key: "scenarios", schema: "{\\"type\\":\\"array\\",\\"minItems\\":1,\\"uniqueItems\\":true,\\"items\\":{\\"type\\":\\"string\\",\\"enum\\":[\\"mine\\",\\"${v.formationName}\\",\\"${v.emptyFormationName}\\",\\"${v.draftFormationName}\\"]}}"}) { key schema }`,
    false,
  ),
  createFormationTemplate: ofCaller(
    () => `createFormationTemplate(in: {name: "mine", applicationTypes: ["x"]}) { ${FORMATION_TEMPLATE} }`,
    false,
  ),
  updateFormationTemplate: ofTenant(
    (v) => `updateFormationTemplate(id: "${v.formationTemplate}", in: {name: "x", applicationTypes: ["x"]}) { ${FORMATION_TEMPLATE} }`,
    OWNER_NEEDED,
    { outsiders: ['stranger', 'sibling'], admits: true },
  ),
  deleteFormationTemplate: ofTenant(
    (v) => `deleteFormationTemplate(id: "${v.idleFormationTemplate}") { ${FORMATION_TEMPLATE} }`,
    OWNER_NEEDED,
    { outsiders: ['stranger', 'sibling'], admits: true },
  ),
  setFormationTemplateLabel: ofTenant(
    (v) => `setFormationTemplateLabel(formationTemplateID: "${v.formationTemplate}", in: {key: "x", value: "y"}) { key value }`,
    OWNER_NEEDED,
    { outsiders: ['stranger', 'sibling'], admits: true },
  ),
  deleteFormationTemplateLabel: ofTenant(
    (v) => `deleteFormationTemplateLabel(formationTemplateID: "${v.formationTemplate}", key: "secret") { key value }`,
    OWNER_NEEDED,
    { outsiders: ['stranger', 'sibling'], admits: true },
  ),
  createFormationConstraint: ofAll(
    'formation constraints belong to nobody',
    () =>
      `createFormationConstraint(formationConstraint: {name: "x", constraintType: PRE, targetOperation: ASSIGN_FORMATION, operator: "IsNotAssignedToAnyFormationOfType", resourceType: TENANT, resourceSubtype: "account", inputTemplate: "{}", constraintScope: FORMATION_TYPE}) { id }`,
  ),
  updateFormationConstraint: ofAll(
    'formation constraints belong to nobody',
    (_, s) => `updateFormationConstraint(id: "${s.constraint}", in: {inputTemplate: "{}", priority: 1}) { id }`,
  ),
  deleteFormationConstraint: ofAll(
    'formation constraints belong to nobody',
    (_, s) => `deleteFormationConstraint(id: "${s.constraint}") { id }`,
  ),
  attachConstraintToFormationTemplate: ofAll(
    'formation constraints belong to nobody',
    (v, s) =>
      `attachConstraintToFormationTemplate(constraintID: "${s.constraint}", formationTemplateID: "${v.formationTemplate}") { constraintID }`,
  ),
  detachConstraintFromFormationTemplate: ofAll(
    'formation constraints belong to nobody',
    (v, s) =>
      `detachConstraintFromFormationTemplate(constraintID: "${s.constraint}", formationTemplateID: "${v.formationTemplate}") { constraintID }`,
    /not found/,
  ),
};

const TENANTS = 'who may write tenants writes all of them';
const ACCESS = 'gives and takes access of any tenant to any object';
const SYSTEMS = 'integration systems belong to nobody';
const MAPPINGS = 'certificate subject mappings belong to nobody';
const SUBSCRIPTIONS = 'subscribes any tenant';
const SUBJECT = '"C=DE, L=local, O=SAP SE, OU=clients, CN=other"';

export const MUTATIONS_OF_THE_INSTALLATION: Readonly<Record<string, Entry>> = {
  registerIntegrationSystem: ofAll(SYSTEMS, () => `registerIntegrationSystem(in: {name: "other"}) { id }`),
  updateIntegrationSystem: ofAll(SYSTEMS, (_, s) => `updateIntegrationSystem(id: "${s.integrationSystem}", in: {name: "system"}) { id }`),
  unregisterIntegrationSystem: ofAll(SYSTEMS, (_, s) => `unregisterIntegrationSystem(id: "${s.integrationSystem}") { id }`),
  requestClientCredentialsForIntegrationSystem: ofAll(
    SYSTEMS,
    (_, s) => `requestClientCredentialsForIntegrationSystem(id: "${s.integrationSystem}") { id }`,
  ),
  deleteSystemAuthForIntegrationSystem: ofAll(
    SYSTEMS,
    (_, s) => `deleteSystemAuthForIntegrationSystem(authID: "${s.integrationSystemAuth}") { id }`,
  ),
  createCertificateSubjectMapping: ofAll(
    MAPPINGS,
    () =>
      `createCertificateSubjectMapping(in: {subject: ${SUBJECT}, consumerType: "Technical Client", tenantAccessLevels: ["account"]}) { id }`,
  ),
  updateCertificateSubjectMapping: ofAll(
    MAPPINGS,
    (_, s) =>
      `updateCertificateSubjectMapping(id: "${s.mapping}", in: {subject: ${SUBJECT}, consumerType: "Technical Client", tenantAccessLevels: ["account"]}) { id }`,
  ),
  deleteCertificateSubjectMapping: ofAll(MAPPINGS, (_, s) => `deleteCertificateSubjectMapping(id: "${s.mapping}") { id }`),
  scheduleOperation: ofAll('operations belong to nobody', (_, s) => `scheduleOperation(operationID: "${s.operation}") { id }`),
  subscribeTenant: ofAll(
    SUBSCRIPTIONS,
    () =>
      `subscribeTenant(providerID: "x", subaccountID: "x", providerSubaccountID: "x", consumerTenantID: "x", region: "x", subscriptionAppName: "x", subscriptionPayload: "{}")`,
  ),
  unsubscribeTenant: ofAll(
    SUBSCRIPTIONS,
    () =>
      `unsubscribeTenant(providerID: "x", subaccountID: "x", providerSubaccountID: "x", consumerTenantID: "x", region: "x", subscriptionPayload: "{}")`,
  ),
  setTenantLabel: ofAll(TENANTS, (v) => `setTenantLabel(tenantID: "${v.tenant}", key: "x", value: "y") { key }`),
  writeTenants: ofAll(TENANTS, () => `writeTenants(in: [{name: "x", externalTenant: "x", type: "account", provider: "x"}])`),
  writeTenant: ofAll(TENANTS, () => `writeTenant(in: {name: "x", externalTenant: "x", type: "account", provider: "x"})`),
  updateTenant: ofAll(
    TENANTS,
    (v) =>
      `updateTenant(id: "${v.subaccountId}", in: {name: "x", externalTenant: "${v.subaccount}", type: "subaccount", provider: "x", parents: ["${v.tenantExternal}"]}) { id }`,
  ),
  deleteTenants: ofAll(TENANTS, (v) => `deleteTenants(in: ["${v.subaccount}"])`),
  addTenantAccess: ofAll(
    ACCESS,
    (v) =>
      `addTenantAccess(in: {tenantID: "${v.subaccount}", resourceType: APPLICATION, resourceID: "${v.application}", owner: false}) { tenantID }`,
  ),
  removeTenantAccess: ofAll(
    ACCESS,
    (v) => `removeTenantAccess(tenantID: "${v.tenantExternal}", resourceID: "${v.idle}", resourceType: APPLICATION) { tenantID }`,
  ),
};
