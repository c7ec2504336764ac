/** Words for what no single SDL file describes: the roots, and arguments, most of which mean the same wherever they stand. */
import { getNamedType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';

const EVERYWHERE: Readonly<Record<string, string>> = {
  after: 'Where the page begins: `endCursor` of the page before, or nothing for the first one.',
  apiID: 'Id of the API definition.',
  appID: 'Id of the application.',
  applicationID: 'Id of the application.',
  applicationTemplateID: 'Id of the application template.',
  authID: 'Id of the credentials.',
  bundleID: 'Id of the bundle.',
  constraintID: 'Id of the constraint.',
  consumerTenantID: 'What the provider knows the subscribing tenant by.',
  destinationID: 'Id of the application that stays.',
  eventID: 'Id of the event definition.',
  externalTenant: 'External id of the tenant.',
  filter: 'Labels that each object of the list must have: all of them.',
  first: 'How many objects the page has at most.',
  formation: 'The formation, by its name.',
  formationConstraint: 'The new constraint.',
  formationID: 'Id of the formation.',
  formationTemplateID: 'Id of the formation template.',
  group: 'Only those of this group.',
  initialConfigurations: 'What the first notifications tell about the participants.',
  key: 'Key of the label.',
  localTenantID: 'What the system itself calls the tenant that the application is.',
  mode: 'Whether the answer waits for the work.',
  name: 'The name.',
  objectID: 'Id of the object; of a tenant its external id.',
  objectType: 'What kind of object it is.',
  operationID: 'Id of the operation.',
  origin: 'Who has checked.',
  override: 'Whether applications made of the template change with it.',
  priority: 'Operations of a higher priority are taken first.',
  providerID: 'What the provider is found by, unless the payload names another.',
  providerSubaccountID: "External id of the provider's subaccount, unless the payload names another.",
  region: "The provider's region.",
  reset: 'Whether the exchange of configurations begins anew.',
  resourceID: 'Id of the object.',
  resourceType: 'What kind of object it is.',
  runtimeID: 'Id of the runtime.',
  scenarioName: 'Name of the formation.',
  searchTerm: 'Part of the name or of one of the ids, in whatever case; `%` and `_` stand for any letters and any one letter.',
  selector: 'The subaccount, by its label.',
  sourceID: 'Id of the application that goes.',
  subaccountID: 'External id of the subaccount that subscribes.',
  subscriptionAppName: 'Type that a runtime gets by the subscription, unless the payload names another.',
  subscriptionPayload: 'JSON text of what the subscription service tells.',
  systemAuthID: 'Credentials that get the token; new ones where this is missing.',
  systemNumber: 'The number that the landscape knows the system by.',
  tenantID: 'External id of the tenant.',
  token: 'The token as it was given out.',
  types: 'Only those of these types.',
  value: 'Value of the label: any JSON but null and what is empty.',
  webhookID: 'Id of the webhook.',
};

/** Where an argument means something else than elsewhere, by type, field and argument. */
const HERE: Readonly<Record<string, string>> = {
  'Mutation.setTenantLabel.tenantID': 'Internal id of the tenant.',
  'Mutation.unassignFormationGlobal.formation': 'Id of the formation.',
  'Mutation.updateBundleInstanceAuth.bundleID': 'Id of a bundle, whose schema the parameters must fit.',
  'Mutation.updateTenant.id': 'Internal id of the tenant.',
  'Mutation.writeTenants.in': 'The tenants to be written.',
  'Mutation.deleteTenants.in': 'External ids of the tenants to be deleted.',
  'Query.tenantByExternalID.id': 'External id of the tenant.',
  'Query.tenantByInternalID.id': 'Internal id of the tenant.',
  'Query.tenantByLowestOwnerForResource.id': 'Kind of the object: `application`, `runtime` or `runtimeContext`.',
  'Query.tenantByLowestOwnerForResource.resource': 'Id of the object.',
};

/** Such as "formation template", of FormationTemplate. */
const words = (name: string) => name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** What the field is about where its answer does not say it. */
const ownerOf = (field: string): string | undefined => /For(Application|Runtime|IntegrationSystem)$/.exec(field)?.[1];

function describe(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, argument: string): string | undefined {
  const object = words(ownerOf(field.name) ?? getNamedType(field.type).name);
  const general =
    argument === 'id' ? `Id of the ${object}.` : argument === 'in' ? `What is wanted of the ${object}.` : EVERYWHERE[argument];
  return HERE[`${type.name}.${field.name}.${argument}`] ?? general;
}

const ROOTS: Readonly<Record<string, string>> = { Query: 'What can be read.', Mutation: 'What can be changed.' };

/** Describes what the SDL leaves without a description. */
export function describeSchema(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    type.description ??= ROOTS[type.name];
    for (const field of Object.values(type.getFields()))
      for (const argument of field.args) argument.description ??= describe(type, field as GraphQLField<unknown, unknown>, argument.name);
  }
}
