import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEventStreams, type EventStreams, type SourceEvent } from '../../../src/gateway/event-stream.ts';
import type { Identified } from '../../../src/gateway/gateway.ts';
import type { Identity } from '../../../src/identity/identity.ts';

const CALLER: Identity = {
  tenant: { id: 'here', externalId: 'HERE' },
  consumer: { id: 'a', type: 'Static User' },
  flow: 'JWT',
  scopes: ['formation:read'],
};

let identified: Identified;
let tell: (event: SourceEvent) => void;
let followed: string[];
let following: number;
let server: http.Server;
let streams: EventStreams;
const requests: http.ClientRequest[] = [];

beforeEach(async () => {
  identified = { caller: CALLER };
  followed = [];
  following = 0;
  const listeners = new Set<(event: SourceEvent) => void>();
  tell = (event) => listeners.forEach((listener) => listener(event));
  streams = createEventStreams({
    source: {
      position: async () => '7.end',
      async follow(after, listener, onGap) {
        followed.push(after);
        if (after === 'old') onGap();
        listeners.add(listener);
        following++;
        return () => {
          following--;
          listeners.delete(listener);
        };
      },
    },
    identify: () => identified,
    hosts: new Set(['127.0.0.1']),
    heartbeat: 30,
    backlog: 200_000,
    streams: 2,
  });
  server = http.createServer((request, response) => void (streams.stream(request, response) || response.writeHead(404).end()));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});
afterEach(() => {
  streams.close();
  requests.splice(0).forEach((request) => request.destroy());
  server.closeAllConnections();
  server.close();
});

interface Opened {
  readonly status: number;
  readonly response: http.IncomingMessage;
  text(): string;
  until(part: string): Promise<void>;
  readonly ended: Promise<unknown>;
}

function open(path = '/events', headers: Record<string, string> = {}, method = 'GET'): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const request = http.request({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', path, headers, method }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('error', () => undefined);
      const until = async (part: string) => {
        const deadline = Date.now() + 2000;
        while (!text.includes(part)) {
          if (Date.now() > deadline) throw new Error(`${part} did not come: ${text}`);
          await new Promise((done) => setTimeout(done, 5));
        }
      };
      const ended = new Promise((done) => response.on('close', done));
      resolve({ status: response.statusCode!, response, text: () => text, until, ended });
    });
    request.on('error', reject);
    request.end();
    requests.push(request);
  });
}

const event = (id: string, tenant = 'here', type = 'assignment', data = {}): SourceEvent => ({ id, type, tenant, data: { id, ...data } });

describe('a stream', () => {
  it('tells what happens in the tenant of the caller alone', async () => {
    const stream = await open();
    await stream.until('event: open');
    tell(event('8.0', 'elsewhere'));
    tell(event('8.1'));
    await stream.until('8.1');
    expect(stream.text()).toContain('id: 7.end\nevent: open\n');
    expect(stream.text()).toContain('id: 8.1\nevent: assignment\ndata: {"id":"8.1"}\n\n');
    expect(stream.text()).not.toContain('8.0');
  });

  it('tells the types that are asked for', async () => {
    const stream = await open('/events?types=formation,nothing');
    await stream.until('event: open');
    tell(event('8.0'));
    tell(event('8.1', 'here', 'formation'));
    await stream.until('8.1');
    expect(stream.text()).not.toContain('8.0');
  });

  it('goes on where the client was', async () => {
    const stream = await open('/events', { 'last-event-id': '3.1' });
    await stream.until('event: open');
    expect(stream.text()).not.toContain('id: 3.1');
    await (await open('/events?after=old')).until('event: gap');
    expect(followed).toEqual(['3.1', 'old']);
  });

  it('lives on, until the credential does not', async () => {
    const stream = await open();
    await stream.until(': alive');
    identified = { denied: { status: 401, body: '' } };
    await stream.ended;
    expect(following).toBe(0);
  });

  it('ends when the tenant of the credential becomes another', async () => {
    const stream = await open();
    await stream.until('event: open');
    identified = { caller: { ...CALLER, tenant: { id: 'elsewhere', externalId: 'E' } } };
    await stream.ended;
  });

  it('is cut where the reader is too slow, and holds up nobody else', async () => {
    const slow = await open();
    await slow.until('event: open');
    slow.response.pause();
    const quick = await open();
    await quick.until('event: open');
    const isCut = () => following < 2;
    for (let number = 0; number < 20_000 && !isCut(); number++) {
      tell(event(`9.${number}`, 'here', 'assignment', { text: 'x'.repeat(2000) }));
      if (number % 20 === 0) await new Promise((done) => setImmediate(done));
    }
    expect(following).toBe(1);
    tell(event('10.0'));
    await quick.until('id: 10.0');
  });

  it('ends with its client, and with the plane', async () => {
    const one = await open();
    await one.until('event: open');
    one.response.destroy();
    const two = await open();
    await two.until('event: open');
    streams.close();
    await two.ended;
    await new Promise((done) => setTimeout(done, 10));
    expect(following).toBe(0);
  });
});

describe('no stream is opened', () => {
  it.each<[string, number, () => Promise<Opened>]>([
    ['for other methods', 405, () => open('/events', {}, 'POST')],
    ['for pages of other sites', 403, () => open('/events', { origin: 'https://evil.example' })],
    ['under another name', 403, () => open('/events', { host: 'evil.example' })],
    ['on other paths', 404, () => open('/events/more')],
  ])('%s', async (_, status, attempt) => {
    expect((await attempt()).status).toBe(status);
    expect(following).toBe(0);
  });

  it.each<[string, number, Identified]>([
    ['without a credential', 401, { denied: { status: 401, body: 'no' } }],
    ['without the scope', 403, { caller: { ...CALLER, scopes: ['application:read'] } }],
    ['without a tenant', 400, { caller: { ...CALLER, tenant: undefined } as never }],
  ])('%s', async (_, status, outcome) => {
    identified = outcome;
    expect((await open()).status).toBe(status);
  });

  it('where too many are open', async () => {
    await open();
    await open();
    expect((await open()).status).toBe(503);
  });
});
