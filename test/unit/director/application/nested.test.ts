/** A registration with everything nested, over the wire: a fault in whatever place leaves nothing of it. */
import { beforeEach, expect, it } from 'vitest';
import { type AskedDirector, askedDirector, posted } from '../../../support/director-asked.ts';

let director: AskedDirector;
beforeEach(async () => {
  director = await askedDirector();
});

const login = () => ({
  credential: { basic: { username: 'u', password: 'p' } },
  additionalHeadersSerialized: '{"h":["1"]}',
  requestAuth: { csrf: { tokenEndpointURL: 'https://x.example.com', additionalQueryParamsSerialized: '{"q":["1"]}' } },
});
const fetched = () => ({ url: 'https://x.example.com/spec', mode: 'BUNDLE', auth: login() });
const version = () => ({ value: '1.0.0', deprecated: false, forRemoval: false });
const bundle = (name: string) => ({
  name,
  instanceAuthRequestInputSchema: '{"type":"object"}',
  defaultInstanceAuth: login(),
  apiDefinitions: [
    { name: 'a', targetURL: 'https://x.example.com', version: version(), spec: { type: 'OPEN_API', format: 'JSON', data: '{}' } },
    { name: 'b', targetURL: 'https://x.example.com', spec: { type: 'ODATA', format: 'XML', fetchRequest: fetched() } },
  ],
  eventDefinitions: [
    { name: 'e', version: version(), spec: { type: 'ASYNC_API', format: 'YAML', data: 'x: 1' } },
    { name: 'f', spec: { type: 'ASYNC_API', format: 'JSON', fetchRequest: fetched() } },
  ],
  documents: [
    { title: 't', displayName: 't', description: 'd', format: 'MARKDOWN', data: '#' },
    { title: 'u', displayName: 'u', description: 'd', format: 'MARKDOWN', fetchRequest: fetched() },
  ],
});
const everything = () => ({
  name: 'shop',
  labels: { tier: 1 },
  webhooks: [
    { type: 'CONFIGURATION_CHANGED', url: 'https://x.example.com/one', auth: login() },
    { type: 'OPEN_RESOURCE_DISCOVERY', url: 'https://x.example.com/two', auth: login() },
  ],
  bundles: [bundle('first'), bundle('last')],
});

async function register(input: object) {
  const document = 'mutation ($in: ApplicationRegisterInput!) { result: registerApplication(in: $in) { id } }';
  const { status, body } = await director.director.graphql(posted(document, { in: input }));
  return { status, ...(JSON.parse(body) as { data: unknown; errors?: { message: string }[] }) };
}
const records = async () => (await director.registry.info()).records;

/** The input with another value at the path. */
function withFault(path: string, value: unknown): object {
  const input = everything() as Record<string, unknown>;
  const members = path.split('.');
  const last = members.pop()!;
  let at = input;
  for (const member of members) at = at[member] as Record<string, unknown>;
  at[last] = value;
  return input;
}

const HEADERS = 'additionalHeadersSerialized';
const CSRF = 'requestAuth.csrf.additionalQueryParamsSerialized';

it.each([
  ['labels', { tier: null }],
  ['labels', { scenarios: ['A'] }],
  ['labels', []],
  ['integrationSystemID', '3e64ebae-38b5-46a0-b1ed-9ccee153a0ab'],
  ['webhooks.1.type', 'CONFIGURATION_CHANGED'],
  ['webhooks.1.url', 'x y'],
  ['webhooks.1.odd', 1],
  [`webhooks.1.auth.${HEADERS}`, '['],
  [`webhooks.1.auth.${CSRF}`, '['],
  ['bundles.1.name', null],
  ['bundles.1.instanceAuthRequestInputSchema', '{'],
  [`bundles.1.defaultInstanceAuth.${HEADERS}`, '['],
  [`bundles.1.defaultInstanceAuth.${CSRF}`, '['],
  ['bundles.1.apiDefinitions.0.spec.data', 'a\u0000'],
  ['bundles.1.apiDefinitions.0.version.value', null],
  ['bundles.1.apiDefinitions.1.spec.format', 'TOML'],
  [`bundles.1.apiDefinitions.1.spec.fetchRequest.auth.${HEADERS}`, '{"a":1}'],
  [`bundles.1.apiDefinitions.1.spec.fetchRequest.auth.${CSRF}`, '['],
  ['bundles.1.eventDefinitions.0.spec.data', 'a\u0001'],
  ['bundles.1.eventDefinitions.1.spec.type', 'OPEN_API'],
  [`bundles.1.eventDefinitions.1.spec.fetchRequest.auth.${HEADERS}`, '['],
  ['bundles.1.documents.0.data', 'a\u0008'],
  ['bundles.1.documents.1.title', null],
  [`bundles.1.documents.1.fetchRequest.auth.${HEADERS}`, '['],
  [`bundles.1.documents.1.fetchRequest.auth.${CSRF}`, '['],
])('%s: %j', async (path, value) => {
  const before = await records();
  const refused = await register(withFault(path, value));
  expect(refused.status).toBeLessThan(500);
  expect(refused).toMatchObject({ data: null, errors: [{ message: expect.any(String) as string }] });
  expect(await records()).toEqual(before);
  expect(await register(everything())).not.toHaveProperty('errors');
  const kept = { applications: 1, webhooks: 2, bundles: 2, apiDefinitions: 4, eventDefinitions: 4, documents: 4 };
  expect(await records()).toMatchObject(kept);
});
