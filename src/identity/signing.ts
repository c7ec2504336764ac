/** The plane's own signing keys: what it signs its tokens with, and the JWKS by which others check them. */
import { createPrivateKey, generateKeyPairSync, type JsonWebKey, randomUUID, sign } from 'node:crypto';
import { type PublicJwk, type TrustedKey, trustedKey } from './keys.ts';

/** A private JWK with its id. */
export interface SigningJwk extends JsonWebKey {
  readonly kid: string;
  readonly alg: 'ES256';
}

/** The first signs; the others are still trusted after a rotation. */
export type SigningKeys = readonly [SigningJwk, ...SigningJwk[]];

export function newSigningKey(): SigningJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256' };
}

/** A new key signs from now on; so many of the former ones are still trusted. */
export const rotated = (keys: SigningKeys, former = 1): SigningKeys => [newSigningKey(), ...keys.slice(0, former)];

export interface Signer {
  /** A signed token with these claims that lives for so many milliseconds. */
  issue(claims: Readonly<Record<string, unknown>>, lifetime: number): string;
  key(kid: string): TrustedKey | undefined;
  /** Public halves, newest first. */
  jwks(): { keys: PublicJwk[] };
}

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signerOf(keys: SigningKeys, clock: () => Date = () => new Date()): Signer {
  const [current] = keys;
  const privateKey = createPrivateKey({ key: current, format: 'jwk' });
  const known = new Map(keys.map((jwk) => [jwk.kid, trustedKey(jwk, true)]));
  return {
    issue(claims, lifetime) {
      const now = Math.floor(clock().getTime() / 1000);
      const header = { alg: current.alg, typ: 'JWT', kid: current.kid };
      const head = `${encode(header)}.${encode({ iat: now, exp: now + Math.ceil(lifetime / 1000), jti: randomUUID(), ...claims })}`;
      return `${head}.${sign('sha256', Buffer.from(head), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
    },
    key: (kid) => known.get(kid),
    jwks: () => ({ keys: keys.map(({ d: _private, ...open }) => ({ ...open, use: 'sig' })) }),
  };
}
