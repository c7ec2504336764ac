import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FetchedApplication } from '../../../src/agent/director.ts';
import { normalised } from '../../../src/agent/kubernetes.ts';
import { applyLandscape, fileNames } from '../../../src/agent/landscape.ts';
import { agentStatus, keepStatus } from '../../../src/agent/status.ts';
import { readToken } from '../../../src/agent/token.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'agent-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const application = (name: string, password?: string): FetchedApplication => ({
  id: `id of ${name}`,
  name,
  providerName: null,
  description: null,
  labels: {},
  auths: [{ id: 'auth' }],
  bundles: [
    {
      id: 'b',
      name: 'bundle',
      description: null,
      instanceAuthRequestInputSchema: null,
      apiDefinitions: { data: [], pageInfo: { hasNextPage: false } },
      eventDefinitions: { data: [], pageInfo: { hasNextPage: false } },
      defaultInstanceAuth:
        password === undefined
          ? null
          : {
              credential: { __typename: 'BasicCredentialData', username: 'u', password },
              additionalHeaders: null,
              additionalQueryParams: null,
              requestAuth: null,
            },
    },
  ],
});

describe('the folder of an agent', () => {
  it('holds what the Director says, credentials apart and for the owner alone', async () => {
    await applyLandscape(dir, [application('shop', 'secret'), application('crm')]);
    expect(readdirSync(join(dir, 'applications')).sort()).toEqual(['crm.json', 'shop.json']);
    expect(readFileSync(join(dir, 'applications', 'shop.json'), 'utf8')).not.toContain('secret');
    expect(readdirSync(join(dir, 'credentials'))).toEqual(['shop.json']);
    expect(statSync(join(dir, 'credentials', 'shop.json')).mode & 0o777).toBe(0o600);
  });

  it('loses what the Director no longer says, and nothing that is not its own', async () => {
    await applyLandscape(dir, [application('shop', 'secret'), application('crm', 'x')]);
    writeFileSync(join(dir, 'applications', 'README.txt'), 'mine');
    await applyLandscape(dir, [application('shop')]);
    expect(readdirSync(join(dir, 'applications')).sort()).toEqual(['README.txt', 'shop.json']);
    expect(readdirSync(join(dir, 'credentials'))).toEqual([]);
  });

  it('is not left by a name', () => {
    const names = [
      ...fileNames([
        { id: '1', name: '../../etc/passwd' },
        { id: '2', name: '..' },
        { id: '3', name: 'a/b' },
        { id: '4', name: 'a b' },
        { id: '5', name: 'A-B' },
        { id: '6', name: 'a-b' },
      ]).values(),
    ];
    expect(names.every((name) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*\.json$/.test(name))).toBe(true);
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('is worked in by one agent at a time', async () => {
    const other = process.ppid;
    writeFileSync(
      join(dir, 'status.json'),
      JSON.stringify({
        state: 'Synchronized',
        pid: other,
        startedAt: '',
        updatedAt: '',
        connection: {},
        synchronization: {},
        applications: [],
        problems: [],
      }),
    );
    await expect(keepStatus(dir, () => new Date())).rejects.toThrow(`process ${other}`);
    expect((await agentStatus(dir))?.running).toBe(true);
  });
});

describe('a one-time token', () => {
  it('is read plain, encoded and as JSON', () => {
    const raw = JSON.stringify({ token: 't==', connectorURL: 'http://c/graphql', used: false });
    expect(readToken(' t== \n')).toEqual({ token: 't==' });
    expect(readToken(Buffer.from(raw).toString('base64'))).toEqual({ token: 't==', connectorURL: 'http://c/graphql' });
    expect(readToken(raw)).toEqual({ token: 't==', connectorURL: 'http://c/graphql' });
  });
});

describe('manifests', () => {
  const shop: FetchedApplication = {
    ...application('mp-shop'),
    bundles: [
      {
        id: '6b1c0ef6-3a5f-4b1c-8a3e-000000000001',
        name: 'Orders & more!',
        description: null,
        instanceAuthRequestInputSchema: '{"type":"object"}',
        apiDefinitions: {
          data: [{ id: 'a1', name: '-Orders API-', description: null, targetURL: 'https://a.example.com', group: null, version: null }],
          pageInfo: { hasNextPage: false },
        } as never,
        eventDefinitions: {
          data: [{ id: 'e1', name: 'Order events', description: null, group: null, version: null }],
          pageInfo: { hasNextPage: false },
        } as never,
        defaultInstanceAuth: {
          credential: { __typename: 'OAuthCredentialData', clientId: 'c', clientSecret: 's3cret', url: 'https://t.example.com' },
          additionalHeaders: { h: ['v'] },
          additionalQueryParams: null,
          requestAuth: { csrf: { tokenEndpointURL: 'https://csrf.example.com' } },
        },
      },
    ],
  };
  const read = (...path: string[]) =>
    parseAllDocuments(readFileSync(join(dir, ...path), 'utf8')).map((one) => one.toJS() as Record<string, never>);

  it('are those that the reference writes into a cluster', async () => {
    await applyLandscape(dir, [shop], 'k8s');
    const credentials = {
      type: 'OAuth',
      secretName: 'mp-shop-6b1c0ef6-3a5f-4b1c-8a3e-000000000001',
      authenticationUrl: 'https://t.example.com',
      csrfInfo: { tokenEndpointURL: 'https://csrf.example.com' },
    };
    expect(read('applications', 'mp-shop.yaml')).toEqual([
      {
        apiVersion: 'applicationconnector.kyma-project.io/v1alpha1',
        kind: 'Application',
        metadata: { name: 'mp-shop', labels: { 'applicationconnector.kyma-project.io/managed-by': 'compass-runtime-agent' } },
        spec: {
          description: 'Description not provided',
          skipVerify: false,
          labels: { 'connected-app': 'mp-shop' },
          compassMetadata: { applicationId: 'id of mp-shop', authentication: { clientIds: ['auth'] } },
          services: [
            {
              id: '6b1c0ef6-3a5f-4b1c-8a3e-000000000001',
              name: 'orders-more-7d928',
              displayName: 'Orders & more!',
              description: 'Description not provided',
              identifier: '',
              authCreateParameterSchema: '{"type":"object"}',
              entries: [
                {
                  id: 'a1',
                  name: '-Orders API-',
                  type: 'API',
                  targetUrl: 'https://a.example.com',
                  centralGatewayUrl: 'http://central-application-gateway.kyma-system.svc.cluster.local:8082/mp-shop/orders-more/orders-api',
                  credentials,
                  requestParametersSecretName: 'params-mp-shop-6b1c0ef6-3a5f-4b1c-8a3e-000000000001',
                },
                { id: 'e1', name: 'Order events', type: 'Events' },
              ],
            },
          ],
        },
      },
    ]);
    const secrets = read('credentials', 'mp-shop.yaml');
    expect(secrets.map(({ stringData }) => stringData)).toEqual([{ clientId: 'c', clientSecret: 's3cret' }, { headers: '{"h":["v"]}' }]);
    expect(readFileSync(join(dir, 'applications', 'mp-shop.yaml'), 'utf8')).not.toContain('s3cret');
    expect(statSync(join(dir, 'credentials', 'mp-shop.yaml')).mode & 0o777).toBe(0o600);
  });

  it('have secrets whose names are no longer than a cluster takes', async () => {
    await applyLandscape(dir, [{ ...shop, name: `mp-${'x'.repeat(90)}` }], 'k8s');
    const [file] = readdirSync(join(dir, 'credentials'));
    for (const { metadata } of read('credentials', file!)) expect((metadata as unknown as { name: string }).name).toHaveLength(63);
  });

  it('take the place of files, and files theirs', async () => {
    for (const [format, extension] of [
      ['json', '.json'],
      ['k8s', '.yaml'],
      ['json', '.json'],
    ] as const) {
      await applyLandscape(dir, [shop], format);
      expect(readdirSync(join(dir, 'applications'))).toEqual([`mp-shop${extension}`]);
      expect(readdirSync(join(dir, 'credentials'))).toEqual([`mp-shop${extension}`]);
    }
  });

  it.each([
    ['Orders & more!', 'orders-more'],
    ['--a--b--', 'a-b'],
    ['x'.repeat(60), 'x'.repeat(57)],
    ['Ünïcode', 'n-code'],
    ['!!!', ''],
  ])('have %s in addresses as %s', (name, expected) => {
    expect(normalised(name)).toBe(expected);
  });
});
