/** The plane as the client of servers that want a certificate: access strategy `sap:cmp-mtls:v1`. */
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BY_CERTIFICATE, type OutboundOptions, outboundOptions, send } from '../../../../src/director/outbound/http.ts';
import type { DirectorContext } from '../../../../src/director/context.ts';
import { download } from '../../../../src/director/spec/download.ts';
import {
  createServerAuthority,
  issueOwnCertificate,
  issueServerCertificate,
  openAuthority,
  type OwnCertificate,
} from '../../../../src/pki/authority.ts';
import { privateKeyPem } from '../../../../src/pki/keys.ts';

let own: OwnCertificate;
let trusting: OwnCertificate & { readonly ca: string };
let server: https.Server;
let url: string;

beforeAll(async () => {
  const authority = openAuthority(await createServerAuthority(new Date()));
  own = await issueOwnCertificate(authority, new Date());
  const { chain, keys } = await issueServerCertificate(authority, ['127.0.0.1'], new Date());
  server = https.createServer(
    { cert: chain, key: privateKeyPem(keys.privateKey), ca: authority.files.certificate, requestCert: true },
    (request, response) => response.end((request.socket as TLSSocket).getPeerX509Certificate()?.subject),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as { port: number }).port}/`;
  // stands in for an authority of the system, which is whom receivers are trusted by
  trusting = { ...own, ca: authority.files.certificate };
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const contextWith = (certificate?: () => Promise<OwnCertificate>) =>
  ({ director: { settings: { privateAddresses: true }, certificate }, requestId: 'r', headers: {} }) as unknown as DirectorContext;
const optionsFor = (accessStrategy: string | undefined, certificate: (() => Promise<OwnCertificate>) | undefined = async () => trusting) =>
  outboundOptions(contextWith(certificate), accessStrategy === undefined ? undefined : { accessStrategy });

describe("the plane's own certificate", () => {
  it('is shown where the access strategy asks for it, and nowhere else', async () => {
    expect((await optionsFor(BY_CERTIFICATE)).certificate).toEqual(trusting);
    for (const strategy of ['open', 'custom', '', undefined]) expect(await optionsFor(strategy)).not.toHaveProperty('certificate');
  });

  it('is believed by servers that trust the authority in caFile', async () => {
    const options: OutboundOptions = { ...(await optionsFor(BY_CERTIFICATE)) };
    await expect(send({ method: 'GET', url }, await optionsFor(undefined))).rejects.toThrow();
    const shown = await send({ method: 'GET', url }, options).catch((error: Error) => error);
    expect(shown).toMatchObject({ status: 200 });
    expect((shown as { body: Buffer }).body.toString()).toBe('O=Compass\nOU=Management plane\nCN=compass');
  });

  it('fetches specifications over https alone', async () => {
    const request = (target: string, accessStrategy: string) =>
      ({ url: target, auth: { accessStrategy }, status: { condition: 'INITIAL' } }) as unknown as Parameters<typeof download>[0];
    const options = await optionsFor(BY_CERTIFICATE);
    expect(await download(request(url, BY_CERTIFICATE), options)).toMatchObject({
      condition: 'SUCCEEDED',
      data: expect.stringContaining('CN=compass') as string,
    });
    expect(await download(request('http://127.0.0.1:1/', BY_CERTIFICATE), options)).toEqual({
      condition: 'FAILED',
      message: 'While fetching Spec: a client certificate can be shown over https alone',
    });
    expect(await download(request(url, BY_CERTIFICATE), { privateAddresses: true })).toEqual({
      condition: 'FAILED',
      message: 'While fetching Spec: this plane has no client certificate',
    });
    expect(await download(request(url, 'custom'), options)).toEqual({
      condition: 'FAILED',
      message: 'While fetching Spec: unsupported access strategy',
    });
  });
});
