/** One long session as an integrator has it, against a real plane. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

let home: Home;
let plane: Serving;
beforeAll(async () => {
  home = newHome();
  plane = await home.serve();
});
afterAll(async () => {
  await plane.stop();
  home.remove();
});

const exit = async (...argv: string[]) => (await home.compass(argv)).exit;

describe.sequential('an application', () => {
  test('is registered with labels', async () => {
    const shop = await home.json('app', 'register', '--name', 'shop', '--label', 'applicationType=SAP Commerce Cloud', '--label', 'tier=2');
    expect(shop).toMatchObject({
      name: 'shop',
      status: { condition: 'INITIAL' },
      labels: { tier: 2, applicationType: 'SAP Commerce Cloud' },
    });
  });

  test('a second of the name is a conflict', async () => {
    expect(await exit('app', 'register', '--name', 'shop')).toBe(5);
  });

  test('is found by label and by name', async () => {
    expect(await home.json('app', 'list', '--label', 'tier=2')).toHaveLength(1);
    expect(await home.json('app', 'list', '--label', 'tier=3')).toHaveLength(0);
    expect(await home.json('app', 'get', 'shop')).toMatchObject({ name: 'shop' });
    expect(await exit('app', 'get', 'shoq')).toBe(3);
  });

  test('keeps what an update does not name', async () => {
    await home.json('app', 'update', 'shop', '--description', 'sells');
    expect(await home.json('app', 'update', 'shop', '--provider-name', 'ACME')).toMatchObject({
      description: 'sells',
      providerName: 'ACME',
    });
  });

  test('has labels set and deleted', async () => {
    expect(await home.json('app', 'label', 'set', 'shop', 'tags', '["a"]')).toEqual({ key: 'tags', value: ['a'] });
    await home.json('app', 'label', 'delete', 'shop', 'tags');
    expect(await exit('app', 'label', 'delete', 'shop', 'tags')).toBe(3);
  });

  test('gets a bundle with an API, whose specification comes back as it was', async () => {
    const spec = join(home.path, 'orders.yaml');
    writeFileSync(spec, 'openapi: 3.0.0\ninfo: {title: orders}\n');
    await home.json('bundle', 'add', '--app', 'shop', '--name', 'orders');
    const api = await home.json(
      'api',
      'add',
      '--app',
      'shop',
      '--bundle',
      'orders',
      '--name',
      'orders-api',
      '--target-url',
      'https://shop.example.com/orders',
      '--spec',
      spec,
    );
    expect(api).toMatchObject({ name: 'orders-api', spec: { type: 'OPEN_API', format: 'YAML' } });
    expect((await home.compass(['api', 'spec', 'orders-api', '--app', 'shop'])).stdout).toBe('openapi: 3.0.0\ninfo: {title: orders}\n');
    expect(await exit('api', 'add', '--bundle', 'orders', '--name', 'x', '--target-url', 'https://x.example.com')).toBe(2);
  });
});

describe.sequential('a formation', () => {
  test('brings an application and a runtime together', async () => {
    expect(await home.json('runtime', 'provision', '--name', 'prod')).toMatchObject({ state: 'Succeeded' });
    await home.json('formation', 'create', '--name', 'orders');
    await home.json('formation', 'assign', 'orders', '--app', 'shop');
    await home.json('formation', 'assign', 'orders', '--runtime', 'prod');
    expect(await home.json('runtime', 'applications', 'prod')).toMatchObject([{ name: 'mp-shop' }]);
    expect(await exit('wait', 'formation', 'orders', '--timeout', '10s')).toBe(0);
  });

  test('holds its members: they can not be unregistered', async () => {
    expect(await exit('app', 'unregister', 'shop', '--yes')).toBe(5);
  });

  test('one participant is named, not two', async () => {
    expect(await exit('formation', 'assign', 'orders')).toBe(2);
    expect(await exit('formation', 'assign', 'orders', '--app', 'shop', '--runtime', 'prod')).toBe(2);
  });
});

describe.sequential('an agent', () => {
  test('pairs through the Connector, and fetches what its formation has', async () => {
    const dir = join(home.path, 'agent');
    const status = await home.json('agent', 'run', '--runtime', 'prod', '--dir', dir, '--once');
    expect(status).toMatchObject({ state: 'Synchronized', applications: [expect.stringContaining('shop') as string] });
    expect(await home.json('wait', 'runtime', 'prod')).toMatchObject({ state: 'CONNECTED' });
    expect(await home.json('agent', 'status', '--dir', dir)).toMatchObject({ running: false });
  });

  test('a token works once', async () => {
    const { token, connectorURL } = (await home.json('runtime', 'token', 'prod')) as { token: string; connectorURL: string };
    const run = (dir: string) =>
      exit('agent', 'run', '--dir', join(home.path, dir), '--pairing-token', token, '--connector-url', connectorURL, '--once');
    expect(await run('first')).toBe(0);
    expect(await run('second')).toBe(4);
  });
});

test('tenants are apart', async () => {
  const { id } = (await home.json('tenant', 'create', '--name', 'acme')) as { id: string };
  expect(await home.json('app', 'list', '--tenant', id)).toEqual([]);
  expect(await exit('app', 'get', 'shop', '--tenant', id)).toBe(3);
  expect(await exit('app', 'list', '--tenant', 'nobody')).toBe(3);
});

test('a token that is none opens nothing: 4', async () => {
  expect(await exit('app', 'list', '--token', 'nonsense')).toBe(4);
});

test('documents of one’s own', async () => {
  const { stdout } = await home.compass([
    'graphql',
    'query($n: String!) { applications(filter: [{ key: "tier" }]) { data { name } } labelDefinition(key: $n) { key } }',
    '--field',
    'n=scenarios',
    '--jq',
    '.applications.data[].name',
  ]);
  expect(stdout).toBe('shop\n');
});

test('all is taken down again', async () => {
  await home.json('formation', 'unassign', 'orders', '--app', 'shop');
  await home.json('formation', 'unassign', 'orders', '--runtime', 'prod');
  await home.json('formation', 'delete', 'orders', '--yes');
  await home.json('runtime', 'unregister', 'prod', '--yes');
  await home.json('app', 'unregister', 'shop', '--yes');
  expect([await home.json('app', 'list'), await home.json('runtime', 'list'), await home.json('formation', 'list')]).toEqual([[], [], []]);
});
