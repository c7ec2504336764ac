/** What has to be there before an example makes sense: files, and commands that are run first. */

/** The schema that the label of formations must have. */
const SCENARIOS = JSON.stringify({
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { type: 'string', pattern: String.raw`^[A-Za-z0-9]([-_A-Za-z0-9\s]*[A-Za-z0-9])$`, enum: ['DEFAULT'] },
});

/** Files that examples name, in the folder where they run. */
export const FILES: Readonly<Record<string, string>> = {
  'openapi.yaml': 'openapi: 3.0.0\ninfo: { title: orders, version: "1" }\npaths: {}\n',
  'asyncapi.yaml': 'asyncapi: 2.0.0\ninfo: { title: orders, version: "1" }\nchannels: {}\n',
  'commerce.yaml':
    'name: Commerce\naccessLevel: GLOBAL\napplicationInput: { name: "{{name}}", description: "{{display-name}}", baseUrl: "https://shop.example.com" }\nplaceholders: [{ name: name, jsonPath: "$.name" }, { name: display-name, jsonPath: "$.displayName" }]\n',
  'shop.yaml': 'name: shop\nlabels: { region: eu }\n',
  'shop.json': '{ "name": "shop", "displayName": "The Shop" }',
  'orders.yaml': 'name: orders\ndescription: All about orders\n',
  'parameters.json': '{ "plan": "gold" }',
  'credentials.yaml': 'auth: { credential: { basic: { username: me, password: secret } } }\n',
  'guide.md': '# How to order\n',
  'one-shop-only.yaml':
    'name: OneShopOnly\nconstraintType: PRE\ntargetOperation: ASSIGN_FORMATION\noperator: IsNotAssignedToAnyFormationOfType\nresourceType: TENANT\nresourceSubtype: subaccount\nconstraintScope: FORMATION_TYPE\ninputTemplate: \'{"formation_template_id":"{{.FormationTemplateID}}","resource_type":"{{.ResourceType}}","resource_subtype":"{{.ResourceSubtype}}","resource_id":"{{.ResourceID}}","tenant":"{{.TenantID}}"}\'\n',
  'input.tmpl': '{"resource_type":"{{.ResourceType}}"}',
  'shops.yaml':
    'name: Shops\napplicationTypes: [shop]\nruntimeTypes: [kyma]\nruntimeTypeDisplayName: Kyma\nruntimeArtifactKind: ENVIRONMENT_INSTANCE\nwebhooks:\n  - type: FORMATION_LIFECYCLE\n    mode: SYNC\n    urlTemplate: \'{"method":"POST","path":"https://shops.example.com/{{.Formation.ID}}"}\'\n    inputTemplate: \'{"name":"{{.Formation.Name}}"}\'\n    outputTemplate: \'{"error":"{{.Body.error}}","success_status_code":200}\'\n',
  'webhook.yaml':
    'type: APPLICATION_TENANT_MAPPING\nmode: SYNC\nurlTemplate: \'{"method":"PUT","path":"https://shop.example.com/{{.Operation}}"}\'\ninputTemplate: \'{"operation":"{{.Operation}}"}\'\noutputTemplate: \'{"error":"{{.Body.error}}","success_status_code":200}\'\n',
  'tenant-mapping.yaml':
    'type: APPLICATION_TENANT_MAPPING\nmode: SYNC\nurlTemplate: \'{"method":"PUT","path":"https://shop.example.com/tenants"}\'\ninputTemplate: "{}"\noutputTemplate: \'{"error":"{{.Body.error}}","success_status_code":200}\'\n',
  'replies.yaml': 'replies: [{ status: 200, body: {} }]\n',
  'apps.graphql':
    'query($first: Int, $after: PageCursor) { applications(first: $first, after: $after) { data { name } pageInfo { endCursor hasNextPage } } }',
  'needs-orders.yaml': 'name: needs-orders\nordID: "shop:integrationDependency:orders:v1"\nmandatory: true\n',
  'scenarios.schema.json': SCENARIOS,
  'scenarios.json': JSON.stringify({ schema: SCENARIOS }),
  'token.txt': 'a.b.c\n',
  'shop.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
  'shop.key': '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n',
  'ca.crt': '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n',
};

const APP = ['app register --name shop --label region=eu'];
const BUNDLE = [...APP, 'bundle add --app shop --name orders'];
const API = [
  ...BUNDLE,
  'api add --app shop --bundle orders --name orders --target-url https://shop.example.com/orders --spec openapi.yaml',
];
const EVENT = [...BUNDLE, 'event add --app shop --bundle orders --name order-events --spec asyncapi.yaml'];
const DOCUMENT = [...BUNDLE, 'document add --app shop --bundle orders --title "How to order" --description guide --content guide.md'];
const RUNTIME = ['runtime register --name prod --label region=eu'];
const AGENT = [...RUNTIME, 'agent run --runtime prod --once', 'agent run --runtime prod --dir ./agent --once'];
const PROVISIONED = ['runtime provision --name prod'];
const KYMA_FILE = ['runtime upgrade-kyma --print-example > kyma.yaml'];
const WITH_KYMA = [...KYMA_FILE, 'runtime provision --name prod --kyma-file kyma.yaml'];
const FORMATION = ['formation create --name orders'];
const MEMBERS = [
  'app register --name shop --label "applicationType=SAP Commerce Cloud"',
  ...PROVISIONED,
  'formation create --name orders --template "Side-by-Side Extensibility with Kyma"',
];
const TEMPLATE = ['app-template create --file commerce.yaml'];
const SHOPS = ['formation-template create --file shops.yaml'];
const CONSTRAINT = [...SHOPS, 'constraint create --file one-shop-only.yaml'];
const SYSTEM = ['integration-system register --name broker'];

/** Files that some examples mean otherwise. */
export const FILES_OF: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'formation-template update': {
    'shops.yaml':
      'name: Shops\napplicationTypes: [shop, mall]\nruntimeTypes: [kyma]\nruntimeTypeDisplayName: Kyma\nruntimeArtifactKind: ENVIRONMENT_INSTANCE\n',
  },
  'bundle auth create': { 'credentials.yaml': 'credential: { basic: { username: me, password: secret } }\n' },
};

/** What is made before the examples of a topic; a command of its own, or one example, goes before its topic. */
export const BEFORE: Readonly<Record<string, readonly string[]>> = {
  agent: RUNTIME,
  'agent renew': AGENT,
  'agent reset': AGENT,
  'agent sync': AGENT,
  'agent status': AGENT,
  api: API,
  'api add': BUNDLE,
  app: APP,
  'app register': [],
  'app label set': APP,
  'app label delete': APP,
  'app-template': TEMPLATE,
  'app-template create': [],
  auth: [...APP, ...RUNTIME, ...SYSTEM, 'auth create --app shop', 'auth create --runtime prod'],
  bundle: BUNDLE,
  'bundle add': APP,
  'bundle auth': [...BUNDLE, 'bundle auth request orders --app shop'],
  'bundle auth create': [...BUNDLE, ...RUNTIME],
  'bundle auth request': BUNDLE,
  'cert-mapping': [
    'cert-mapping create --subject "C=DE, O=ACME, OU=Shops, L=Berlin, CN=broker" --consumer-type "Integration System" --level account',
  ],
  'cert-mapping create': [],
  constraint: CONSTRAINT,
  'constraint create': [],
  'constraint detach': [...CONSTRAINT, 'constraint attach OneShopOnly Shops'],
  context: ['context add team --url https://compass.example.com'],
  'context add': [],
  document: DOCUMENT,
  'document add': BUNDLE,
  event: EVENT,
  'event add': BUNDLE,
  formation: FORMATION,
  'formation create': [],
  'formation assign': MEMBERS,
  'formation unassign': [...MEMBERS, 'formation assign orders --app shop', 'formation assign orders --runtime prod'],
  'formation finalize': ['formation create --name orders --draft'],
  'formation-template': SHOPS,
  'formation-template update': [
    'formation-template create --name Shops --application-type shop --runtime-type kyma --runtime-type-name Kyma --artifact-kind ENVIRONMENT_INSTANCE',
  ],
  'formation-template create': [],
  'formation-template test': [],
  graphql: APP,
  'integration-dependency': [...APP, 'integration-dependency add --app shop --file needs-orders.yaml'],
  'integration-dependency add': APP,
  'integration-system': SYSTEM,
  'integration-system register': [],
  'label-definition create': [],
  'label-definition': ['formation create --name orders'],
  notification: FORMATION,
  runtime: RUNTIME,
  'runtime provision': [],
  'runtime provision --name prod --kyma-file': KYMA_FILE,
  'runtime upgrade-kyma': WITH_KYMA,
  'runtime rollback-kyma': [...WITH_KYMA, 'runtime upgrade-kyma prod --file kyma.yaml'],
  'runtime wake': [...PROVISIONED, 'runtime hibernate prod'],
  'runtime register': [],
  'runtime applications': RUNTIME,
  ...Object.fromEntries(
    ['deprovision', 'hibernate', 'kubeconfig', 'logs', 'operations', 'reconnect', 'status', 'upgrade'].map((verb) => [
      `runtime ${verb}`,
      PROVISIONED,
    ]),
  ),
  'runtime context': [...RUNTIME, 'runtime context register prod tenant other'],
  'runtime context register': RUNTIME,
  'tenant access': APP,
  'tenant access remove': [...APP, 'tenant access add 1eba80dd-8ff6-54ee-be4d-77944d17b10b --app shop'],
  'tenant delete': ['tenant create --name acme'],
  wait: [...PROVISIONED, ...FORMATION],
  webhook: [...APP, 'webhook add --app shop --type CONFIGURATION_CHANGED --webhook-url https://shop.example.com/hooks'],
  'webhook add': APP,
  'whoami --context': ['context add team --url {{gateway}} --tenant {{tenant}} --token {{token}}'],
};

/** Examples with files that an earlier example writes. */
export const FILE_EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'gardener.yaml': ['runtime provision --print-example'],
  'change.yaml': ['runtime upgrade --print-example'],
};

/** Ids stand for what was made before: the last object that such a command lists, as its JSON has it. */
export const IDS: Readonly<Record<string, string>> = {
  'app get': 'app list',
  graphql: 'app list',
  'auth delete': 'auth list --app shop',
  'bundle auth': 'bundle auth list orders --app shop',
  'cert-mapping': 'cert-mapping list',
  'runtime context unregister': 'runtime context list prod',
  'tenant delete': 'tenant list --search acme',
  webhook: 'webhook list --app shop',
};

/** What is left for the tenant's neighbours: these are not a tenant's own. */
export const CLEAN_UP = [
  'app unregister shop --yes',
  'app unregister shop-copy --yes',
  'app-template delete Commerce --yes',
  'app-template delete "Commerce (EU)" --yes',
  'formation-template delete Shops --yes',
  'constraint delete OneShopOnly --yes',
  'integration-system unregister broker --yes',
];

/** Never end by themselves: they are started, seen to work, and told to end. */
export const ENDLESS = [
  /^serve /,
  /^agent run --runtime prod$/,
  /^webhook listen/,
  /^formation watch orders$/,
  /^formation watch orders --until settled/,
];

/** Not run, and why. */
export const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/^exec /, 'starts a plane of its own; test/e2e/exec.test.ts does'],
  [/postgres:\/\//, 'needs a PostgreSQL server; test/contract and test/e2e/registry-team.test.ts run these'],
  [/^notification (?:resend|show) /, 'needs a delivered notification; test/e2e/formations.test.ts runs both'],
  [/^formation watch orders --until ready/, 'waits for members that are told; test/e2e/formations.test.ts does'],
  [/^app unregister shop$/, 'asks on a terminal; its neighbour with --yes is run'],
  [/^bundle auth request .*--wait/, 'waits until an application has given credentials; test/e2e/story.test.ts does'],
  [/^ca rotate --distrust$/, 'asks on a terminal, and leaves every other test without its certificates'],
  [/^app merge /, 'needs two applications of one template in a formation; the stories applications-10 and -11 play it'],
  [/^runtime reconnect prod$|^wait runtime /, 'waits for a real agent; test/e2e/runtimes.test.ts does'],
  [
    /^serve --local --detach$|^serve --local --instance shop$|^stop\b/,
    'planes beside each other, in the background and stopped: test/e2e/instances.test.ts',
  ],
  [/^serve --local$/, "takes the usual ports, which may be somebody's; its neighbour with --port 0 is run"],
  [
    /^api add .*--spec-url|^api spec .*--refetch/,
    'fetches from elsewhere; test/e2e/story.test.ts and the unit tests of specs do it on this machine',
  ],
];
