/** What is asked for of each kind of object: as much as there is, secrets first. */
export const AUTH =
  'credential { ... on BasicCredentialData { username password } ... on OAuthCredentialData { clientId clientSecret } } oneTimeToken { token } certCommonName';
export const WEBHOOK = `id applicationID runtimeID applicationTemplateID formationTemplateID url auth { ${AUTH} }`;
const SYSTEM_AUTH = `id tenantId referenceObjectId auth { ${AUTH} }`;
export const ANY_SYSTEM_AUTH = SYSTEM_AUTH;
const FETCH = `fetchRequest { url auth { ${AUTH} } }`;
export const API = `id name targetURL spec { id data ${FETCH} }`;
export const EVENT = `id name spec { id data ${FETCH} }`;
export const DOCUMENT = `id title ${FETCH}`;
export const INSTANCE_AUTH = `id context runtimeID auth { ${AUTH} }`;
export const BUNDLE = `id name description defaultInstanceAuth { ${AUTH} } instanceAuths { ${INSTANCE_AUTH} } apiDefinitions { data { ${API} } } eventDefinitions { data { ${EVENT} } } documents { data { ${DOCUMENT} } }`;
export const APPLICATION = `id name baseUrl localTenantID systemNumber labels webhooks { ${WEBHOOK} } auths { ${SYSTEM_AUTH} } bundles { data { ${BUNDLE} } } integrationDependencies { data { id name ordID } } eventingConfiguration { defaultURL }`;
export const RUNTIME = `id name labels webhooks { ${WEBHOOK} } auths { ${SYSTEM_AUTH} } runtimeContexts { data { id key value labels } } eventingConfiguration { defaultURL }`;
export const CONTEXT = 'id key value labels';
export const FORMATION =
  'id name tenantID state formationAssignments { data { id source target sourceEntity { ... on Application { id name } ... on Runtime { id name } } targetEntity { ... on Application { id name } ... on Runtime { id name } } assignmentOperations { data { id } } } } status { condition errors { message } }';
export const FORMATION_TEMPLATE = `id name labels webhooks { ${WEBHOOK} }`;
export const page = (selection: string) => `data { ${selection} } totalCount`;
