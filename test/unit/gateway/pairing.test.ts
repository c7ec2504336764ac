/** Token, request, certificate, renewal, return: over real sockets, with small keys. */
import http from 'node:http';
import https from 'node:https';
import { X509Certificate, type KeyObject } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAuthorities, type Authorities } from '../../../src/connector/authorities.ts';
import { createConnector, type Connector } from '../../../src/connector/connector.ts';
import { authorities as authorityRecords, issuedCertificates } from '../../../src/connector/records.ts';
import { createClients } from '../../../src/gateway/clients.ts';
import { connectorMount } from '../../../src/gateway/connector-mount.ts';
import type { Directory, KnownAuth } from '../../../src/gateway/directory.ts';
import { createGateway } from '../../../src/gateway/gateway.ts';
import { drain, listen, requestListener } from '../../../src/gateway/listener.ts';
import { createMtlsServer } from '../../../src/gateway/mtls.ts';
import { DEFAULT_EXTERNAL_ISSUER } from '../../../src/gateway/subject.ts';
import { createConnectorAuthority, createServerAuthority, issueServerCertificate } from '../../../src/pki/authority.ts';
import { generateRsaKey, type KeyPair, privateKeyPem } from '../../../src/pki/keys.ts';
import { parseAnnouncedName } from '../../../src/pki/name.ts';
import { createSigningRequest } from '../../../src/pki/signing-request.ts';
import type { Registry } from '../../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

const AUTH: KnownAuth = { id: 'auth-1', owner: { kind: 'application', id: 'app-1' }, tenantId: 't' };
const TENANT = { id: 't', externalId: 'T', type: 'account', region: '' };

let registry: Registry;
let authorities: Authorities;
let connector: Connector;
let auths: Map<string, KnownAuth>;
let tokens: Map<string, string>;
let caFile: string;
let addresses: { http: string; mtls: string };
let stop: () => Promise<void>;
let keys: KeyPair;
let counter = 0;

const newToken = (authId: string) => {
  const token = `token-${++counter}`;
  tokens.set(token, authId);
  return token;
};

beforeAll(async () => {
  keys = await generateRsaKey(2048);
  registry = openMemoryRegistry();
  authorities = openAuthorities({
    registry,
    certificateHours: 2160,
    create: { clients: (now) => createConnectorAuthority(now, 2048), servers: createServerAuthority },
  });
  auths = new Map([[AUTH.id, AUTH]]);
  tokens = new Map();
  connector = createConnector({
    registry,
    authority: () => authorities.clients(),
    tokens: { replace: async (authId) => (auths.has(authId) ? newToken(authId) : undefined) },
    settings: { directorURL: 'https://d', certificateSecuredConnectorURL: 'https://c', certificateHours: 2160 },
  });
  const directory: Directory = {
    tenantByInternalID: (id) => (id === TENANT.id ? TENANT : undefined),
    tenantByExternalID: (id) => (id === TENANT.externalId ? TENANT : undefined),
    systemAuth: (id) => auths.get(id),
    oauthClient: () => undefined,
    async useToken(token) {
      const authId = tokens.get(token);
      tokens.delete(token);
      return authId === undefined ? undefined : auths.get(authId);
    },
    issuedCertificate: (fingerprint) => connector.issued(fingerprint),
    isRevoked: (fingerprint) => connector.isRevoked(fingerprint),
    subjectMappings: () => [],
  };
  let ownKeys: readonly KeyObject[] = [];
  authorities.onAccepted((accepted) => (ownKeys = accepted.map(({ publicKey }) => publicKey)));
  const clients = createClients({
    directory,
    ownKeys: () => ownKeys,
    external: { issuer: DEFAULT_EXTERNAL_ISSUER, mappings: [] },
  });
  const handle = createGateway({
    mounts: [connectorMount(connector, clients)],
    identify: () => ({ caller: { consumer: { id: '', type: '' }, flow: '', scopes: [] } }),
  });
  const listener = requestListener({ handle, bodyLimit: 100_000, report: () => {} });
  const servers = await authorities.servers();
  caFile = servers.files.certificate;
  const plain = http.createServer(listener);
  const { server, trust } = createMtlsServer({
    certificate: await issueServerCertificate(servers, ['127.0.0.1'], new Date()),
    trusted: [],
    listener,
  });
  authorities.onAccepted(trust);
  addresses = {
    http: `http://127.0.0.1:${await listen(plain, 0, '127.0.0.1')}`,
    mtls: `https://127.0.0.1:${await listen(server, 0, '127.0.0.1')}`,
  };
  stop = async () => {
    await Promise.all([drain(plain, 100), drain(server, 100)]);
  };
});
afterAll(() => stop());

interface Credentials {
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly tenant?: string;
  readonly agent?: https.Agent;
}

function ask(query: string, { token, cert, key, tenant, agent }: Credentials): Promise<{ status: number; body: string }> {
  const secure = cert !== undefined || agent !== undefined;
  return new Promise((resolve, reject) => {
    const request = (secure ? https : http).request(
      `${secure ? addresses.mtls : addresses.http}/connector/graphql`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { 'connector-token': token } : {}), ...(tenant ? { tenant } : {}) },
        ...(secure ? { cert, key, ca: caFile, agent: agent ?? false } : {}),
      },
      (response) => {
        let body = '';
        response.on('data', (chunk: Buffer) => (body += chunk.toString()));
        response.on('end', () => resolve({ status: response.statusCode!, body }));
      },
    );
    request.on('error', reject);
    request.end(JSON.stringify({ query }));
  });
}

const CONFIGURATION = 'query { configuration() { token { token } certificateSigningRequestInfo { subject keyAlgorithm } } }';

const requestFor = (subject: string) => Buffer.from(createSigningRequest(parseAnnouncedName(subject), keys)).toString('base64');

async function pair(token = newToken(AUTH.id)) {
  const { configuration } = (
    JSON.parse((await ask(CONFIGURATION, { token })).body) as {
      data: { configuration: { token: { token: string }; certificateSigningRequestInfo: { subject: string } } };
    }
  ).data;
  const csr = requestFor(configuration.certificateSigningRequestInfo.subject);
  const signed = JSON.parse(
    (
      await ask(`mutation { signCertificateSigningRequest(csr: "${csr}") { certificateChain clientCertificate } }`, {
        token: configuration.token.token,
      })
    ).body,
  ) as {
    data: { signCertificateSigningRequest: { certificateChain: string } };
  };
  return {
    cert: Buffer.from(signed.data.signCertificateSigningRequest.certificateChain, 'base64').toString(),
    key: privateKeyPem(keys.privateKey),
  };
}

describe('pairing', () => {
  it('turns a one-time token into a certificate that opens the Connector', async () => {
    const paired = await pair();
    const answer = await ask('{ configuration { certificateSigningRequestInfo { subject } } }', paired);
    expect(answer).toEqual({
      status: 200,
      body: '{"data":{"configuration":{"certificateSigningRequestInfo":{"subject":"O=Org,OU=OrgUnit,L=locality,ST=province,C=DE,CN=auth-1"}}}}',
    });
    expect(
      await registry.latest.get(issuedCertificates, new X509Certificate(paired.cert).fingerprint256.replaceAll(':', '').toLowerCase()),
    ).toMatchObject({ authId: AUTH.id });
  });

  it('lets a token open one request, whatever it was', async () => {
    const token = newToken(AUTH.id);
    expect((await ask('{ nothing }', { token })).status).toBe(422);
    expect(await ask(CONFIGURATION, { token })).toEqual({ status: 400, body: '' });
  });

  it('refuses a certificate that was given back on the connection that it is in use on', async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca: caFile, ...(await pair()) });
    try {
      expect((await ask('mutation { revokeCertificate }', { agent })).body).toBe('{"data":{"revokeCertificate":true}}');
      expect(await ask(CONFIGURATION, { agent })).toEqual({ status: 400, body: '' });
    } finally {
      agent.destroy();
    }
  });

  it('refuses the certificate of an auth that is gone', async () => {
    auths.set('auth-2', { ...AUTH, id: 'auth-2' });
    const paired = await pair(newToken('auth-2'));
    expect((await ask(CONFIGURATION, paired)).status).toBe(200);
    auths.delete('auth-2');
    expect(await ask(CONFIGURATION, paired)).toEqual({ status: 400, body: '' });
  });

  it('does not let anybody in who has a certificate of somebody else, whatever its subject', async () => {
    const stranger = await createConnectorAuthority(new Date(), 2048);
    await expect(ask(CONFIGURATION, { cert: stranger.certificate, key: stranger.privateKey })).rejects.toThrow();
  });

  it('has no tenant where another one is named, and no session where that does not exist', async () => {
    expect((await ask(CONFIGURATION, { token: newToken(AUTH.id), tenant: 'nowhere' })).status).toBe(400);
    expect((await ask(CONFIGURATION, { token: newToken(AUTH.id), tenant: TENANT.externalId })).status).toBe(200);
  });

  it('wants a certificate for giving one back', async () => {
    expect(JSON.parse((await ask('mutation { result: revokeCertificate }', { token: newToken(AUTH.id) })).body)).toEqual({
      errors: [
        { message: 'Failed to authenticate with certificate: Failed to authenticate with Certificate. Invalid subject.', path: ['result'] },
      ],
      data: null,
    });
  });
});

describe('another authority', () => {
  const issuerOf = ({ cert }: { cert: string }) => new X509Certificate(cert).checkIssued(new X509Certificate(caOf(cert)));
  const caOf = (chain: string) => chain.slice(chain.indexOf('-----BEGIN', 1));

  it('signs from now on, and what the former one signed is accepted, renewed and given back as before', async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca: caFile, ...(await pair()) });
    const old = await pair();
    const another = await pair();
    const [signs, former] = await authorities.rotate();
    expect(former).toMatchObject({ certificate: caOf(old.cert), until: expect.any(String) as string });
    expect(Date.parse(former!.until!)).toBeGreaterThan(Date.parse(new X509Certificate(old.cert).validTo) - 1000);

    const fresh = await pair();
    expect(caOf(fresh.cert)).toBe(signs!.certificate);
    expect(issuerOf(fresh)).toBe(true);
    for (const paired of [old, another, fresh, { agent }]) expect((await ask(CONFIGURATION, paired)).status).toBe(200);

    expect((await ask('mutation { revokeCertificate }', old)).body).toBe('{"data":{"revokeCertificate":true}}');
    expect((await ask(CONFIGURATION, old)).status).toBe(400);
    expect((await ask(CONFIGURATION, another)).status).toBe(200);
    agent.destroy();
  });

  it('may be told not to accept the former ones any more, on open connections neither', async () => {
    const agent = new https.Agent({ keepAlive: true, maxSockets: 1, ca: caFile, ...(await pair()) });
    const old = await pair();
    expect((await ask(CONFIGURATION, { agent })).status).toBe(200);
    expect(await authorities.rotate({ distrust: true })).toHaveLength(1);
    await expect(ask(CONFIGURATION, old)).rejects.toThrow();
    await expect(ask(CONFIGURATION, { agent })).rejects.toThrow();
    expect((await ask(CONFIGURATION, await pair())).status).toBe(200);
    agent.destroy();
  });

  it('is taken from the operator, whose key is not copied', async () => {
    const old = await pair();
    const files = await createConnectorAuthority(new Date(), 2048);
    const giving = openAuthorities({ registry, certificateHours: 2160, given: files });
    expect((await giving.clients()).files).toEqual(files);
    expect(await registry.latest.get(authorityRecords, 'clients')).toMatchObject({ certificate: files.certificate, privateKey: '' });
    await expect(giving.rotate()).rejects.toThrow('given to this plane');

    // this process has the key of the former one alone
    await authorities.refresh();
    expect((await ask(CONFIGURATION, old)).status).toBe(200);
    const csr = requestFor(`O=Org,OU=OrgUnit,L=locality,ST=province,C=DE,CN=${AUTH.id}`);
    expect(
      JSON.parse((await ask(`mutation { r: signCertificateSigningRequest(csr: "${csr}") { caCertificate } }`, old)).body),
    ).toMatchObject({
      errors: [{ message: 'Error while signing Certificate Signing Request: Certificate data not found in the cache.' }],
    });
  });
});
