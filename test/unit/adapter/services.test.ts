/** Services of the old interface are there as a whole or not at all. */
import { beforeEach, describe, expect, it } from 'vitest';
import { type Adapter, createAdapter } from '../../../src/adapter/adapter.ts';
import type { Connector } from '../../../src/connector/connector.ts';
import { createDirector, type Director } from '../../../src/director/director.ts';
import { tenants } from '../../../src/director/tenant/records.ts';
import { seed } from '../../../src/director/seed.ts';
import type { Identity } from '../../../src/identity/identity.ts';
import { ALL_SCOPES } from '../../../src/identity/scopes.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import { posted, SETTINGS } from '../../support/director-asked.ts';

let director: Director;
let adapter: Adapter;
let caller: Identity;
let application: string;

async function ask<T>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
  const { body } = await director.graphql(posted(query, variables, caller));
  const { data, errors } = JSON.parse(body) as { data: T; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

const answered = (method: string, path: string, body = '') =>
  adapter.services({ method, path, query: '', headers: {}, body, requestId: 'r' }, async () => ({
    identity: caller,
    connector: { consumerType: 'Static User' },
  }));

async function services(method: string, path = '', content?: object) {
  const answer = await answered(method, `/mp-shop/v1/metadata/services${path}`, content === undefined ? '' : JSON.stringify(content));
  return { status: answer!.status, ...(JSON.parse(answer!.body || '{}') as { id?: string; error?: string }), body: answer!.body };
}

const bundles = async () =>
  (await ask<{ a: { bundles: { totalCount: number } } }>(`{ a: application(id: "${application}") { bundles { totalCount } } }`)).a.bundles
    .totalCount;
const setLabel = (value: unknown) =>
  ask(
    'mutation($id: ID!, $value: Any!) { setApplicationLabel(applicationID: $id, key: "legacy_servicesMetadata", value: $value) { key } }',
    { id: application, value },
  );

const SERVICE = { provider: 'p', name: 'orders', description: 'd', api: { targetUrl: 'https://x.example.com' } };

beforeEach(async () => {
  const registry = openMemoryRegistry();
  director = createDirector({ registry, settings: { ...SETTINGS, privateAddresses: true } });
  adapter = createAdapter({ director, connector: {} as Connector, addresses: () => ({ gateway: '', mtls: '' }) });
  const tenant = await registry.write({ by: 'test', operation: 'seed' }, async (tx) => {
    await seed(tx, false);
    return (await tx.find(tenants, 'externalID', '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae'))[0]!;
  });
  caller = {
    tenant: { id: tenant.id, externalId: tenant.externalID },
    consumer: { id: 'tester', type: 'Static User' },
    flow: 'JWT',
    scopes: ALL_SCOPES,
  };
  application = (await ask<{ a: { id: string } }>('mutation { a: registerApplication(in: { name: "shop" }) { id } }')).a.id;
});

describe('a service that cannot be registered', () => {
  it('leaves no bundle where its identifier cannot be noted', async () => {
    for (const label of ['no JSON', '[]', { of: 'somebody else' }]) {
      await setLabel(label);
      expect(await services('POST', '', SERVICE)).toMatchObject({
        status: 409,
        error: expect.stringContaining('while reading legacy') as string,
      });
      expect(await bundles()).toBe(0);
    }
  });

  it('leaves nothing in the journal', async () => {
    await setLabel('no JSON');
    const before = director.registry.sequence;
    await services('POST', '', SERVICE);
    expect(director.registry.sequence).toBe(before);
  });
});

it('is registered in one change', async () => {
  const before = director.registry.sequence!;
  expect((await services('POST', '', { ...SERVICE, identifier: 'one' })).status).toBe(200);
  expect(director.registry.sequence).toBe(before + 1);
});

it('shares its identifier with no other, also when two come at once', async () => {
  const answers = await Promise.all([1, 2, 3].map(() => services('POST', '', { ...SERVICE, identifier: 'one' })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect(await bundles()).toBe(1);
});

it('is as it was where a part of its change is refused', async () => {
  const { id } = await services('POST', '', {
    ...SERVICE,
    documentation: { displayName: 'x', description: 'x', type: 'x', docs: [{ title: 't', type: 't', source: 's' }] },
  });
  const before = (await services('GET', `/${id}`)).body;
  const refused = { ...SERVICE, description: 'other', api: { targetUrl: 'https://other.example.com' }, events: { spec: '<xml/>' } };
  expect(await services('PUT', `/${id}`, refused)).toMatchObject({
    status: 400,
    error: expect.stringContaining('while updating Service: ') as string,
  });
  expect((await services('GET', `/${id}`)).body).toBe(before);
});

it('stays where its identifier cannot be forgotten', async () => {
  const { id } = await services('POST', '', SERVICE);
  await setLabel('no JSON');
  expect((await services('DELETE', `/${id}`)).status).toBe(409);
  expect(await bundles()).toBe(1);
});

it('notes identifiers as the reference writes them: by the id of the service, safe in pages', async () => {
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c', 'd']) ids.push((await services('POST', '', { ...SERVICE, name, identifier: `<${name}>` })).id!);
  const { a } = await ask<{ a: { labels: { legacy_servicesMetadata: string } } }>(`{ a: application(id: "${application}") { labels } }`);
  expect(Object.keys(JSON.parse(a.labels.legacy_servicesMetadata) as object)).toEqual(ids.toSorted());
  expect(a.labels.legacy_servicesMetadata).toContain(`{"id":"${ids[0]}","identifier":"\\u003ca\\u003e"}`);
});

it('is not looked at where the application names the tenant of another', async () => {
  const request = { method: 'GET', path: '/mp-shop/v1/metadata/services', query: '', headers: {}, body: '', requestId: 'r' };
  const { tenant: _, ...identity } = caller;
  const answer = await adapter.services(request, async () => ({
    identity,
    connector: { consumerType: 'Application' },
    foreignTenant: 'other',
  }));
  expect(answer).toMatchObject({
    status: 400,
    body: expect.stringContaining('graphql: Tenant not found [externalTenant=other]') as string,
  });
});

it('of a neighbour is told to be so', async () => {
  const another = { ...caller, consumer: { id: '7c1f2f8a-0b4e-4d7e-9c43-0d6d3b6f2a11', type: 'Application' } };
  const request = {
    method: 'POST',
    path: '/mp-shop/v1/metadata/services',
    query: '',
    headers: {},
    body: JSON.stringify(SERVICE),
    requestId: 'r',
  };
  const answer = await adapter.services(request, async () => ({ identity: another, connector: { consumerType: 'Application' } }));
  expect(answer).toMatchObject({ status: 403, body: expect.stringContaining('graphql: Unauthorized [reason=') as string });
});

it('is looked at once its application is known', async () => {
  for (const [method, path] of [
    ['POST', '/mp-nobody/v1/metadata/services'],
    ['PUT', '/mp-nobody/v1/metadata/services/x'],
  ] as const)
    expect(await answered(method, path, '{nope')).toMatchObject({
      status: 404,
      body: expect.stringContaining('mp-nobody not found') as string,
    });
});

it('has one address, by these methods alone', async () => {
  const unasked = (method: string, path: string) =>
    adapter.services({ method, path, query: '', headers: {}, body: '', requestId: 'r' }, () => expect.fail('nobody is asked who that is'));
  for (const [method, path] of [
    ['DELETE', ''],
    ['PUT', ''],
    ['POST', '/x'],
  ] as const)
    expect(await unasked(method, `/mp-shop/v1/metadata/services${path}`)).toMatchObject({ status: 405, body: '' });
  for (const path of ['services/', 'services/a/b', 'apis', ''])
    expect(await unasked('GET', `/mp-shop/v1/metadata/${path}`)).toMatchObject({ status: 404, body: '404 page not found\n' });
  expect(unasked('GET', '/mp-shop/v1/metadata')).toBeUndefined();
});

it('says of itself what its parts say, and shows no events without a specification', async () => {
  const { id } = await services('POST', '', { ...SERVICE, events: { spec: { asyncapi: '2.0.0' } } });
  type Parts = Record<'apiDefinitions' | 'eventDefinitions', { data: { id: string }[] }>;
  const { a } = await ask<{ a: { bundle: Parts } }>(
    `{ a: application(id: "${application}") { bundle(id: "${id}") { apiDefinitions { data { id } } eventDefinitions { data { id } } } } }`,
  );
  const told = async () => {
    const { description, events } = JSON.parse((await services('GET', `/${id}`)).body) as { description: string; events?: unknown };
    const [listed] = JSON.parse((await services('GET')).body) as { description: string }[];
    return [description, listed!.description, events];
  };
  await ask(
    `mutation { updateAPIDefinition(id: "${a.bundle.apiDefinitions.data[0]!.id}", in: { name: "a", description: "API", targetURL: "https://x.example.com" }) { id } }`,
  );
  expect(await told()).toEqual(['d', 'd', { spec: { asyncapi: '2.0.0' } }]);
  await ask(`mutation { deleteEventDefinition(id: "${a.bundle.eventDefinitions.data[0]!.id}") { id } }`);
  expect(await told()).toEqual(['API', 'API', undefined]);
  await ask(`mutation { addEventDefinitionToBundle(bundleID: "${id}", in: { name: "e", description: "events" }) { id } }`);
  expect(await told()).toEqual(['events', 'events', undefined]);
});
