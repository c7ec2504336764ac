/** Bearer tokens: read, and checked in the order and with the words of the wire (`reference: facts/security.md 2.1`). */
import { LRUCache } from 'lru-cache';
import { isObject } from '../text/json.ts';
import { Unauthenticated } from './errors.ts';
import { isKnownAlgorithm, type KeySource, signatureHolds, type TrustedKey } from './keys.ts';

const TEXT_CLAIMS = [
  'scopes',
  'tenant',
  'consumerID',
  'consumerType',
  'flow',
  'onBehalfOf',
  'region',
  'tokenClientID',
  'subject',
  'zid',
  'iss',
  'sub',
  'jti',
  'client_id',
] as const;
const NUMBER_CLAIMS = ['exp', 'nbf', 'iat'] as const;

/** The claims that are looked at; what else a token says is ignored. Times are in seconds, `client_id` is the client that the token was issued to. */
export type Claims = Readonly<Partial<Record<(typeof TEXT_CLAIMS)[number], string> & Record<(typeof NUMBER_CLAIMS)[number], number>>>;

export interface VerifiedToken {
  readonly claims: Claims;
  /** Whether the plane issued it itself. */
  readonly own: boolean;
}

const LONGEST_TOKEN = 64 * 1024;
const THREE_PARTS = /^[^\s.]*\.[^\s.]*\.[^\s.]*$/;
const BASE64URL = /^[A-Za-z0-9_-]*={0,2}$/;

function decode(part: string): Buffer {
  if (!BASE64URL.test(part)) throw new Unauthenticated('illegal base64 data');
  return Buffer.from(part, 'base64url');
}

function objectIn(part: string, name: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(decode(part).toString('utf8'));
  } catch (error) {
    throw error instanceof Unauthenticated ? error : new Unauthenticated(`the ${name} of the token are not JSON`);
  }
  if (!isObject(value)) throw new Unauthenticated(`the ${name} of the token are not a JSON object`);
  return value;
}

function claimsIn(part: string): Claims {
  const given = objectIn(part, 'claims');
  const claims: Record<string, unknown> = {};
  const take = (name: string, fits: (value: unknown) => boolean, wanted: string) => {
    const value = given[name];
    if (value === undefined || value === null) return;
    if (!fits(value)) throw new Unauthenticated(`while unmarshaling token claims:: json: cannot unmarshal ${name}: it must be ${wanted}`);
    claims[name] = value;
  };
  for (const name of TEXT_CLAIMS) take(name, (value) => typeof value === 'string', 'a text');
  for (const name of NUMBER_CLAIMS) take(name, Number.isSafeInteger, 'a whole number of seconds');
  take('aud', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'), 'a list of texts');
  return claims as Claims;
}

/** Such as `1h2m3s`. */
function durationText(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return hours > 0 ? `${hours}h${minutes}m${rest}s` : minutes > 0 ? `${minutes}m${rest}s` : `${rest}s`;
}

/** Of several faults the last is told. Clocks may differ by a second, which is how exactly times of issue are written. */
function timeFault({ exp, iat, nbf }: Claims, now: number): string | undefined {
  if (nbf && nbf > now) return 'token is not valid yet';
  if (iat && iat > now + 1) return 'Token used before issued';
  return exp && exp < now ? `token is expired by ${durationText(now - exp)}` : undefined;
}

/**
 * The token in an Authorization header. The reference takes tokens without the word Bearer, too; here they are refused (docs/deviations.md),
 * and what is no token anyway is left to be told of in the words of the wire.
 * @throws Unauthenticated
 */
export function tokenOf(authorization: string | undefined): string {
  if (!authorization) throw new Unauthenticated('invalid bearer token', 400);
  if (authorization.startsWith('Bearer ')) return authorization.slice('Bearer '.length);
  if (THREE_PARTS.test(authorization)) throw new Unauthenticated('invalid bearer token');
  return authorization;
}

/** The trusted key that the header of a token names, for the algorithm that it names. */
async function keyFor({ alg, kid }: Readonly<Record<string, unknown>>, signature: string, keys: KeySource): Promise<TrustedKey> {
  if (typeof alg !== 'string' || alg === '') throw new Unauthenticated('signing method (alg) is unspecified.');
  if (alg === 'none')
    throw new Unauthenticated(signature === '' ? 'unexpected signing method: none' : "'none' signing method with non-empty signature");
  if (/^HS(256|384|512)$/.test(alg)) throw new Unauthenticated(`unexpected signing method: ${alg}`);
  if (!isKnownAlgorithm(alg)) throw new Unauthenticated('signing method (alg) is unavailable.');
  const key = typeof kid === 'string' ? await keys(kid) : undefined;
  if (key?.alg === alg) return key;
  if (alg !== 'RS256' || key) throw new Unauthenticated(`unexpected signing method: ${alg}`);
  const lead = 'while getting the key ID: Internal Server Error: unable to';
  if (kid === undefined) throw new Unauthenticated(`${lead} find the key ID in the token`);
  if (typeof kid !== 'string') throw new Unauthenticated(`${lead} cast the key ID to a string`);
  throw new Unauthenticated(`the key does not exist in the source object [key=${kid}]`);
}

interface Held {
  readonly kid: string;
  readonly key: TrustedKey;
  readonly claims: Claims;
}

const KEPT = 1_000;
/** Tokens whose signatures held: they do so as long as the key is trusted, and finding it out costs more than a whole read. */
const held = new LRUCache<string, Held>({ max: KEPT });

function checkTime(claims: Claims, now: number): void {
  const fault = timeFault(claims, Math.floor(now / 1000));
  if (fault !== undefined) throw new Unauthenticated(fault);
}

/** What a token says that a trusted key has signed and whose time is right. `now` in milliseconds. @throws Unauthenticated */
export async function verifyToken(token: string, keys: KeySource, now: number): Promise<VerifiedToken> {
  const known = held.get(token);
  if (known && (await keys(known.kid)) === known.key) {
    checkTime(known.claims, now);
    return { claims: known.claims, own: known.key.own };
  }
  const parts = token.length > LONGEST_TOKEN ? [] : token.split('.');
  const [head, body, signature] = parts;
  if (head === undefined || body === undefined || signature === undefined || parts.length > 3)
    throw new Unauthenticated('token contains an invalid number of segments');
  if (/^bearer /i.test(head)) throw new Unauthenticated("tokenstring should not contain 'bearer '");
  const header = objectIn(head, 'header fields');
  const claims = claimsIn(body);
  const key = await keyFor(header, signature, keys);
  checkTime(claims, now);
  if (!signatureHolds(key, `${head}.${body}`, decode(signature))) throw new Unauthenticated('crypto/rsa: verification error');
  held.set(token, { kid: header.kid as string, key, claims });
  return { claims, own: key.own };
}
