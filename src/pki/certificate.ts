/** X.509 version 3 certificates: forge lays them out, node signs them. */
import { createHash, randomBytes, type KeyObject, type X509Certificate } from 'node:crypto';
import {
  bitString,
  boolean,
  bytes,
  fromDer,
  objectId,
  octetString,
  parts,
  positiveInteger,
  sequence,
  tagged,
  time,
  toDer,
  type Asn1,
} from './asn1.ts';
import { publicKeyDer } from './keys.ts';
import { toPem } from './pem.ts';
import { algorithmIdentifier, keyKind, signDer, type Hash } from './signature.ts';

/** Who signs: its name as it stands in its own certificate, and its key. */
export interface Issuer {
  readonly name: Asn1;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

export interface CertificateWish {
  readonly subject: Asn1;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly extensions: readonly Asn1[];
  readonly hash?: Hash;
}

/** A certificate of that issuer, in PEM. Its serial number is random. */
export function issueCertificate(issuer: Issuer, wish: CertificateWish): string {
  const algorithm = { key: keyKind(issuer.privateKey), hash: wish.hash ?? 'sha256' };
  const content = sequence(
    tagged(0, [positiveInteger(Buffer.of(2))]),
    positiveInteger(serialNumber()),
    algorithmIdentifier(algorithm),
    issuer.name,
    sequence(time(wish.notBefore), time(wish.notAfter)),
    wish.subject,
    fromDer(publicKeyDer(wish.publicKey)),
    tagged(3, [sequence(...wish.extensions, subjectKeyId(wish.publicKey), authorityKeyId(issuer.publicKey))]),
  );
  const signature = signDer(toDer(content), issuer.privateKey, algorithm.hash);
  return toPem('CERTIFICATE', toDer(sequence(content, algorithmIdentifier(algorithm), bitString(signature))));
}

/** 127 random bits, never zero. */
function serialNumber(): Buffer {
  const serial = randomBytes(16);
  serial[0] = (serial[0]! & 0x7f) | 0x40;
  return serial;
}

const extension = (oid: string, critical: boolean, value: Asn1) =>
  sequence(objectId(oid), ...(critical ? [boolean(true)] : []), octetString(toDer(value)));

const KEY_USAGE_BITS = { digitalSignature: 0, keyCertSign: 5, cRLSign: 6 } as const;

/** What the key may be used for; always critical. */
export function keyUsage(...usages: readonly (keyof typeof KEY_USAGE_BITS)[]): Asn1 {
  const bits = usages.map((usage): number => KEY_USAGE_BITS[usage]);
  const byte = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return extension('2.5.29.15', true, bitString(Buffer.of(byte), 7 - Math.max(...bits)));
}

export const forClients = () => extension('2.5.29.37', false, sequence(objectId('1.3.6.1.5.5.7.3.2')));
export const forServers = () => extension('2.5.29.37', false, sequence(objectId('1.3.6.1.5.5.7.3.1')));

/** Marks a certificate authority, without a limit to the length of the path below it. */
export const authorityConstraint = () => extension('2.5.29.19', true, sequence(boolean(true)));

export interface AlternativeNames {
  readonly dns: readonly string[];
  /** IPv4 and IPv6 addresses as bytes. */
  readonly addresses: readonly Buffer[];
}

export const alternativeNames = ({ dns, addresses }: AlternativeNames) =>
  extension(
    '2.5.29.17',
    false,
    sequence(...dns.map((name) => tagged(2, Buffer.from(name, 'latin1'))), ...addresses.map((address) => tagged(7, address))),
  );

const subjectKeyId = (key: KeyObject) => extension('2.5.29.14', false, octetString(keyId(key)));
const authorityKeyId = (key: KeyObject) => extension('2.5.29.35', false, sequence(tagged(0, keyId(key))));

/** SHA-1 over the key's bits, as RFC 5280 suggests: an identifier, not a protection. */
function keyId(key: KeyObject): Buffer {
  const [, bits] = parts(fromDer(publicKeyDer(key)));
  const contents = (bits as { bitStringContents?: string }).bitStringContents;
  const raw = contents === undefined ? bytes(bits) : Buffer.from(contents, 'latin1');
  return createHash('sha1').update(raw.subarray(1)).digest();
}

/** SHA-256 over the whole certificate, lower case hexadecimal: what a revocation is about. */
export const fingerprint = (certificate: X509Certificate) => createHash('sha256').update(certificate.raw).digest('hex');
