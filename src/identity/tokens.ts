/** Bearer tokens: whose they are, and the wire's words for what is wrong with them (`reference: facts/security.md 2.1`). */
import { constants, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';

/** The claims that count; what else a token says is ignored. */
export interface Claims {
  readonly scopes?: string;
  readonly tenant?: string;
  readonly consumerID?: string;
  readonly consumerType?: string;
  readonly flow?: string;
  readonly onBehalfOf?: string;
  readonly region?: string;
  readonly tokenClientID?: string;
  readonly subject?: string;
  readonly exp?: number;
  readonly nbf?: number;
  readonly iat?: number;
  readonly jti?: string;
  readonly iss?: string;
  /** Id of the system auth that our own token endpoint made the token for. */
  readonly client_id?: string;
}

export interface PublicJwk extends JsonWebKey {
  readonly kid?: string;
  readonly alg?: string;
}

/** A key that tokens may be signed with. */
export interface TrustedKey {
  readonly alg: string;
  readonly key: KeyObject;
}

/** Finds a trusted key; may look again at its source for a key it does not know. */
export type KeySource = (kid: string) => TrustedKey | undefined | Promise<TrustedKey | undefined>;

/** Why a caller is not let in. The text goes on the wire. */
export class TokenError extends Error {
  override readonly name = 'TokenError';
  constructor(
    message: string,
    readonly status: 400 | 401 = 401,
  ) {
    super(message);
  }
}

const ALGORITHMS: Readonly<Record<string, { hash: string | null; type: string; pss?: boolean }>> = {
  RS256: { hash: 'sha256', type: 'rsa' },
  RS384: { hash: 'sha384', type: 'rsa' },
  RS512: { hash: 'sha512', type: 'rsa' },
  PS256: { hash: 'sha256', type: 'rsa', pss: true },
  PS384: { hash: 'sha384', type: 'rsa', pss: true },
  PS512: { hash: 'sha512', type: 'rsa', pss: true },
  ES256: { hash: 'sha256', type: 'ec' },
  ES384: { hash: 'sha384', type: 'ec' },
  ES512: { hash: 'sha512', type: 'ec' },
  EdDSA: { hash: null, type: 'ed25519' },
};
const SYMMETRIC = new Set(['HS256', 'HS384', 'HS512']);
const MAX_TOKEN = 64 * 1024;

const DEFAULT_ALG: Readonly<Record<string, string>> = { RSA: 'RS256', EC: 'ES256', OKP: 'EdDSA' };

/** A key of a JWKS, or undefined where it is none that signs tokens. */
export function trustedKey(jwk: PublicJwk): TrustedKey | undefined {
  const alg = jwk.alg ?? DEFAULT_ALG[jwk.kty ?? ''];
  if (!alg || !ALGORITHMS[alg]) return undefined;
  const { d: _private, ...open } = jwk;
  return { alg, key: createPublicKey({ key: open, format: 'jwk' }) };
}

const TEXT_CLAIMS = ['scopes', 'tenant', 'consumerID', 'consumerType', 'flow', 'onBehalfOf', 'region', 'tokenClientID', 'subject', 'iss', 'jti', 'client_id'] as const;
const NUMBER_CLAIMS = ['exp', 'nbf', 'iat'] as const;

function decodePart(part: string): unknown {
  const text = Buffer.from(part.replace(/=+$/, ''), 'base64url').toString('utf8');
  return JSON.parse(text);
}

function claimsOf(part: string): Claims {
  let claims: Record<string, unknown>;
  try {
    claims = decodePart(part) as Record<string, unknown>;
  } catch {
    throw new TokenError('while unmarshaling token claims:: json: the claims are no JSON');
  }
  if (claims === null || typeof claims !== 'object' || Array.isArray(claims)) throw new TokenError('while unmarshaling token claims:: json: the claims are no object');
  const wrong = (name: string, wanted: string) => new TokenError(`while unmarshaling token claims:: json: cannot unmarshal field ${name} into ${wanted}`);
  for (const name of TEXT_CLAIMS) if (claims[name] !== undefined && claims[name] !== null && typeof claims[name] !== 'string') throw wrong(name, 'a text');
  for (const name of NUMBER_CLAIMS) if (claims[name] !== undefined && claims[name] !== null && !Number.isInteger(claims[name])) throw wrong(name, 'a whole number');
  if (claims.aud !== undefined && claims.aud !== null && !Array.isArray(claims.aud)) throw wrong('aud', 'a list of texts');
  return claims as Claims;
}

function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return h > 0 ? `${h}h${m}m${s}s` : m > 0 ? `${m}m${s}s` : `${s}s`;
}

/** Of several faults of time the last is told. */
function timeFault({ exp, iat, nbf }: Claims, now: number): string | undefined {
  let fault: string | undefined;
  if (exp && exp < now) fault = `token is expired by ${duration(now - exp)}`;
  if (iat && iat > now + 1) fault = 'Token used before issued';
  if (nbf && nbf > now) fault = 'token is not valid yet';
  return fault;
}

function signatureHolds(alg: string, key: KeyObject, signed: string, signature: string): boolean {
  const { hash, pss, type } = ALGORITHMS[alg]!;
  const options = pss ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } : type === 'ec' ? { key, dsaEncoding: 'ieee-p1363' as const } : key;
  try {
    return verify(hash, Buffer.from(signed), options, Buffer.from(signature.replace(/=+$/, ''), 'base64url'));
  } catch {
    return false;
  }
}

/** The token in an Authorization header: the prefix may be missing. @throws TokenError */
export function tokenOf(authorization: string | undefined): string {
  if (!authorization) throw new TokenError('invalid bearer token', 400);
  if (authorization.startsWith('bearer ')) throw new TokenError("tokenstring should not contain 'bearer '");
  return authorization.startsWith('Bearer ') ? authorization.slice('Bearer '.length) : authorization;
}

/** The claims of a token that a trusted key has signed and whose time is right. `now` in milliseconds. @throws TokenError */
export async function verifyToken(token: string, keys: KeySource, now: number): Promise<Claims> {
  const parts = token.split('.');
  if (parts.length !== 3 || token.length > MAX_TOKEN) throw new TokenError('token contains an invalid number of segments');
  const [head, body, signature] = parts as [string, string, string];
  let header: { alg?: unknown; kid?: unknown };
  try {
    header = decodePart(head) as typeof header;
  } catch {
    throw new TokenError('illegal base64 data or JSON in the token header');
  }
  if (header === null || typeof header !== 'object') throw new TokenError('illegal base64 data or JSON in the token header');
  const claims = claimsOf(body);
  const { alg, kid } = header;
  if (typeof alg !== 'string' || alg === '') throw new TokenError('signing method (alg) is unspecified.');
  if (alg === 'none') throw new TokenError(signature === '' ? 'unexpected signing method: none' : "'none' signing method with non-empty signature");
  if (SYMMETRIC.has(alg)) throw new TokenError(`unexpected signing method: ${alg}`);
  if (!ALGORITHMS[alg]) throw new TokenError('signing method (alg) is unavailable.');
  const key = typeof kid === 'string' ? await keys(kid) : undefined;
  if (alg !== 'RS256' && key?.alg !== alg) throw new TokenError(`unexpected signing method: ${alg}`);
  if (kid === undefined) throw new TokenError('while getting the key ID: Internal Server Error: unable to find the key ID in the token');
  if (typeof kid !== 'string') throw new TokenError('while getting the key ID: Internal Server Error: unable to cast the key ID to a string');
  if (!key) throw new TokenError(`the key does not exist in the source object [key=${kid}]`);
  if (key.alg !== alg) throw new TokenError(`unexpected signing method: ${alg}`);
  const late = timeFault(claims, Math.floor(now / 1000));
  if (late) throw new TokenError(late);
  if (!signatureHolds(alg, key.key, `${head}.${body}`, signature)) throw new TokenError('crypto/rsa: verification error');
  return claims;
}
