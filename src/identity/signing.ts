/** The plane's own signing keys: what it signs its tokens with, and the JWKS by which others check them. */
import { createPrivateKey, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID, sign } from 'node:crypto';
import { type PublicJwk, type TrustedKey, trustedKey } from './tokens.ts';

/** A private JWK with its id; the first of a list signs, the others are still trusted after a rotation. */
export interface SigningJwk extends JsonWebKey {
  readonly kid: string;
  readonly alg: 'ES256';
}

export function newSigningKey(): SigningJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256' };
}

export interface Signer {
  /** A signed token with these claims that lives for so many milliseconds. */
  issue(claims: Readonly<Record<string, unknown>>, lifetime: number): string;
  key(kid: string): TrustedKey | undefined;
  /** Public halves, newest first. */
  jwks(): { keys: PublicJwk[] };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signerOf(keys: readonly [SigningJwk, ...SigningJwk[]], clock: () => Date = () => new Date()): Signer {
  const [current] = keys;
  const privateKey: KeyObject = createPrivateKey({ key: current, format: 'jwk' });
  const known = new Map(keys.map((jwk) => [jwk.kid, trustedKey(jwk)!]));
  return {
    issue(claims, lifetime) {
      const now = Math.floor(clock().getTime() / 1000);
      const head = `${encode({ alg: current.alg, typ: 'JWT', kid: current.kid })}.${encode({ iat: now, exp: now + Math.ceil(lifetime / 1000), jti: randomUUID(), ...claims })}`;
      return `${head}.${sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    },
    key: (kid) => known.get(kid),
    jwks: () => ({ keys: keys.map(({ d: _private, ...open }) => ({ ...open, use: 'sig' })) }),
  };
}
