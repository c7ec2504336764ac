/** What no recorded story shows: requests that do not fit, strangers, and what the Director answers. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Client } from '../../../src/client/client.ts';
import { GraphQLError } from '../../../src/client/errors.ts';
import { gardenerConfig, TENANT, worldOf, type World } from './support.ts';

let world: World;
afterEach(() => world?.provisioner.stop());

const PROVISION = 'mutation($config: ProvisionRuntimeInput!) { made: provisionRuntime(config: $config) { id } }';
const input = (part: object = {}, config: object = {}) => ({
  config: { runtimeInput: { name: 'r' }, clusterConfig: { gardenerConfig: gardenerConfig('c', config) }, ...part },
});
const messageOf = async (query: string, variables?: object) => {
  const { errors, status } = await world.ask(query, variables);
  return [status, errors?.[0]?.message];
};

describe('a request that does not fit', () => {
  it.each([
    [{ config: { clusterConfig: { gardenerConfig: gardenerConfig('c') } } }, 'input: variable.config.runtimeInput must be defined'],
    [input({ runtimeInput: { name: null } }), 'input: variable.config.runtimeInput.name cannot be null'],
    [input({}, { nodeCount: 3 }), 'input: variable.config.clusterConfig.gardenerConfig.nodeCount unknown field'],
    [input({}, { autoScalerMin: 'two' }), 'input: variable.config.clusterConfig.gardenerConfig.autoScalerMin cannot use string as Int'],
    [{}, 'input: variable.config must be defined'],
  ])('%# is told by its path', async (variables, message) => {
    world = worldOf();
    expect(await messageOf(PROVISION, variables)).toEqual([422, message]);
  });

  it('and one that is no GraphQL, by its line', async () => {
    world = worldOf();
    expect(await messageOf('query {\n runtimeStatus(id: "x") {')).toEqual([422, 'input:2: Expected Name, found <EOF>']);
    expect(await messageOf('{ runtimeStatus(id: "x") { colour } }')).toEqual([
      422,
      'input:1: Cannot query field "colour" on type "RuntimeStatus".',
    ]);
  });

  it.each([
    ['text', 'string'],
    [[1], '[]interface {}'],
    [true, 'bool'],
  ])('labels that are %j are told with the alias of the field', async (labels, kind) => {
    world = worldOf();
    expect(await messageOf(PROVISION, input({ runtimeInput: { name: 'r', labels } }))).toEqual([
      200,
      `input: made.config.runtimeInput.labels unexpected Labels type: ${kind}, should be map[string]interface{}`,
    ]);
  });

  it('a transport that is none is answered in plain text', async () => {
    world = worldOf();
    const answer = await world.provisioner.graphql({ method: 'PUT', path: '/graphql', query: '', headers: {}, body: '{}' });
    expect([answer.status, answer.headers?.['content-type']]).toEqual([400, 'text/plain; charset=utf-8']);
    expect(JSON.parse(answer.body)).toEqual({ errors: [{ message: 'transport not supported' }], data: null });
  });
});

describe('a cluster', () => {
  it('of Google needs a zone, once it is known who asks', async () => {
    world = worldOf();
    const empty = { providerSpecificConfig: { gcpConfig: { zones: [] } } };
    expect((await world.provision('c', { config: empty })).errors).toMatchObject([{ extensions: { error_code: 400 } }]);
    expect((await world.provision('c', { config: empty, tenant: '' })).errors?.[0]?.message).toBe('tenant header is empty');
    expect((await world.provision('c')).errors).toBeUndefined();
  });

  it('without disks of its own gets none by a change', async () => {
    world = worldOf({ stage: 0 });
    const { data } = await world.provision('c');
    const { runtimeID } = await world.ended(data!.result!.id);
    for (const change of [{ diskType: 'ssd' }, { volumeSizeGB: 50 }])
      expect((await world.upgrade(runtimeID, change)).errors?.[0]?.message).toContain('without diskType and volumeSizeGB');
    const with_ = await world.provision('d', { config: { diskType: 'hdd', volumeSizeGB: 20 } });
    const other = await world.ended(with_.data!.result!.id);
    expect((await world.upgrade(other.runtimeID, { diskType: 'ssd' })).errors).toBeUndefined();
  });
});

it('providers of domain names that are none are shown as none, however they were given', async () => {
  world = worldOf({ stage: 0 });
  for (const [name, providers] of [
    ['none', undefined],
    ['empty', []],
  ] as const) {
    const { data } = await world.provision(name, { config: { dnsConfig: { domain: 'd', providers } } });
    const { runtimeID: id } = await world.ended(data!.result!.id);
    const fields = '... on GardenerConfig { dnsConfig { domain providers { type } } }';
    const status = await world.ask(`{ result: runtimeStatus(id: "${id}") { runtimeConfiguration { clusterConfig { ${fields} } } } }`);
    expect(status.data).toEqual({ result: { runtimeConfiguration: { clusterConfig: { dnsConfig: { domain: 'd', providers: null } } } } });
  }
});

describe('a stranger', () => {
  it('finds nothing, changes nothing and takes nothing over', async () => {
    world = worldOf({ stage: 0 });
    const { data } = await world.provision('c');
    const { runtimeID: id, id: operation } = await world.ended(data!.result!.id);
    const asStranger = (query: string) => world.ask(query, {}, { tenant: 'stranger' });
    for (const query of [
      `{ runtimeStatus(id: "${id}") { lastOperationStatus { id } } }`,
      `mutation { deprovisionRuntime(id: "${id}") }`,
      `mutation { upgradeShoot(id: "${id}", config: { gardenerConfig: { machineType: "" } }) { id } }`,
    ])
      expect((await asStranger(query)).errors).toMatchObject([
        { message: `Cannot find Tenant for runtimeID:'${id}`, extensions: { error_code: 2, error_reason: 'err_db_not_found' } },
      ]);
    expect((await asStranger(`{ runtimeOperationStatus(id: "${operation}") { id } }`)).errors).toMatchObject([
      { message: `failed to get Runtime Operation Status, Operation not found for id: ${operation}` },
    ]);
    for (const path of [
      `/v1/runtimes/${id}`,
      `/v1/runtimes/${id}/operations`,
      `/v1/runtimes/${id}/log`,
      `/v1/operations/${operation}`,
      '/v1/runtimes/%E0%A4%A',
    ])
      expect(await world.provisioner.details({ method: 'GET', path, query: '', headers: { tenant: 'stranger' }, body: '' })).toMatchObject({
        status: 404,
      });
    // Whose operation it is would be told by the id of its runtime.
    const path = `/v1/operations/${operation}`;
    const unknown = await world.provisioner.details({ method: 'GET', path, query: '', headers: { tenant: 'stranger' }, body: '' });
    expect(unknown?.body).not.toContain(id);
    const list = await world.provisioner.details({
      method: 'GET',
      path: '/v1/runtimes',
      query: '',
      headers: { tenant: 'stranger' },
      body: '',
    });
    expect(list?.body).toBe('[]');
    expect((await world.deprovision(id)).errors).toBeUndefined();
  });
});

describe('what the Director answers', () => {
  const answering = (error: Error): Client => ({ request: () => Promise.reject(error) }) as Client;
  const refusal = (extensions: object | undefined) =>
    new GraphQLError(200, [{ message: 'no', ...(extensions ? { extensions: { ...extensions } } : {}) }], null);
  const CONTEXT =
    'Failed to register Runtime, Failed to register runtime in Director. Request failed, Failed to execute GraphQL request to Director, ';

  it.each([
    [{ error_code: 26, error: 'Unauthorized' }, 502, 'Unauthorized', 'no'],
    [{ error_code: 23, error: 'InsufficientScopes' }, 502, 'InsufficientScopes', 'no'],
    [{ error_code: 22, error: 'InvalidData' }, 400, 'InvalidData', 'no'],
    [{ error_code: 25, error: 'TenantNotFound' }, 400, 'TenantNotFound', 'no'],
    [{ error_code: 10, error: 'InternalError' }, 500, 'InternalError', 'no'],
    [undefined, 500, 'err_provisioner_internal', 'Failed to read the error code from the error response. Original error: no'],
    [{ error_code: 99 }, 500, 'err_provisioner_internal', 'Did not recognize the error code from the error response. Original error: no'],
  ])('%j becomes the code %i', async (extensions, code, reason, words) => {
    world = worldOf({ profile: 'agent', director: () => answering(refusal(extensions)) });
    const { errors } = await world.provision('c');
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining(CONTEXT) as string,
        extensions: { error_code: code, error_reason: reason, error_component: 'compass director' },
      },
    ]);
    expect(errors?.[0]?.message.endsWith(words)).toBe(true);
    expect(
      (await world.provisioner.details({ method: 'GET', path: '/v1/runtimes', query: '', headers: { tenant: TENANT }, body: '' }))?.body,
    ).toBe('[]');
  });
});

describe('an agent', () => {
  it('is reconnected for its owner alone, and nobody is told who that is', async () => {
    world = worldOf({ stage: 0 });
    const { data } = await world.provision('c');
    const { runtimeID: id } = await world.ended(data!.result!.id);
    for (const headers of [{ tenant: TENANT }, { tenant: 'stranger' }, {}] as Record<string, string>[])
      expect((await world.ask(`mutation { reconnectRuntimeAgent(id: "${id}") }`, {}, headers)).data).toEqual({ reconnectRuntimeAgent: '' });
  });
});

it('two operations of a runtime never run at once, however they are asked for', async () => {
  world = worldOf({ stage: 50 });
  const { data } = await world.provision('c');
  const { runtimeID: id } = await world.ended(data!.result!.id);
  const answers = await Promise.all([
    world.upgrade(id, { machineType: 'a' }),
    world.deprovision(id),
    world.upgrade(id, { machineType: 'b' }),
    world.deprovision(id),
  ]);
  expect(answers.filter(({ errors }) => errors === undefined)).toHaveLength(1);
  for (const { errors } of answers.filter((one) => one.errors !== undefined))
    expect(errors?.[0]).toMatchObject({
      message: `cannot start new operation for ${id} Runtime while previous one is in progress`,
      extensions: { error_code: 400 },
    });
});
