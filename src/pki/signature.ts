/** Signatures over DER structures, and the names that their algorithms have in certificates. */
import { sign, verify, type KeyObject } from 'node:crypto';
import { nothing, objectId, sequence, type Asn1 } from './asn1.ts';

export type Hash = 'sha256' | 'sha384' | 'sha512';

export interface SignatureAlgorithm {
  readonly key: 'rsa' | 'ec';
  readonly hash: Hash;
}

const ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
};

/** Algorithms that are known but too weak to believe. */
const INSECURE: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.4': 'MD5-RSA',
  '1.2.840.113549.1.1.5': 'SHA1-RSA',
  '1.2.840.10045.4.1': 'ECDSA-SHA1',
};

/** The algorithm of that object id. @throws Error where it is unknown or insecure */
export function signatureAlgorithm(oid: string): SignatureAlgorithm {
  const algorithm = ALGORITHMS[oid];
  if (algorithm) return algorithm;
  const insecure = INSECURE[oid];
  throw new Error(`x509: cannot verify signature: ${insecure ? `insecure algorithm ${insecure}` : 'algorithm unimplemented'}`);
}

export const keyKind = (key: KeyObject): SignatureAlgorithm['key'] => (key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec');

/** AlgorithmIdentifier as certificates carry it. */
export function algorithmIdentifier(wanted: SignatureAlgorithm): Asn1 {
  const [oid] = Object.entries(ALGORITHMS).find(([, { key, hash }]) => key === wanted.key && hash === wanted.hash)!;
  return wanted.key === 'rsa' ? sequence(objectId(oid), nothing()) : sequence(objectId(oid));
}

export const signDer = (der: Buffer, key: KeyObject, hash: Hash) => sign(hash, der, key);

export const verifyDer = (der: Buffer, signature: Buffer, key: KeyObject, hash: Hash) => verify(hash, der, key, signature);
