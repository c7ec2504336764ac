/** Clients with certificates that they should not have: each is refused, at the handshake or behind it. */
import https from 'node:https';
import type { SecureVersion } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClients } from '../../../src/gateway/clients.ts';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { drain, listen, requestListener } from '../../../src/gateway/listener.ts';
import { createMtlsServer } from '../../../src/gateway/mtls.ts';
import { DEFAULT_EXTERNAL_ISSUER } from '../../../src/gateway/subject.ts';
import { type Identity, NOBODY } from '../../../src/identity/identity.ts';
import {
  type Authority,
  createConnectorAuthority,
  createServerAuthority,
  issueClientCertificate,
  issueServerCertificate,
  openAuthority,
} from '../../../src/pki/authority.ts';
import { authorityConstraint, forServers, issueCertificate, keyUsage } from '../../../src/pki/certificate.ts';
import { generateRsaKey, type KeyPair, privateKeyPem } from '../../../src/pki/keys.ts';
import { nameToAsn1, parseAnnouncedName } from '../../../src/pki/name.ts';
import { knownDirectory } from './known.ts';

const HOUR = 3_600_000;
const NOW = new Date();
const subjectOf = (id: string) => parseAnnouncedName(`O=Org,OU=OrgUnit,L=locality,ST=province,C=DE,CN=${id}`);

let keys: KeyPair;
let own: Authority;
let forged: Authority;
let external: Authority;
let ca: string;
let url: string;
let stop: () => Promise<unknown>;

const directory = knownDirectory();

beforeAll(async () => {
  keys = await generateRsaKey(2048);
  // the forged one has the very name of the real one
  [own, forged, external] = (await Promise.all([1, 2, 3].map(() => createConnectorAuthority(NOW, 2048)))).map(openAuthority) as [
    Authority,
    Authority,
    Authority,
  ];
  const servers = openAuthority(await createServerAuthority(NOW));
  ca = servers.files.certificate;
  const clients = createClients({ directory, ownKeys: () => OWN, external: { issuer: DEFAULT_EXTERNAL_ISSUER, mappings: [] } });
  const OWN = [own.publicKey];
  const handle = createGateway({
    mounts: [
      {
        base: '/who',
        needsCredential: () => true,
        answer: async ({ caller }) => ({ status: 200, body: JSON.stringify(caller) }),
      },
      {
        base: '/session',
        needsCredential: () => false,
        answer: async (request) => ({ status: (await clients.session(request)) ? 200 : 400, body: '{}' }),
      },
    ],
    identify: (request) => clients.identify(request) ?? { caller: NOBODY },
  });
  const { server, trust } = createMtlsServer({
    certificate: await issueServerCertificate(servers, ['127.0.0.1'], NOW),
    trusted: [external.files.certificate, external.files.root],
    listener: requestListener({ handle, bodyLimit: 1000, report: () => {} }),
  });
  trust([own.files]);
  url = `https://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`;
  stop = () => drain(server, 0);
});
afterAll(() => stop());

const issued = (by: Authority, id = 'auth-1', notBefore = NOW, hours = 1) =>
  issueClientCertificate(by, { subject: subjectOf(id), publicKey: keys.publicKey, notBefore, hours, hash: 'sha256' });

function ask(path: string, tls: https.RequestOptions): Promise<{ status: number; caller: Identity }> {
  return new Promise((resolve, reject) => {
    const request = https.get(url + path, { agent: false, ca, key: privateKeyPem(keys.privateKey), ...tls }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, caller: JSON.parse(body) as Identity }));
    });
    request.on('error', reject);
  });
}

const shown = (...certificates: readonly string[]) => ({ cert: certificates.join('') });
const APPLICATION = { consumer: { id: 'app-1', type: 'Application' }, flow: 'Certificate', tenant: { id: 't', externalId: 'T' } };

it('lets in who has a certificate of its own authority', async () => {
  expect((await ask('/who', shown(issued(own), own.files.certificate))).caller).toMatchObject(APPLICATION);
  expect((await ask('/who', shown(issued(own)))).caller).toMatchObject(APPLICATION);
});

describe('the handshake fails', () => {
  const selfSigned = () => {
    const name = nameToAsn1(subjectOf('auth-1'), ['C', 'ST', 'L', 'O', 'OU', 'CN']);
    return issueCertificate(
      { name, ...keys },
      {
        subject: name,
        publicKey: keys.publicKey,
        notBefore: NOW,
        notAfter: new Date(NOW.getTime() + HOUR),
        extensions: [keyUsage('digitalSignature')],
      },
    );
  };
  const forServer = () =>
    issueCertificate(own, {
      subject: nameToAsn1(subjectOf('auth-1'), ['C', 'O', 'CN']),
      publicKey: keys.publicKey,
      notBefore: NOW,
      notAfter: new Date(NOW.getTime() + HOUR),
      extensions: [keyUsage('digitalSignature'), forServers()],
    });
  /** A client that uses its own certificate as an authority. */
  const byClient = () => {
    const leaf = issued(own);
    const name = nameToAsn1(subjectOf('auth-1'), ['C', 'ST', 'L', 'O', 'OU', 'CN']);
    const wish = { publicKey: keys.publicKey, notBefore: NOW, notAfter: new Date(NOW.getTime() + HOUR) };
    const below = issueCertificate(
      { name, ...keys },
      { ...wish, subject: nameToAsn1(subjectOf('auth-2'), ['CN']), extensions: [authorityConstraint()] },
    );
    return [below, leaf, own.files.certificate];
  };

  it.each<[string, () => https.RequestOptions]>([
    ['without a certificate', () => ({ key: undefined })],
    ['with one that was signed by nobody', () => shown(selfSigned())],
    ['with one of an authority that has the name of the real one', () => shown(issued(forged), forged.files.certificate)],
    ['with one of that authority and the real one behind it', () => shown(issued(forged), own.files.certificate)],
    ['with one that has run out', () => shown(issued(own, 'auth-1', new Date(NOW.getTime() - 3 * HOUR)))],
    ['with one that does not hold yet', () => shown(issued(own, 'auth-1', new Date(NOW.getTime() + HOUR)))],
    ['with one that is for servers', () => shown(forServer())],
    ['with one that a client has signed', () => shown(...byClient())],
    ["with the authority's own, and another key", () => shown(own.files.certificate)],
  ])('%s', async (_, tls) => {
    await expect(ask('/who', tls())).rejects.toThrow();
  });

  it.each<SecureVersion>(['TLSv1', 'TLSv1.1'])('with %s', async (version) => {
    const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    await expect(ask('/who', { ...shown(issued(own)), ...old })).rejects.toThrow(/protocol|version|alert|ECONNRESET/i);
  });

  it.each<SecureVersion>(['TLSv1.2', 'TLSv1.3'])('not with %s', async (version) => {
    expect((await ask('/who', { ...shown(issued(own)), minVersion: version, maxVersion: version })).status).toBe(200);
  });
});

describe('nobody comes in', () => {
  it.each([
    ['an auth that is not there', 'auth-2'],
    ['an auth in other letters', 'AUTH-1'],
    ['no name', ''],
  ])('for %s', async (_, id) => {
    expect((await ask('/who', shown(issued(own, id)))).caller).toEqual(NOBODY);
  });

  it("with the Connector's subject from another authority, though that one is trusted", async () => {
    const certificate = shown(issued(external), external.files.certificate);
    expect((await ask('/who', certificate)).caller).toEqual(NOBODY);
    expect((await ask('/session', certificate)).status).toBe(400);
  });

  it("with the other authority's subject from the Connector's authority", async () => {
    const subject = { C: ['DE'], O: ['SAP SE'], L: ['l'], OU: ['SAP Cloud Platform Clients', 'Region', 'T'], CN: ['x'] };
    const certificate = (by: Authority) =>
      shown(issueClientCertificate(by, { subject, publicKey: keys.publicKey, notBefore: NOW, hours: 1, hash: 'sha256' }));
    expect((await ask('/who', certificate(external))).caller).toMatchObject({
      consumer: { type: 'External Certificate' },
      tenant: { id: 't' },
    });
    expect((await ask('/who', certificate(own))).caller).toEqual(NOBODY);
  });

  it('by headers that only the inside may set', async () => {
    const headers = { 'certificate-data': `Hash=${'a'.repeat(64)};Subject="CN=auth-1"`, 'client-id-from-certificate': 'auth-1' };
    expect((await ask('/who', { ...shown(issued(own, 'auth-2')), headers })).caller).toEqual(NOBODY);
  });
});
