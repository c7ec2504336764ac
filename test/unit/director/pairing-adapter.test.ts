/** One-time tokens that an integration system gives out itself. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { DEFAULT_OPTIONS, optionsFromEnvironment } from '../../../src/local/options.ts';
import { DEFAULT_TENANT, type Plane, startPlane } from '../../../src/local/plane.ts';

interface Token {
  readonly token: string;
  readonly connectorURL: string;
  readonly legacyConnectorURL: string;
  readonly raw: string;
}
interface Answer<T> {
  readonly data: { readonly result: T } | null;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly error: string } }[];
}

const adapters = new Map<string, string>();
const heard: Record<string, unknown>[] = [];
let replies: { readonly status: number; readonly body: string }[] = [];
let adapter: http.Server;
let plane: Plane;
let managed: string;
let free: string;

beforeAll(async () => {
  adapter = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      heard.push(JSON.parse(body) as Record<string, unknown>);
      const { status, body: reply } = replies.length > 1 ? replies.shift()! : replies[0]!;
      response.writeHead(status).end(reply);
    });
  });
  await new Promise<void>((resolve) => adapter.listen(0, '127.0.0.1', resolve));
  plane = await startPlane({ ...DEFAULT_OPTIONS, version: '0.0.0-test', dataDir: tmpdir(), pairingAdapters: adapters });
  const system = await id('registerIntegrationSystem(in: { name: "broker" })');
  adapters.set(system, `http://127.0.0.1:${(adapter.address() as AddressInfo).port}/adapter`);
  managed = await id(
    `registerApplication(in: { name: "shop", integrationSystemID: "${system}", healthCheckURL: "https://shop.example.com" })`,
  );
  free = await id('registerApplication(in: { name: "free" })');
});
afterAll(async () => {
  await plane.close();
  adapter.close();
});
beforeEach(() => {
  heard.length = 0;
  replies = [{ status: 200, body: '{"Token":"theirs"}' }];
});

async function ask<T>(query: string, headers: Record<string, string> = {}): Promise<Answer<T>> {
  const response = await fetch(`${plane.ready.director}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${plane.ready.token}`, tenant: DEFAULT_TENANT, ...headers },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer<T>;
}
const id = async (mutation: string) => (await ask<{ id: string }>(`mutation { result: ${mutation} { id } }`)).data!.result.id;
const token = (application: string, headers = {}, more = '') =>
  ask<Token>(
    `mutation { result: requestOneTimeTokenForApplication(id: "${application}"${more}) { token connectorURL legacyConnectorURL raw } }`,
    headers,
  );
const auths = async () =>
  (
    await ask<{ auths: { id: string; auth: { oneTimeToken: { token: string } } }[] }>(
      `{ result: application(id: "${managed}") { auths { id auth { oneTimeToken { token } } } } }`,
    )
  ).data!.result.auths;

it('comes from the adapter, is kept like any other and names no Connector', async () => {
  const { data } = await token(managed, { client_user: 'me', scenario_groups: '{"key":"g","description":"d"}', suggest_token: 'true' });
  expect(data!.result).toMatchObject({ token: 'theirs', connectorURL: '' });
  expect(JSON.parse(data!.result.raw)).toMatchObject({ token: 'theirs', connectorURL: '', type: 'Application' });
  expect(heard).toMatchObject([
    {
      Application: { id: managed, name: 'shop', healthCheckURL: 'https://shop.example.com', status: { condition: 'INITIAL' } },
      Tenant: DEFAULT_TENANT,
      TenantType: 'account',
      ClientUser: 'me',
      ScenarioGroups: [{ key: 'g', description: 'd' }],
    },
  ]);
  expect((await auths()).map(({ auth }) => auth.oneTimeToken.token)).toEqual(['theirs']);
});

it('of an application of nobody is made here', async () => {
  expect((await token(free)).data!.result.token).toMatch(/^[\w-]{86}==$/);
  expect(heard).toEqual([]);
});

it('takes the place of another too, and is for the application of that one, whichever is named', async () => {
  const before = await auths();
  replies = [{ status: 200, body: '{"token":"renewed"}' }];
  const { data } = await token(free, {}, `, systemAuthID: "${before[0]!.id}"`);
  expect(data!.result).toMatchObject({ token: 'renewed', connectorURL: '' });
  expect(heard).toMatchObject([{ Application: { id: managed } }]);
  expect((await auths()).map(({ id: authID, auth }) => [authID, auth.oneTimeToken.token])).toEqual([[before[0]!.id, 'renewed']]);
});

it('is asked for three times, and what fails leaves nothing behind', async () => {
  const before = (await auths()).length;
  replies = [
    { status: 503, body: '' },
    { status: 200, body: '{}' },
    { status: 200, body: '{"token":"third"}' },
  ];
  expect((await token(managed)).data!.result.token).toBe('third');
  replies = [{ status: 500, body: '' }];
  expect((await token(managed)).errors).toMatchObject([
    { message: expect.stringContaining('it answered 500') as string, extensions: { error: 'InvalidOperation' } },
  ]);
  expect(heard).toHaveLength(6);
  expect((await token(managed, { scenario_groups: 'g1' })).errors).toMatchObject([{ extensions: { error: 'InvalidData' } }]);
  expect(heard).toHaveLength(6);
  expect(await auths()).toHaveLength(before + 1);
});

it.each(['{"x":"ftp://a"}', '{"x":5}', '{"x":"http://"}', 'x'])('adapters that are %s are refused when the plane starts', (value) => {
  expect(() => optionsFromEnvironment({ COMPASS_PAIRING_ADAPTERS: value })).toThrow('COMPASS_PAIRING_ADAPTERS');
});
