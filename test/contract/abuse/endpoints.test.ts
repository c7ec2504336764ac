/**
 * Whatever strangers throw at any endpoint: the plane answers, never by 5xx, never with a word about its inside, and goes on.
 * One plane for all of it, with a trusted issuer.
 */
import { createHmac, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_OPTIONS } from '../../../src/local/options.ts';
import { type Plane, startPlane } from '../../../src/local/plane.ts';

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const SETTINGS = { numRuns: 60, endOnFailure: true };

let dir: string;
let plane: Plane;
const reports: string[] = [];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'compass-abuse-'));
  const jwks = join(dir, 'jwks.json');
  writeFileSync(jwks, JSON.stringify({ keys: [{ ...ec.publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'ES256', use: 'sig' }] }));
  plane = await startPlane({
    ...DEFAULT_OPTIONS,
    version: '0.0.0-test',
    dataDir: dir,
    trustedJwks: jwks,
    report: (message, details) => reports.push(`${message} ${JSON.stringify(details)}`),
  });
});
afterAll(async () => {
  await plane.close();
  rmSync(dir, { recursive: true, force: true });
});

interface Thrown {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Undefined where the connection was closed without an answer. */
function send({ method, path, headers, body }: Thrown): Promise<Answer | undefined> {
  const { port } = new URL(plane.ready.gateway);
  return new Promise((resolve) => {
    const request = http.request(
      { host: '127.0.0.1', port, method, path, headers: { ...headers, connection: 'close' }, timeout: 5_000 },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => resolve({ status: response.statusCode!, text: Buffer.concat(chunks).toString() }));
      },
    );
    request.on('error', () => resolve(undefined));
    request.on('timeout', () => {
      resolve({ status: 599, text: 'no answer' });
      request.destroy();
    });
    request.end(body);
  });
}

/** Traces, paths of our files, and what runs inside. */
const INSIDE = /\bat [\w.<>]+ \(|\/src\/|node_modules|\.ts:\d|\.cjs:\d|TypeError|RangeError|undefined is not|cannot read prop/i;

async function survives(thrown: Thrown): Promise<Answer | undefined> {
  const answer = await send(thrown);
  const what = `${thrown.method} ${thrown.path} ${JSON.stringify(thrown.headers).slice(0, 300)} ${String(thrown.body ?? '').slice(0, 300)}`;
  if (answer) {
    expect(answer.status, `${what}\n${answer.text.slice(0, 500)}\n${reports.at(-1)}`).toBeLessThan(500);
    expect(answer.text, what).not.toMatch(INSIDE);
  }
  return answer;
}

const admin = () => ({ authorization: `Bearer ${plane.ready.token}`, tenant: plane.ready.tenant });
const JSON_TYPE = { 'content-type': 'application/json' };

const GRAPHQL = ['/director/graphql', '/connector/graphql', '/provisioner/graphql'];
const PATHS = [
  ...GRAPHQL,
  '/director/',
  '/director/healthz',
  '/director/v1/info',
  '/director/last_operation/application/x',
  '/director/v1/businessIntegrations/x/assignments/y/status',
  '/director/v1/businessIntegrations/x/status',
  '/oauth2/token',
  '/.well-known/jwks.json',
  '/healthz',
  '/events',
  '/v1/applications/signingRequests/info',
  '/v1/applications/certificates',
  '/v1/applications/management/info',
  '/provisioner/clusters/%zz/version',
  '/provisioner/v1/x',
  '/shop/v1/metadata/services',
];

const anyPath = fc.oneof(
  fc.constantFrom(...PATHS),
  fc.tuple(fc.constantFrom(...PATHS), fc.webPath(), fc.webQueryParameters()).map(([base, more, query]) => `${base}${more}?${query}`),
  fc.constantFrom(
    '//',
    '/../../etc/passwd',
    '/%00',
    '/%2e%2e/%2e%2e/',
    '/director/%zz',
    '/?token=%E0%A4%A',
    '/v1/%ff',
    '/v1/applications/certificates?token=%',
    '*',
  ),
);
const anyMethod = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND');
const headerText = fc.string({ maxLength: 200 }).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?'));
const anyHeaders = fc
  .dictionary(
    fc.constantFrom(
      'authorization',
      'tenant',
      'connector-token',
      'content-type',
      'x-request-id',
      'origin',
      'client-id-from-token',
      'certificate-data',
      'client-certificate-hash',
      'user_context',
      'scenario_groups',
      'suggest_token',
      'accept',
      'if-none-match',
      'x-forwarded-for',
      'last-event-id',
      'sub-account',
    ),
    fc.oneof(
      headerText,
      fc.constantFrom(
        'Bearer',
        'Bearer ',
        'Basic Og==',
        'Basic %%%',
        'null',
        '{}',
        '[]',
        '\\',
        '"',
        '0',
        '-1',
        JSON_TYPE['content-type'],
        'application/x-www-form-urlencoded',
      ),
    ),
    { maxKeys: 5 },
  )
  .filter((headers) => headers['x-request-id'] === undefined || headers['x-request-id'].trim() === headers['x-request-id']);

describe('any endpoint', () => {
  it('answers any method, path and headers', () =>
    fc.assert(
      fc.asyncProperty(
        anyMethod,
        anyPath,
        anyHeaders,
        fc.option(fc.string({ maxLength: 300 }), { nil: undefined }),
        async (method, path, headers, body) => {
          await survives({ method, path, headers, ...(body === undefined || method === 'TRACE' ? {} : { body }) });
        },
      ),
      { ...SETTINGS, numRuns: 150 },
    ));

  it('answers bytes that are no text', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...PATHS), fc.uint8Array({ maxLength: 500 }), async (path, bytes) => {
        await survives({ method: 'POST', path, headers: { ...JSON_TYPE, ...admin() }, body: Buffer.from(bytes) });
      }),
      SETTINGS,
    ));

  it.each(PATHS)('refuses a body over the limit: %s', async (path) => {
    const answer = await survives({
      method: 'POST',
      path,
      headers: { ...JSON_TYPE, ...admin(), 'content-length': '6000000' },
      body: Buffer.alloc(6_000_000, 0x20),
    });
    if (answer) expect([405, 413]).toContain(answer.status);
  });

  it.each([
    'GARBAGE\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    `GET /${'x'.repeat(100_000)} HTTP/1.1\r\n\r\n`,
    'POST /director/graphql HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
    'POST / HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  ])('survives what is no HTTP: %j', async (bytes) => {
    const { port } = new URL(plane.ready.gateway);
    const text = await new Promise<string>((resolve) => {
      let received = '';
      const socket = net.connect(Number(port), '127.0.0.1', () => socket.end(bytes));
      socket.on('data', (chunk) => (received += String(chunk)));
      socket.on('close', () => resolve(received));
      socket.on('error', () => resolve(received));
    });
    expect(text).toMatch(/^$|^HTTP\/1\.1 4\d\d /);
    expect((await send({ method: 'GET', path: '/director/livez', headers: {} }))?.status).toBe(200);
  });
});

describe('GraphQL', () => {
  const oddJson = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc
      .record(
        { query: fc.jsonValue(), variables: fc.jsonValue(), operationName: fc.jsonValue(), extensions: fc.jsonValue() },
        { requiredKeys: [] },
      )
      .map((value) => JSON.stringify(value)),
    fc.string().map((text) => `{"query": ${text}`),
    fc.constantFrom(
      '',
      '[]',
      'null',
      '{"query":',
      '{"query":"{","variables":[]}',
      '{"__proto__":{"query":"{viewer{id}}"}}',
      `{"query":"{ viewer { id } }","variables":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      '[{"query":"{viewer{id}}"},{"query":"{viewer{id}}"}]',
    ),
  );
  it('refuses bodies that are none', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...GRAPHQL), oddJson, async (path, body) => {
        await survives({ method: 'POST', path, headers: { ...JSON_TYPE, ...admin() }, body });
      }),
      { ...SETTINGS, numRuns: 200 },
    ));

  const token = fc.constantFrom(
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    '!',
    '$a',
    ':',
    '=',
    '@skip(if: true)',
    '@include(if: $a)',
    '...',
    'on',
    'query',
    'mutation',
    'subscription',
    'fragment',
    'a',
    'id',
    'viewer { id }',
    'applications(first: 1) { data { id name labels } }',
    'runtimes',
    '__schema { types { name } }',
    '__typename',
    '"x"',
    '"""x"""',
    '1',
    '-1',
    '1e999',
    'null',
    'true',
    '[',
    '{a: 1}',
    'in:',
    'first: -1',
    'after: "x"',
    '#',
    '\\u0000',
    '\uFEFF',
    '😀',
    'registerApplication(in: {name: "x"}) { id }',
    'setRuntimeLabel(runtimeID: "x", key: "", value: {}) { key }',
    'writeTenants(in: [])',
    'addWebhook(in: {type: "x"}) { id }',
  );
  it('refuses documents that are none', () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom(...GRAPHQL), fc.array(token, { maxLength: 30 }), fc.boolean(), async (path, tokens, mutates) => {
        const query = `${mutates ? 'mutation ' : ''}{ ${tokens.join(' ')} }`;
        await survives({
          method: 'POST',
          path,
          headers: { ...JSON_TYPE, ...admin() },
          body: JSON.stringify({ query, variables: { a: true } }),
        });
        await survives({
          method: 'GET',
          path: `${path}?query=${encodeURIComponent(query)}&variables=${encodeURIComponent(tokens.join(''))}`,
          headers: admin(),
        });
      }),
      { ...SETTINGS, numRuns: 150 },
    ));

  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  it.each([100, 5_000, 200_000])('bears values that are %i levels deep', async (levels) => {
    const query = 'mutation($in: RuntimeRegisterInput!) { registerRuntime(in: $in) { id labels } }';
    await survives({
      method: 'POST',
      path: '/director/graphql',
      headers: { ...JSON_TYPE, ...admin() },
      body: `{"query":${JSON.stringify(query)},"variables":{"in":{"name":"deep","labels":{"x":${deep(levels)}}}}}`,
    });
    await survives({
      method: 'POST',
      path: '/director/graphql',
      headers: { ...JSON_TYPE, ...admin() },
      body: JSON.stringify({ query: '{ runtimes { data { id labels } } }' }),
    });
    const inverse = `{"query":"query($f: [LabelFilter!]) { runtimes(filter: $f) { totalCount } }","variables":{"f":${'['.repeat(levels)}${']'.repeat(levels)}}}`;
    await survives({ method: 'POST', path: '/director/graphql', headers: { ...JSON_TYPE, ...admin() }, body: inverse });
    const filter = `{"query":"query($q: String) { runtimes(filter: [{key: \\"x\\", query: $q}]) { totalCount } }","variables":{"q":${JSON.stringify(deep(levels))}}}`;
    await survives({ method: 'POST', path: '/director/graphql', headers: { ...JSON_TYPE, ...admin() }, body: filter });
  });
});

describe('tokens', () => {
  const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
  const signed = (header: unknown, claims: unknown, key = ec.privateKey) => {
    const head = `${encode(header)}.${encode(claims)}`;
    return `${head}.${sign('sha256', Buffer.from(head), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  };
  const now = Math.floor(Date.now() / 1000);
  const HEADER = { alg: 'ES256', kid: 'k' };
  const CLAIMS = { scopes: 'application:read', consumerID: 'x', consumerType: 'Static User', exp: now + 60 };
  const head = `${encode({ alg: 'HS256', kid: 'k' })}.${encode(CLAIMS)}`;
  const confused = `${head}.${createHmac('sha256', ec.publicKey.export({ format: 'pem', type: 'spki' }))
    .update(head)
    .digest('base64url')}`;

  it.each([
    ['none', `${encode({ alg: 'none' })}.${encode(CLAIMS)}.`],
    ['None', `${encode({ alg: 'None' })}.${encode(CLAIMS)}.`],
    ['none with the kid of a key', `${encode({ alg: 'none', kid: 'k' })}.${encode(CLAIMS)}.`],
    ['the public key as a secret', confused],
    ['another key', signed(HEADER, CLAIMS, other.privateKey)],
    ['another algorithm', signed({ ...HEADER, alg: 'RS256' }, CLAIMS)],
    ['another curve', signed({ ...HEADER, alg: 'ES384' }, CLAIMS)],
    ['a key in the header', signed({ ...HEADER, kid: 'mine', jwk: other.publicKey.export({ format: 'jwk' }) }, CLAIMS, other.privateKey)],
    ['an address of keys', signed({ ...HEADER, kid: 'mine', jku: 'http://127.0.0.1:1/jwks' }, CLAIMS, other.privateKey)],
    ['a path as kid', signed({ ...HEADER, kid: '../../dev/null' }, CLAIMS, other.privateKey)],
    ['the kid of an object', signed({ ...HEADER, kid: '__proto__' }, CLAIMS)],
    ['no signature', signed(HEADER, CLAIMS).replace(/\.[^.]*$/, '.')],
    ['half a signature', signed(HEADER, CLAIMS).slice(0, -20)],
    ['zeros as signature', signed(HEADER, CLAIMS).replace(/\.[^.]*$/, `.${Buffer.alloc(64).toString('base64url')}`)],
    ['changed claims', signed(HEADER, CLAIMS).replace(/\.[^.]*\./, `.${encode({ ...CLAIMS, scopes: 'tenant:write' })}.`)],
    ['expired', signed(HEADER, { ...CLAIMS, exp: now - 1 })],
    ['expired long ago', signed(HEADER, { ...CLAIMS, exp: 1 })],
    ['not yet', signed(HEADER, { ...CLAIMS, nbf: now + 3600 })],
    ['from the future', signed(HEADER, { ...CLAIMS, iat: now + 3600 })],
    ['times that are none', signed(HEADER, { ...CLAIMS, exp: 'tomorrow' })],
    ['an endless time', `${encode(HEADER)}.${encode('{"exp":1e999}')}.x`],
    ['claims that are a list', signed(HEADER, [])],
    ['claims that are no JSON', signed(HEADER, '{')],
    ['a header that is no JSON', signed('{', CLAIMS)],
    ['two parts', 'a.b'],
    ['four parts', 'a.b.c.d'],
    ['characters that are none', 'ä.ö.ü'.normalize('NFD').replaceAll(/[^\x20-\x7e]/g, '?')],
    ['a long one', signed(HEADER, { ...CLAIMS, more: 'x'.repeat(9_000) }, other.privateKey)],
  ])('are refused everywhere: %s', async (_, token) => {
    for (const path of [
      '/director/graphql',
      '/provisioner/graphql',
      '/director/last_operation/application/x',
      '/director/v1/businessIntegrations/x/status',
    ])
      expect(
        (
          await survives({
            method: 'POST',
            path,
            headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
            body: '{"query":"{ viewer { id } }"}',
          })
        )?.status,
      ).toBe(401);
  });

  it.each([20_000, 2_000_000])('of %i bytes are refused', async (size) => {
    const token = signed(HEADER, { ...CLAIMS, more: randomBytes(size).toString('hex') });
    const answer = await survives({
      method: 'POST',
      path: '/director/graphql',
      headers: { ...JSON_TYPE, authorization: `Bearer ${token}` },
      body: '{}',
    });
    if (answer) expect(answer.status).toBe(431);
  });

  it('with any claims open no more than they say', () =>
    fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom(
            'scopes',
            'tenant',
            'consumerID',
            'consumerType',
            'flow',
            'onBehalfOf',
            'region',
            'tokenClientID',
            'exp',
            'nbf',
            'iat',
            'aud',
            'client_id',
            'sub',
            '__proto__',
          ),
          fc.oneof(
            fc.jsonValue(),
            fc.constantFrom(
              'Runtime',
              'Application',
              'Integration System',
              '{"externalTenant":"x"}',
              '{"consumerTenant":"x"}',
              '{"consumerTenant":{}}',
              '[1]',
              'null',
              'viewer',
            ),
          ),
        ),
        async (claims) => {
          const answer = await survives({
            method: 'POST',
            path: '/director/graphql',
            headers: { ...JSON_TYPE, authorization: `Bearer ${signed(HEADER, claims)}` },
            body: JSON.stringify({ query: '{ tenants { totalCount } }' }),
          });
          if (answer?.status === 200) expect(answer.text).toContain('insufficient scopes provided');
        },
      ),
      { ...SETTINGS, numRuns: 200 },
    ));
});

describe('the token endpoint', () => {
  const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
  it('answers anything by RFC 6749', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webQueryParameters(),
          fc.string(),
          fc.constantFrom(
            'grant_type=client_credentials',
            'client_id=%zz&client_secret=%',
            'grant_type=a&grant_type=b',
            `scope=${'x '.repeat(5_000)}`,
          ),
        ),
        fc.option(
          fc.constantFrom('Basic', 'Basic Og==', 'Basic YTpi', 'Basic !!!', 'Bearer x', `Basic ${Buffer.from('%zz:%').toString('base64')}`),
          { nil: undefined },
        ),
        async (body, authorization) => {
          const answer = await survives({
            method: 'POST',
            path: '/oauth2/token',
            headers: { ...FORM, ...(authorization === undefined ? {} : { authorization }) },
            body,
          });
          expect([400, 401, 413, 429]).toContain(answer?.status);
          expect(JSON.parse(answer!.text)).toMatchObject({ error: expect.any(String), error_description: expect.any(String) });
        },
      ),
      SETTINGS,
    ));
});

it('the plane stands, and reported no failure of its own', async () => {
  const answer = await send({
    method: 'POST',
    path: '/director/graphql',
    headers: { ...JSON_TYPE, ...admin() },
    body: JSON.stringify({ query: '{ viewer { id } }' }),
  });
  expect(answer).toMatchObject({ status: 200, text: '{"data":{"viewer":{"id":"admin"}}}' });
  expect(reports.filter((report) => report.startsWith('a request failed'))).toEqual([]);
});
