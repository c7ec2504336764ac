/** What the Connector does for its clients (`reference: facts/connector.md 3, 4`). */
import type { X509Certificate } from 'node:crypto';
import { fingerprint } from '../pki/certificate.ts';
import type { ReadTx, WriteTx } from '../registry/contract.ts';
import { KeyMissing } from './authorities.ts';
import { aboutCall, type ConnectorCall } from './call.ts';
import { AUTHENTICATION, ConnectorError } from './errors.ts';
import { issuedCertificates, revocations } from './records.ts';
import { decodeRequest, issueFor, judgeRequest } from './signing.ts';
import { announcedSubject } from './subject.ts';

export interface Configuration {
  readonly token: { readonly token: string };
  readonly certificateSigningRequestInfo: { readonly subject: string; readonly keyAlgorithm: string };
  readonly managementPlaneInfo: { readonly directorURL: string; readonly certificateSecuredConnectorURL: string };
}

const TOKEN_FAILED = 'Failed to get one-time token during fetching configuration process: could not get one time token';

/** The auth that a client stands for; its token counts before its certificate. @throws ConnectorError */
function authOf({ caller }: ConnectorCall, otherwise: string): string {
  const authId = caller.tokenAuthId ?? caller.certificate?.authId;
  if (authId === undefined) throw new ConnectorError(otherwise);
  return authId;
}

async function newToken(call: ConnectorCall, authId: string): Promise<string> {
  const { consumerType, tenant } = call.caller;
  if (consumerType === '')
    throw new ConnectorError('Failed to authenticate request, consumer type not found: cannot read ConsumerType key from context');
  if (consumerType !== 'Application' && consumerType !== 'Runtime')
    throw new ConnectorError(`${TOKEN_FAILED}: No token generation for consumer type ${consumerType}`);
  if (tenant === undefined)
    throw new ConnectorError(`${TOKEN_FAILED}: Failed to authenticate request, tenant not found: cannot read TenantKey key from context`);
  const token = await call.options.tokens.replace(authId, call.caller);
  if (token === undefined)
    throw new ConnectorError(
      `${TOKEN_FAILED}: while calling director for CSR one time token: graphql: Object not found [object=systemAuth]`,
    );
  return token;
}

/** What a client needs to ask for its certificate; the token of its auth is replaced by a new one. @throws ConnectorError */
export async function configuration(call: ConnectorCall): Promise<Configuration> {
  const authId = authOf(call, AUTHENTICATION.token);
  const { directorURL, certificateSecuredConnectorURL } = call.options.settings;
  return {
    token: { token: await newToken(call, authId) },
    certificateSigningRequestInfo: { subject: announcedSubject(authId), keyAlgorithm: 'rsa2048' },
    managementPlaneInfo: { directorURL, certificateSecuredConnectorURL },
  };
}

export interface CertificationResult {
  readonly certificateChain: string;
  readonly caCertificate: string;
  readonly clientCertificate: string;
}

const NO_AUTHORITY = 'Error while signing Certificate Signing Request: Certificate data not found in the cache.';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Signs a request and keeps what was issued. @throws ConnectorError */
export async function signCertificateSigningRequest(call: ConnectorCall, csr: string): Promise<CertificationResult> {
  const authId = authOf(call, `Failed to authenticate with token: ${AUTHENTICATION.token}`);
  const request = judgeRequest(decodeRequest(csr), authId);
  const authority = await call.options.authority().catch((error: unknown) => {
    throw error instanceof KeyMissing ? new ConnectorError(NO_AUTHORITY) : error;
  });
  const { pem, certificate } = issueFor(request, authority, call.now(), call.options.settings.certificateHours);
  await call.options.registry.write(aboutCall(call, 'signCertificateSigningRequest'), (tx) =>
    keepIssued(tx, authId, certificate, call.now()),
  );
  const ca = authority.files.certificate;
  return { certificateChain: base64(pem + ca), caCertificate: base64(ca), clientCertificate: base64(pem) };
}

const instant = (text: string) => new Date(text).toISOString();

/** Keeps a certificate, and lets go of those of the same auth that have run out. */
async function keepIssued(tx: WriteTx, authId: string, certificate: X509Certificate, now: Date): Promise<void> {
  const { serialNumber, validFrom, validTo } = certificate;
  for (const old of await tx.find(issuedCertificates, 'auth', authId)) {
    if (old.notAfter >= now.toISOString()) continue;
    await tx.delete(issuedCertificates, old.id);
    await tx.delete(revocations, old.id);
  }
  await tx.put(issuedCertificates, {
    id: fingerprint(certificate),
    authId,
    serialNumber,
    notBefore: instant(validFrom),
    notAfter: instant(validTo),
  });
}

/** Gives back the certificate of this connection: true from now on, also when asked again. @throws ConnectorError without a certificate */
export async function revokeCertificate(call: ConnectorCall): Promise<true> {
  const { certificate } = call.caller;
  if (!certificate) throw new ConnectorError(AUTHENTICATION.certificate);
  await call.options.registry.write(aboutCall(call, 'revokeCertificate'), (tx) =>
    tx.put(revocations, { id: certificate.fingerprint, authId: certificate.authId, revokedAt: call.now().toISOString() }),
  );
  return true;
}

/** Whether the certificate of that fingerprint was given back. */
export const isRevoked = async (tx: ReadTx, of: string): Promise<boolean> => (await tx.get(revocations, of)) !== undefined;
