import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { authorize, type OutboundError, type OutboundOptions, send } from '../../../../src/director/outbound/http.ts';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let handlers: Record<string, Handler>;
let heard: { path: string; method: string; headers: IncomingMessage['headers']; body: string }[];
let base: string;
const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  heard.push({ path: request.url!, method: request.method!, headers: request.headers, body });
  (handlers[request.url!.split('?')[0]!] ?? ((_, answer) => answer.writeHead(404).end()))(request, response);
});
const options: OutboundOptions = { privateAddresses: true, requestId: 'r1' };

beforeEach(async () => {
  handlers = {};
  heard = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const get = (path: string, more: Partial<OutboundOptions> = {}) => send({ method: 'GET', url: base + path }, { ...options, ...more });
const fault = (promise: Promise<unknown>) => promise.then(() => 'none').catch((error: unknown) => (error as OutboundError).fault);

describe('an outgoing call', () => {
  it('carries the id of the request', async () => {
    await get('/x');
    expect(heard[0]!.headers['x-request-id']).toBe('r1');
  });

  it('is not made to private addresses where they are not allowed, by number or by name', async () => {
    const port = new URL(base).port;
    expect(await fault(get('/x', { privateAddresses: false }))).toBe('address');
    expect(await fault(send({ method: 'GET', url: `http://localhost:${port}/x` }, { privateAddresses: false }))).toBe('address');
    expect(heard).toEqual([]);
  });

  it('ends with its time, also in the middle of an answer', async () => {
    handlers['/slow'] = (_, response) => void response.writeHead(200).write('a');
    expect(await fault(get('/slow', { timeout: 100 }))).toBe('timeout');
    server.closeAllConnections();
  });

  it('ends with its size', async () => {
    handlers['/long'] = (_, response) => void response.end('x'.repeat(1001));
    expect(await fault(get('/long', { maxBytes: 1000 }))).toBe('size');
    expect((await get('/long', { maxBytes: 1001 })).body.length).toBe(1001);
  });

  it('tells who refused it', async () => {
    await expect(send({ method: 'GET', url: 'http://127.0.0.1:9/spec' }, options)).rejects.toThrow(
      'dial tcp 127.0.0.1:9: connect: connection refused',
    );
    await expect(send({ method: 'GET', url: 'ftp://x.example.com/' }, options)).rejects.toThrow('unsupported protocol scheme "ftp"');
    await expect(send({ method: 'GET', url: '/nowhere' }, options)).rejects.toThrow('unsupported protocol scheme ""');
    await expect(send({ method: 'GET', url: 'http://x:99999' }, options)).rejects.toThrow('dial tcp: address 99999: invalid port');
  });
});

describe('redirects', () => {
  beforeEach(() => {
    handlers['/from'] = (_, response) => void response.writeHead(302, { location: '/to' }).end();
    handlers['/loop'] = (_, response) => void response.writeHead(307, { location: '/loop' }).end();
    handlers['/to'] = (_, response) => void response.end('there');
  });

  it('are answered as they are, unless some are allowed', async () => {
    expect((await get('/from')).status).toBe(302);
    expect((await get('/from', { maxRedirects: 1 })).body.toString()).toBe('there');
  });

  it('are counted', async () => {
    expect((await get('/loop', { maxRedirects: 3 })).status).toBe(307);
    expect(heard).toHaveLength(4);
  });

  it('take no credentials to another origin', async () => {
    handlers['/away'] = (_, response) => void response.writeHead(302, { location: base.replace('127.0.0.1', 'localhost') + '/to' }).end();
    const request = { method: 'GET', headers: { Authorization: 'Basic x', 'x-other': 'y' } };
    await send({ ...request, url: `${base}/away` }, { ...options, maxRedirects: 1 });
    await send({ ...request, url: `${base}/from` }, { ...options, maxRedirects: 1 });
    expect(heard.map(({ headers }) => [headers.authorization, headers['x-other']])).toEqual([
      ['Basic x', 'y'],
      [undefined, 'y'],
      ['Basic x', 'y'],
      ['Basic x', 'y'],
    ]);
  });
});

describe('credentials', () => {
  const oauth = () => ({ credential: { kind: 'oauth', clientId: 'shop client', clientSecret: 'se/cret', url: `${base}/token` } as const });
  const authorization = async () => (await authorize({ method: 'GET', url: base }, oauth(), options)).headers?.['authorization'];
  const answering = (status: number, body: string, type = 'application/json') => {
    handlers['/token'] = (_, response) => void response.writeHead(status, { 'content-type': type }).end(body);
  };

  it.each([
    ['{"access_token":"t","token_type":"bearer"}', 'application/json', 'Bearer t'],
    ['{"access_token":"t"}', 'application/json', 'Bearer t'],
    ['access_token=t&token_type=mac', 'application/x-www-form-urlencoded', 'MAC t'],
  ])('become a token by OAuth: %s', async (body, type, header) => {
    answering(200, body, type);
    expect(await authorization()).toBe(header);
    expect(heard).toHaveLength(1);
    expect(heard[0]!.headers.authorization).toBe(`Basic ${Buffer.from('shop+client:se%2Fcret').toString('base64')}`);
  });

  it.each([
    [401, '{"error":"invalid_client","error_description":"who?"}', 'oauth2: "invalid_client" "who?"'],
    [500, 'oops', 'oauth2: cannot fetch token: 500 Internal Server Error\nResponse: oops'],
    [200, '{}', 'oauth2: server response missing access_token'],
    [200, 'oops', 'oauth2: cannot parse json: '],
  ])('that are refused are tried in the form as well: %i %s', async (status, body, message) => {
    answering(status, body);
    await expect(authorization()).rejects.toThrow(message);
    expect(heard.map((request) => request.body)).toEqual([
      'grant_type=client_credentials',
      'client_id=shop+client&client_secret=se%2Fcret&grant_type=client_credentials',
    ]);
  });

  it('bring headers, query parameters and a CSRF token with its session', async () => {
    handlers['/csrf'] = (_, response) => void response.writeHead(200, { 'x-csrf-token': 'c', 'set-cookie': ['a=1; Path=/', 'b=2'] }).end();
    const request = await authorize(
      { method: 'POST', url: `${base}/hook?q=0`, headers: { 'content-type': 'application/json' } },
      {
        credential: { kind: 'basic', username: 'me', password: 'pa:ss' },
        additionalHeaders: { 'X-Key': ['k1', 'k2'] },
        additionalQueryParams: { q: ['1', '2'] },
        requestAuth: { csrf: { tokenEndpointURL: `${base}/csrf`, credential: { kind: 'basic', username: 'x', password: 'y' } } },
      },
      options,
    );
    expect(request).toEqual({
      method: 'POST',
      url: `${base}/hook?q=0&q=1&q=2`,
      headers: {
        'X-Key': ['k1', 'k2'],
        'x-csrf-token': 'c',
        cookie: 'a=1; b=2',
        authorization: `Basic ${Buffer.from('me:pa:ss').toString('base64')}`,
        'content-type': 'application/json',
      },
    });
    expect(heard[0]!.headers).toMatchObject({ 'x-csrf-token': 'fetch', authorization: `Basic ${Buffer.from('x:y').toString('base64')}` });
  });
});
