/** Keys that tokens are checked with, and the algorithms that each of them may be used for. */
import { constants, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';

export interface PublicJwk extends JsonWebKey {
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
}

/** A key that tokens may be signed with. */
export interface TrustedKey {
  readonly alg: string;
  readonly key: KeyObject;
  /** Whether it is the plane's own: only its tokens name clients and leave the tenant to the request. */
  readonly own: boolean;
}

/** Finds a trusted key; may look again at its source for a key it does not know. */
export type KeySource = (kid: string) => TrustedKey | undefined | Promise<TrustedKey | undefined>;

interface Algorithm {
  readonly kty: string;
  /** Null where the algorithm brings its own. */
  readonly hash: string | null;
  readonly crv?: string;
  readonly pss?: boolean;
}

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  RS256: { kty: 'RSA', hash: 'sha256' },
  RS384: { kty: 'RSA', hash: 'sha384' },
  RS512: { kty: 'RSA', hash: 'sha512' },
  PS256: { kty: 'RSA', hash: 'sha256', pss: true },
  PS384: { kty: 'RSA', hash: 'sha384', pss: true },
  PS512: { kty: 'RSA', hash: 'sha512', pss: true },
  ES256: { kty: 'EC', hash: 'sha256', crv: 'P-256' },
  ES384: { kty: 'EC', hash: 'sha384', crv: 'P-384' },
  ES512: { kty: 'EC', hash: 'sha512', crv: 'P-521' },
  EdDSA: { kty: 'OKP', hash: null, crv: 'Ed25519' },
};

export const isKnownAlgorithm = (alg: string): boolean => Object.hasOwn(ALGORITHMS, alg);

const fits = (jwk: PublicJwk, { kty, crv }: Algorithm) => jwk.kty === kty && (crv === undefined || jwk.crv === crv);

/** The public half of a key of a JWKS, or undefined where it is none that signs tokens. Without `alg` the key's kind tells. */
export function trustedKey(jwk: PublicJwk, own = false): TrustedKey | undefined {
  const alg = jwk.alg ?? Object.keys(ALGORITHMS).find((name) => fits(jwk, ALGORITHMS[name]!));
  if (alg === undefined || !isKnownAlgorithm(alg) || !fits(jwk, ALGORITHMS[alg]!)) return undefined;
  if (jwk.use !== undefined && jwk.use !== 'sig') return undefined;
  const { d: _private, ...open } = jwk;
  try {
    return { alg, key: createPublicKey({ key: open, format: 'jwk' }), own };
  } catch {
    return undefined;
  }
}

/** Whether the key has made the signature. */
export function signatureHolds({ alg, key }: TrustedKey, signed: string, signature: Buffer): boolean {
  const { hash, pss, kty } = ALGORITHMS[alg]!;
  const how = pss
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : kty === 'EC'
      ? { dsaEncoding: 'ieee-p1363' as const }
      : {};
  return verify(hash, Buffer.from(signed), { key, ...how }, signature);
}
