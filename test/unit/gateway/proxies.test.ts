/** Proxies before the Gateway, and a Director behind it: what is believed of whom. */
import http from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { presentedCertificate } from '../../../src/gateway/client-certificate.ts';
import { createClients } from '../../../src/gateway/clients.ts';
import { directorProxy } from '../../../src/gateway/director-proxy.ts';
import { clientAddress } from '../../../src/gateway/forwarded.ts';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { drain, type Incoming, listen, requestListener } from '../../../src/gateway/listener.ts';
import { addressList, readCertificateData, writeCertificateData } from '../../../src/gateway/proxied-certificate.ts';
import { DEFAULT_EXTERNAL_ISSUER } from '../../../src/gateway/subject.ts';
import { NOBODY } from '../../../src/identity/identity.ts';
import { processorTime } from '../../support/processor-time.ts';
import { knownDirectory } from './known.ts';

const OURS = 'a'.repeat(64);
const THEIRS = 'b'.repeat(64);
const SUBJECT = 'CN=auth-1,OU=OrgUnit,O=Org,L=locality,ST=province,C=DE';

const directory = knownDirectory({
  issuedCertificate: (fingerprint) => (fingerprint === OURS ? { authId: 'auth-1', notAfter: '2999-01-01T00:00:00Z' } : undefined),
});

const incoming = (headers: Incoming['headers'], remote = '10.1.2.3'): Incoming => ({
  method: 'POST',
  path: '/director/graphql',
  query: '',
  headers,
  body: '',
  requestId: 'r',
  remote,
});

describe('the header of a proxy', () => {
  it('tells hash and subject of each certificate', () => {
    expect(
      readCertificateData(
        `Hash=${OURS};Subject="${SUBJECT}";URI=,By=spiffe://x;Hash=${THEIRS.toUpperCase()};Subject="CN=\\"a;b, c\\"";URI=`,
      ),
    ).toEqual([
      { fingerprint: OURS, subject: SUBJECT },
      { fingerprint: THEIRS, subject: 'CN="a;b, c"' },
    ]);
    const odd = { fingerprint: OURS, subject: 'CN=a\\,b";Hash=x' };
    expect(readCertificateData(writeCertificateData(odd))).toEqual([odd]);
  });

  it.each([
    ['nothing', undefined],
    ['no subject', `Hash=${OURS}`],
    ['no hash', `Subject="${SUBJECT}"`],
    ['more hashes than subjects', `Hash=${OURS};Hash=${OURS};Subject="${SUBJECT}"`],
    ['a hash that is none', `Hash=abc;Subject="${SUBJECT}"`],
    ['far too much', `Hash=${OURS};Subject="${'x'.repeat(20_000)}"`],
  ])('says nothing with %s', (_, header) => {
    expect(readCertificateData(header)).toEqual([]);
  });

  it('costs no time, whatever it holds', () => {
    const read = () => {
      for (const piece of ['Hash=', 'Subject="\\', ';Hash="', ',,;']) readCertificateData(piece.repeat(16_000 / piece.length));
    };
    expect(processorTime(read)).toBeLessThan(500);
  });

  it('names a certificate of this plane only where this plane has issued it to that subject', async () => {
    const judged = async (fingerprint: string, subject: string) =>
      (await presentedCertificate(directory, [{ fingerprint, subject }]))?.ours;
    expect(await judged(OURS, SUBJECT)).toBe(true);
    expect(await judged(OURS, SUBJECT.replace('auth-1', 'auth-2'))).toBe(false);
    expect(await judged(THEIRS, SUBJECT)).toBe(false);
  });
});

describe('addresses of proxies', () => {
  it('are single ones and networks', () => {
    const trusts = addressList(['10.0.0.0/8', '::1', '192.168.1.7']);
    expect(['10.255.0.1', '::ffff:10.1.1.1', '::1', '192.168.1.7'].map(trusts)).toEqual([true, true, true, true]);
    expect(['11.0.0.1', '192.168.1.8', '::2', '', 'localhost', '::ffff:0a01:0101'].map(trusts).slice(0, 5)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
    expect(addressList([])('127.0.0.1')).toBe(false);
  });

  it.each(['proxy.example.com', '10.0.0.0/33', '10.0.0', '::/129', '10.0.0.0/x', ''])('are not %s', (entry) => {
    expect(() => addressList([entry])).toThrow('neither an address nor a network');
  });
});

describe('who called', () => {
  const trusts = addressList(['10.0.0.0/8', '::1']);
  it.each([
    ['198.51.100.1', '203.0.113.7', '198.51.100.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['10.0.0.1', '203.0.113.7', '203.0.113.7'],
    ['10.0.0.1', '192.0.2.1, 203.0.113.7', '203.0.113.7'],
    ['::1', '192.0.2.1, 203.0.113.7 ,10.0.0.2', '203.0.113.7'],
    ['10.0.0.1', '203.0.113.7:4711', '203.0.113.7'],
    ['10.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['10.0.0.1', '203.0.113.7, unknown', '10.0.0.1'],
    ['10.0.0.1', '203.0.113.7, ', '10.0.0.1'],
    ['10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.3'],
  ])('%s that tells %s: %s', (peer, forwarded, client) => {
    expect(clientAddress(peer, forwarded, trusts)).toBe(client);
  });
});

describe('identity headers from outside', () => {
  const clients = createClients({ directory, ownKeys: () => [], external: { issuer: DEFAULT_EXTERNAL_ISSUER, mappings: [] } });
  let seen: (Incoming & { caller: typeof NOBODY }) | undefined;
  const gateway = (trustsProxy?: (address: string) => boolean) =>
    createGateway({
      mounts: [
        {
          base: '/director',
          needsCredential: () => true,
          async answer(request) {
            seen = request;
            return { status: 200, body: '' };
          },
        },
      ],
      identify: (request) => clients.identify(request) ?? { caller: NOBODY },
      ...(trustsProxy && { trustsProxy }),
    });
  const smuggled = {
    'certificate-data': `Hash=${OURS};Subject="${SUBJECT}"`,
    'client-id-from-certificate': 'auth-1',
    'client-id-from-token': 'auth-1',
    'client-certificate-hash': OURS,
    'client-certificate-issuer': 'connector',
    'subject-from-certificate': SUBJECT,
    'x-authorization': 'Bearer x',
    'x-flow-identity': 'x',
    tenant: 'T',
  };

  it('are as if they had not been sent', async () => {
    for (const handle of [gateway(), gateway(addressList(['10.9.9.9']))]) {
      await handle(incoming(smuggled));
      expect(seen?.headers).toEqual({ tenant: 'T' });
      expect(seen?.presented).toBeUndefined();
      expect(seen?.caller).toBe(NOBODY);
    }
  });

  it('count for certificates alone where a trusted proxy sends them', async () => {
    const handle = gateway(addressList(['10.0.0.0/8']));
    await handle(incoming(smuggled));
    expect(seen?.headers).toEqual({ tenant: 'T' });
    expect(seen?.caller).toMatchObject({ consumer: { id: 'app-1', type: 'Application' }, flow: 'Certificate', tenant: { id: 't' } });
    await handle(incoming({ ...smuggled, 'certificate-data': `Hash=${THEIRS};Subject="${SUBJECT}"` }));
    expect(seen?.caller).toBe(NOBODY);
    await handle(incoming({ ...smuggled, 'certificate-data': '' }));
    expect(seen?.caller).toBe(NOBODY);
  });
});

describe('a Director on another machine', () => {
  const servers: http.Server[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => drain(server, 0))));
  const serve = async (listener: http.RequestListener) => {
    const server = http.createServer(listener);
    servers.push(server);
    return `http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  };
  /** A Gateway before that Director, asked over a socket. */
  const gatewayTo = async (url: string, trusted: readonly string[] = []) => {
    const handle = createGateway({
      mounts: [directorProxy({ url, report: () => {}, timeout: 500 })],
      identify: () => ({ caller: NOBODY }),
      trustsProxy: addressList(trusted),
    });
    return serve(requestListener({ handle, bodyLimit: 1000, trustsProxy: addressList(trusted), report: () => {} }));
  };

  it('gets requests as they came, and its answers go back as they are', async () => {
    let got: { url?: string; headers: http.IncomingHttpHeaders; body: string } | undefined;
    const director = await serve((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        got = { ...(request.url && { url: request.url }), headers: request.headers, body };
        response.writeHead(202, { location: '/x', 'content-type': 'application/json' }).end('{"ü":1}');
      });
    });
    const gateway = await gatewayTo(`${director}/director`);
    const response = await fetch(`${gateway}/director/v1/a?b=c`, {
      method: 'PATCH',
      body: '{"ä":1}',
      headers: {
        authorization: 'Bearer x',
        tenant: 'T',
        'x-request-id': 'mine',
        traceparent: '00-1-2-3',
        'certificate-data': `Hash=${OURS};Subject="${SUBJECT}"`,
      },
    });
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe('/x');
    expect(response.headers.get('x-request-id')).toBe('mine');
    expect(await response.text()).toBe('{"ü":1}');
    expect(got).toMatchObject({ url: '/director/v1/a?b=c', body: '{"ä":1}' });
    expect(got?.headers).toMatchObject({
      authorization: 'Bearer x',
      tenant: 'T',
      'x-request-id': 'mine',
      traceparent: '00-1-2-3',
      host: new URL(director).host,
    });
    expect(got?.headers).not.toHaveProperty('certificate-data');
  });

  it('is told of certificates and callers that a trusted proxy tells of', async () => {
    let told: http.IncomingHttpHeaders = {};
    const director = await serve((request, response) => {
      told = request.headers;
      response.end();
    });
    const header = writeCertificateData({ fingerprint: OURS, subject: SUBJECT });
    const headers = { 'certificate-data': header, 'x-forwarded-for': '203.0.113.7' };
    await fetch(`${await gatewayTo(director, ['127.0.0.1'])}/director/graphql`, { headers });
    expect(told['certificate-data']).toBe(header);
    expect(told['x-forwarded-for']).toBe('203.0.113.7, 127.0.0.1');
  });

  it('that does not answer is 502 without a word', async () => {
    const slow = await serve(() => {});
    for (const url of ['http://127.0.0.1:1', slow]) {
      const response = await fetch(`${await gatewayTo(url)}/director/graphql`);
      expect([response.status, await response.text()]).toEqual([502, '']);
    }
  });
});

describe('a listener that is closed', () => {
  it('answers what is under way, and keeps no connection after that', async () => {
    let answer = () => {};
    let asked = () => {};
    const underWay = new Promise<void>((resolve) => (asked = resolve));
    const server = http.createServer(
      requestListener({
        handle: () =>
          new Promise((resolve) => {
            answer = () => resolve({ status: 200, body: 'done' });
            asked();
          }),
        bodyLimit: 10,
        report: () => {},
      }),
    );
    server.keepAliveTimeout = 60_000;
    const port = await listen(server, 0, '127.0.0.1');
    const agent = new http.Agent({ keepAlive: true });
    const got = new Promise<string>((resolve, reject) =>
      http
        .get({ port, host: '127.0.0.1', agent }, (response) => response.on('data', (chunk: Buffer) => resolve(chunk.toString())))
        .on('error', reject),
    );
    await underWay;
    const closed = drain(server, 30_000);
    answer();
    expect(await got).toBe('done');
    const began = performance.now();
    await closed;
    expect(performance.now() - began).toBeLessThan(15_000);
    agent.destroy();
  });

  it('cuts off what takes too long', async () => {
    const server = http.createServer(requestListener({ handle: () => new Promise(() => {}), bodyLimit: 10, report: () => {} }));
    const port = await listen(server, 0, '127.0.0.1');
    const asked = fetch(`http://127.0.0.1:${port}/`).catch((error: Error) => error);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await drain(server, 50);
    expect(await asked).toBeInstanceOf(Error);
  });
});

describe('request ids', () => {
  it.each([
    ['my-request', 'my-request'],
    ['a b', undefined],
    ['x'.repeat(201), undefined],
  ])('%s', async (sent, kept) => {
    const handle = createGateway({ mounts: [], identify: () => ({ caller: NOBODY }) });
    const server = http.createServer(requestListener({ handle, bodyLimit: 10, report: () => {} }));
    const response = await fetch(`http://127.0.0.1:${await listen(server, 0, '127.0.0.1')}/`, { headers: { 'x-request-id': sent } });
    const id = response.headers.get('x-request-id');
    if (kept === undefined) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    else expect(id).toBe(kept);
    await drain(server, 0);
  });
});
