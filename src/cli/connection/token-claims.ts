/** What a bearer token says of itself; whether it holds is for those to judge who take it. */

export interface TokenClaims {
  readonly scopes: readonly string[] | null;
  /** ISO 8601. */
  readonly expires: string | null;
}

const UNKNOWN: TokenClaims = { scopes: null, expires: null };

/** Nothing is known of tokens that are no JWT. */
export function claimsOf(token: string | undefined): TokenClaims {
  const body = token?.split('.')[1];
  if (body === undefined) return UNKNOWN;
  try {
    const { scopes, exp } = Object(JSON.parse(Buffer.from(body, 'base64url').toString('utf8'))) as { scopes?: unknown; exp?: unknown };
    return {
      scopes: typeof scopes === 'string' ? scopes.split(' ').filter(Boolean) : null,
      expires: typeof exp === 'number' ? new Date(exp * 1000).toISOString() : null,
    };
  } catch {
    return UNKNOWN;
  }
}
