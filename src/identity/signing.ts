/** The plane's own signing keys: what it signs its tokens with, and the JWKS by which others check them. */
import { createPrivateKey, generateKeyPairSync, type JsonWebKey, randomUUID, sign } from 'node:crypto';
import { type PublicJwk, type TrustedKey, trustedKey } from './keys.ts';

/** A private JWK with its id. */
export interface SigningJwk extends JsonWebKey {
  readonly kid: string;
  readonly alg: 'ES256';
  /** ISO 8601: since when it has signed. */
  readonly madeAt?: string;
}

/** Newest first. The first signs; the others are still trusted after a rotation. */
export type SigningKeys = readonly [SigningJwk, ...SigningJwk[]];

export interface Rotation {
  /** Milliseconds after which another key takes over. */
  readonly signsFor: number;
  /** Milliseconds for which a key is trusted after that: as long as the longest token lives. */
  readonly trustedFor: number;
}

export function newSigningKey(now: Date = new Date()): SigningJwk {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), alg: 'ES256', madeAt: now.toISOString() };
}

/** A key of which nobody knows when it was made counts as an old one. */
const madeAt = (key: SigningJwk) => Date.parse(key.madeAt ?? '1970-01-01T00:00:00Z');

/** Whether the key that signs has done so for long enough. */
export const isRotationDue = ([current]: SigningKeys, { signsFor }: Rotation, now: Date): boolean =>
  now.getTime() - madeAt(current) >= signsFor;

/** A new key signs from now on; the former ones are trusted until the last token that they signed is out of time. */
export function rotated(keys: SigningKeys, { trustedFor }: Pick<Rotation, 'trustedFor'>, now: Date = new Date()): SigningKeys {
  const next = newSigningKey(now);
  const former = keys.filter((_, index) => now.getTime() - madeAt(index === 0 ? next : keys[index - 1]!) < trustedFor);
  return [next, ...former];
}

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
    jwks: () => ({ keys: keys.map(({ d: _private, madeAt: _time, ...open }) => ({ ...open, use: 'sig' })) }),
  };
}
