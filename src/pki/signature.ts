/** Signatures over DER structures, and the names that their algorithms have in certificates. */
import { sign, verify, type KeyObject } from 'node:crypto';
import { nothing, objectId, sequence, type Asn1 } from './asn1.ts';

export type Hash = 'sha256' | 'sha384' | 'sha512';

export interface SignatureAlgorithm {
  readonly key: 'rsa' | 'ec' | 'ed25519';
  readonly hash: Hash;
}

const ALGORITHMS: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.113549.1.1.11': { key: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { key: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { key: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { key: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { key: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { key: 'ec', hash: 'sha512' },
  '1.3.101.112': { key: 'ed25519', hash: 'sha256' },
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

/** @throws Error for keys that cannot sign */
export function keyKind({ asymmetricKeyType: type }: KeyObject): SignatureAlgorithm['key'] {
  if (type === 'rsa' || type === 'ec' || type === 'ed25519') return type;
  throw new Error('x509: cannot verify signature: algorithm unimplemented');
}

/** Ed25519 does its own hashing, whatever hash stands beside it. */
const digest = (key: KeyObject, hash: Hash) => (keyKind(key) === 'ed25519' ? null : hash);

/** AlgorithmIdentifier as certificates carry it. */
export function algorithmIdentifier(wanted: SignatureAlgorithm): Asn1 {
  const [oid] = Object.entries(ALGORITHMS).find(([, { key, hash }]) => key === wanted.key && hash === wanted.hash)!;
  return wanted.key === 'rsa' ? sequence(objectId(oid), nothing()) : sequence(objectId(oid));
}

export const signDer = (der: Buffer, key: KeyObject, hash: Hash) => sign(digest(key, hash), der, key);

export const verifyDer = (der: Buffer, signature: Buffer, key: KeyObject, hash: Hash) => verify(digest(key, hash), der, key, signature);
