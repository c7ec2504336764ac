/** Judging a signing request and making the certificate of it: no registry, no identity beyond the id that the certificate is for. */
import { X509Certificate } from 'node:crypto';
import { issueClientCertificate, type Authority } from '../pki/authority.ts';
import { rsaBits } from '../pki/keys.ts';
import { fromPem } from '../pki/pem.ts';
import { signatureAlgorithm } from '../pki/signature.ts';
import { checkSigningRequest, readSigningRequest, type SigningRequest } from '../pki/signing-request.ts';
import { ConnectorError } from './errors.ts';
import { checkSubject } from './subject.ts';

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;
/** Characters of base64; a request for a key of 16,384 bits needs a tenth. */
const MAX_LENGTH = 64 * 1024;
const MIN_BITS = 2048;
const MAX_BITS = 8192;

/** The text inside base64 that may be broken into lines. @throws ConnectorError */
export function decodeRequest(encoded: string): string {
  const refused = (why: string) => new ConnectorError(`Error while decoding Certificate Signing Request: ${why}`);
  if (encoded.length > MAX_LENGTH) throw refused(`the request has ${encoded.length} characters, at most ${MAX_LENGTH} are read`);
  const packed = encoded.replaceAll(/[\r\n]/g, '');
  if (packed.length % 4 !== 0 || !BASE64.test(packed)) throw refused('Error while parsing base64 content. Incorrect value provided.');
  return Buffer.from(packed, 'base64').toString('latin1');
}

function parse(pem: string): SigningRequest {
  const [der] = fromPem(pem);
  if (!der) throw new ConnectorError('Error while decoding pem block.');
  try {
    return readSigningRequest(der);
  } catch (error) {
    throw new ConnectorError(`Error while parsing CSR: ${(error as Error).message}`);
  }
}

function checkSignature(request: SigningRequest): void {
  try {
    checkSigningRequest(request);
  } catch (error) {
    throw new ConnectorError(`CSR signature invalid: ${(error as Error).message}`);
  }
}

function checkKey({ publicKey }: SigningRequest): void {
  const bits = rsaBits(publicKey);
  if (bits === undefined)
    throw new ConnectorError('Error while creating certificate: x509: requested SignatureAlgorithm does not match private key type');
  if (bits < MIN_BITS || bits > MAX_BITS)
    throw new ConnectorError(
      `Error while creating certificate: RSA keys have between ${MIN_BITS} and ${MAX_BITS} bits, this one has ${bits}`,
    );
}

/** Judges a request for that auth, in the wire's order. @throws ConnectorError */
export function judgeRequest(pem: string, authId: string): SigningRequest {
  try {
    const request = parse(pem);
    checkSignature(request);
    checkSubject(request.subject, authId);
    checkKey(request);
    return request;
  } catch (error) {
    throw error instanceof ConnectorError ? new ConnectorError(`Error while signing Certificate Signing Request: ${error.message}`) : error;
  }
}

/** The certificate for a request that was judged good: its subject without parts of other kinds, none of its extensions. */
export function issueFor(
  request: SigningRequest,
  authority: Authority,
  notBefore: Date,
  hours: number,
): { readonly pem: string; readonly certificate: X509Certificate } {
  const { subject, publicKey, signatureOid } = request;
  const pem = issueClientCertificate(authority, {
    subject: { ...subject, CN: subject.CN!.slice(-1) },
    publicKey,
    notBefore,
    hours,
    hash: signatureAlgorithm(signatureOid).hash,
  });
  return { pem, certificate: new X509Certificate(pem) };
}
