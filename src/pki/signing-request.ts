/** PKCS #10: what a client sends to get a certificate. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { bitString, bytes, fromDer, oidOf, parts, positiveInteger, sequence, tagged, toDer } from './asn1.ts';
import { publicKeyDer, type KeyPair } from './keys.ts';
import { nameFromAsn1, nameToAsn1, type DistinguishedName, type NamePart } from './name.ts';
import { toPem } from './pem.ts';
import { algorithmIdentifier, keyKind, signatureAlgorithm, signDer, verifyDer } from './signature.ts';

export interface SigningRequest {
  readonly subject: DistinguishedName;
  readonly publicKey: KeyObject;
  readonly signatureOid: string;
  /** What the signature is over. */
  readonly signed: Buffer;
  readonly signature: Buffer;
}

/** Reads a request; whether its signature holds is for {@link checkSigningRequest}. @throws Error where the DER is no request */
export function readSigningRequest(der: Buffer): SigningRequest {
  const [info, algorithm, signature] = parts(fromDer(der));
  const [, subject, key] = parts(info);
  if (!info || !subject || !key) throw new Error('structure error: a part of the request is missing');
  return {
    subject: nameFromAsn1(subject),
    publicKey: createPublicKey({ key: toDer(key), format: 'der', type: 'spki' }),
    signatureOid: oidOf(parts(algorithm)[0]),
    signed: toDer(info),
    signature: bitsOf(signature),
  };
}

/** Bytes of a bit string whose number of bits is a multiple of eight, which forge may have read as nested values. */
function bitsOf(value: Parameters<typeof bytes>[0]): Buffer {
  const raw = (value as { bitStringContents?: string } | undefined)?.bitStringContents;
  return (raw === undefined ? bytes(value) : Buffer.from(raw, 'latin1')).subarray(1);
}

const FAILURES = {
  rsa: 'crypto/rsa: verification error',
  ec: 'x509: ECDSA verification failure',
  ed25519: 'x509: Ed25519 verification failure',
} as const;

/** @throws Error that tells what is wrong with the request's signature */
export function checkSigningRequest(request: SigningRequest): void {
  const { key, hash } = signatureAlgorithm(request.signatureOid);
  if (keyKind(request.publicKey) !== key) throw new Error('x509: signature algorithm and public key do not fit');
  if (verifyDer(request.signed, request.signature, request.publicKey, hash)) return;
  throw new Error(FAILURES[key]);
}

const ORDER: readonly NamePart[] = ['C', 'ST', 'L', 'O', 'OU', 'CN'];

/** A request for that subject, signed by its own key, in PEM. */
export function createSigningRequest(subject: DistinguishedName, keys: KeyPair): string {
  const info = sequence(positiveInteger(Buffer.of(0)), nameToAsn1(subject, ORDER), fromDer(publicKeyDer(keys.publicKey)), tagged(0, []));
  const algorithm = { key: keyKind(keys.publicKey), hash: 'sha256' } as const;
  const signature = signDer(toDer(info), keys.privateKey, algorithm.hash);
  return toPem('CERTIFICATE REQUEST', toDer(sequence(info, algorithmIdentifier(algorithm), bitString(signature))));
}
