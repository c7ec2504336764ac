/** Who is calling, by bearer token. Checking a token costs far more than a read, so the outcome is kept until the Registry moves or the token's time is over. */
import { identityOf, type TenantLookup, UnknownTenant } from '../identity/claims.ts';
import type { Identity } from '../identity/identity.ts';
import { type Claims, type KeySource, TokenError, tokenOf, verifyToken } from '../identity/tokens.ts';
import type { Identified } from './gateway.ts';
import type { Outgoing } from './listener.ts';

export interface TokenIdentityOptions {
  readonly keys: KeySource;
  readonly tenants: TenantLookup;
  /** Moves with everything that identities depend on; undefined where that can't be known, then nothing is kept. */
  readonly sequence: () => number | undefined;
  readonly clock?: () => Date;
  /** Checks that depend on records: the client still exists, the caller may act on behalf of another. Throws a TokenError. */
  readonly admit?: (identity: Identity, claims: Claims) => Promise<void> | void;
}

const denied = (status: number, message: string, error: string, code: number): { readonly denied: Outgoing } => ({
  denied: {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify({ errors: [{ message, extensions: { error, error_code: code } }], data: null })}\n`,
  },
});

/** What a caller is told that is not let in (`reference: facts/security.md 1.3, 2.1`). */
export function denialOf(error: unknown): { readonly denied: Outgoing } {
  if (error instanceof TokenError) return denied(error.status, `Unauthorized [reason=${error.message}]`, 'Unauthorized', 26);
  if (error instanceof UnknownTenant) return denied(400, error.message, 'TenantNotFound', 25);
  throw error;
}

const KEPT = 1_000;

export function tokenIdentity({ keys, tenants, sequence, admit, clock = () => new Date() }: TokenIdentityOptions): (authorization: string | undefined) => Identified | Promise<Identified> {
  const kept = new Map<string, { readonly identified: Identified; readonly sequence: number; readonly until: number }>();

  async function identify(authorization: string | undefined): Promise<Identified> {
    const asOf = sequence();
    try {
      const claims = await verifyToken(tokenOf(authorization), keys, clock().getTime());
      const caller = await identityOf(claims, tenants);
      await admit?.(caller, claims);
      const identified = { caller };
      if (asOf !== undefined && authorization) {
        if (kept.size >= KEPT) kept.delete(kept.keys().next().value!);
        kept.set(authorization, { identified, sequence: asOf, until: (claims.exp ?? Infinity) * 1000 });
      }
      return identified;
    } catch (error) {
      return denialOf(error);
    }
  }

  return (authorization) => {
    const found = authorization === undefined ? undefined : kept.get(authorization);
    if (found && found.sequence === sequence() && found.until > clock().getTime()) return found.identified;
    return identify(authorization);
  };
}
