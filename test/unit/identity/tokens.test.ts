import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AuthenticationError } from '../../../src/identity/errors.ts';
import { type KeySource, trustedKey } from '../../../src/identity/keys.ts';
import { newSigningKey, rotated, signerOf } from '../../../src/identity/signing.ts';
import { tokenOf, verifyToken } from '../../../src/identity/tokens.ts';

const NOW = Date.UTC(2026, 0, 1);
const SECONDS = NOW / 1000;
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = (key: KeyObject, more: object) => ({ ...key.export({ format: 'jwk' }), ...more });

const known = new Map([
  ['rsa', trustedKey(jwk(rsa.publicKey, { alg: 'RS256' }))],
  ['pss', trustedKey(jwk(rsa.publicKey, { alg: 'PS256' }))],
  ['ec', trustedKey(jwk(p256.publicKey, {}))],
]);
const keys: KeySource = (kid) => known.get(kid);

type Signing = (text: string) => Buffer;
const byRsa: Signing = (text) => sign('sha256', Buffer.from(text), rsa.privateKey);
const byEc: Signing = (text) => sign('sha256', Buffer.from(text), { key: p256.privateKey, dsaEncoding: 'ieee-p1363' });

function token(header: object, claims: object, signing: Signing): string {
  const head = `${encode(header)}.${encode(claims)}`;
  return `${head}.${signing(head).toString('base64url')}`;
}

async function faultOf(text: string): Promise<string> {
  const error: unknown = await verifyToken(text, keys, NOW).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof AuthenticationError ? `${error.status} ${/reason=(.*)\]$/s.exec(error.message)?.[1]}` : String(error);
}

describe('a token', () => {
  it('is taken when the key that its header names has signed it', async () => {
    const claims = { scopes: 'a b', consumerID: 'x' };
    await expect(verifyToken(token({ alg: 'RS256', kid: 'rsa' }, claims, byRsa), keys, NOW)).resolves.toEqual({ claims, own: false });
    await expect(verifyToken(token({ alg: 'ES256', kid: 'ec' }, claims, byEc), keys, NOW)).resolves.toEqual({ claims, own: false });
  });

  it('is refused when anything in it was changed', async () => {
    const [head, , signature] = token({ alg: 'RS256', kid: 'rsa' }, { scopes: 'a' }, byRsa).split('.');
    expect(await faultOf(`${head}.${encode({ scopes: 'ory_internal' })}.${signature}`)).toBe('401 crypto/rsa: verification error');
  });

  it('that was taken before is refused when anything in it was changed, its time is over or its key is another', async () => {
    const taken = token({ alg: 'RS256', kid: 'rsa' }, { scopes: 'a', exp: SECONDS + 10 }, byRsa);
    await verifyToken(taken, keys, NOW);
    const [head, , signature] = taken.split('.');
    expect(await faultOf(`${head}.${encode({ scopes: 'b' })}.${signature}`)).toBe('401 crypto/rsa: verification error');
    await expect(verifyToken(taken, keys, NOW + 12_000)).rejects.toThrow('token is expired');
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const replaced = trustedKey({ ...publicKey.export({ format: 'jwk' }), kid: 'rsa', alg: 'RS256' });
    await expect(verifyToken(taken, () => replaced, NOW)).rejects.toThrow('verification error');
    await expect(verifyToken(taken, keys, NOW)).resolves.toBeDefined();
  });

  it('cannot choose how its key is used', async () => {
    const secret = rsa.publicKey.export({ type: 'spki', format: 'pem' });
    const bySecret: Signing = (text) => createHmac('sha256', secret).update(text).digest();
    expect(await faultOf(token({ alg: 'HS256', kid: 'rsa' }, {}, bySecret))).toBe('401 unexpected signing method: HS256');
    expect(await faultOf(token({ alg: 'RS256', kid: 'pss' }, {}, byRsa))).toBe('401 unexpected signing method: RS256');
    expect(await faultOf(token({ alg: 'ES256', kid: 'rsa' }, {}, byEc))).toBe('401 unexpected signing method: ES256');
    expect(await faultOf(`${encode({ alg: 'none' })}.${encode({})}.`)).toBe('401 unexpected signing method: none');
  });

  it('tells the fault that comes first in the order of the wire', async () => {
    expect(await faultOf('a.b')).toBe('401 token contains an invalid number of segments');
    expect(await faultOf(`!.${encode({})}.`)).toBe('401 illegal base64 data');
    expect(await faultOf(token({ alg: 'XS1' }, { exp: 'tomorrow' }, byRsa))).toContain('cannot unmarshal exp');
    expect(await faultOf(token({ alg: 'XS1' }, { exp: 1 }, byRsa))).toBe('401 signing method (alg) is unavailable.');
    expect(await faultOf(token({ alg: 'RS256', kid: 'other' }, { exp: 1 }, byRsa))).toBe(
      '401 the key does not exist in the source object [key=other]',
    );
    expect(await faultOf(token({ alg: 'RS256', kid: 'rsa' }, { exp: 1 }, byEc))).toContain('401 token is expired by');
  });

  it('has its time checked, the latest fault first', async () => {
    const header = { alg: 'RS256', kid: 'rsa' };
    expect(await faultOf(token(header, { exp: SECONDS - 3_661 }, byRsa))).toBe('401 token is expired by 1h1m1s');
    expect(await faultOf(token(header, { exp: SECONDS - 1, iat: SECONDS + 60 }, byRsa))).toBe('401 Token used before issued');
    expect(await faultOf(token(header, { exp: SECONDS - 1, iat: SECONDS + 60, nbf: SECONDS + 1 }, byRsa))).toBe(
      '401 token is not valid yet',
    );
  });

  it('comes with the word Bearer, in that case', async () => {
    expect(tokenOf('Bearer x.y.z')).toBe('x.y.z');
    expect(() => tokenOf('x.y.z')).toThrow('invalid bearer token');
    expect(tokenOf('Basic dTpw')).toBe('Basic dTpw');
    expect(() => tokenOf('')).toThrow('invalid bearer token');
    expect(await faultOf(tokenOf('bearer a.b.c'))).toBe("401 tokenstring should not contain 'bearer '");
  });
});

describe('keys', () => {
  it('are taken for tokens alone, and for what their kind can do', () => {
    expect(trustedKey(jwk(rsa.publicKey, { use: 'enc' }))).toBeUndefined();
    expect(trustedKey(jwk(p256.publicKey, { alg: 'ES384' }))).toBeUndefined();
    expect(trustedKey({ kty: 'oct', k: 'c2VjcmV0', alg: 'HS256' })).toBeUndefined();
    expect(trustedKey({ kty: 'RSA', n: 'x', alg: 'RS256' })).toBeUndefined();
  });
});

describe('our own signing keys', () => {
  const clock = () => new Date(NOW);

  it('sign tokens that are known as our own, and show public halves alone', async () => {
    const signer = signerOf([newSigningKey()], clock);
    const { claims, own } = await verifyToken(signer.issue({ client_id: 'c' }, 1_000), (kid) => signer.key(kid), NOW);
    expect(own).toBe(true);
    expect(claims).toMatchObject({ client_id: 'c', exp: SECONDS + 1 });
    expect(signer.jwks().keys[0]).not.toHaveProperty('d');
  });

  it('are trusted for a while after a rotation', async () => {
    const first = [newSigningKey()] as const;
    const issued = signerOf(first, clock).issue({}, 1_000);
    const second = rotated(first, { trustedFor: 1_000 }, new Date(NOW));
    const once = signerOf(second, clock);
    const twice = signerOf(rotated(second, { trustedFor: 1_000 }, new Date(NOW + 1_000)), clock);
    await expect(verifyToken(issued, (kid) => once.key(kid), NOW)).resolves.toMatchObject({ own: true });
    await expect(verifyToken(issued, (kid) => twice.key(kid), NOW)).rejects.toThrow('unexpected signing method: ES256');
  });
});
