/** Who is calling, by bearer token. Checking a token costs far more than a read, so the outcome is kept until the Registry moves or the token's time is over. */
import { LRUCache } from 'lru-cache';
import { identityOf, inTenant, type TenantLookup } from '../identity/claims.ts';
import { AuthenticationError, Unauthenticated } from '../identity/errors.ts';
import type { Identity } from '../identity/identity.ts';
import type { KeySource } from '../identity/keys.ts';
import type { HeldToken } from '../identity/oauth-server.ts';
import { type Claims, tokenOf, verifyToken } from '../identity/tokens.ts';
import type { Identified } from './gateway.ts';
import type { Incoming, Outgoing } from './listener.ts';

export interface TokenIdentityOptions {
  readonly keys: KeySource;
  readonly tenants: TenantLookup;
  /** What a client of the plane's own token endpoint is let in as. Throws an AuthenticationError where it is gone. */
  readonly client: (id: string, scopes: readonly string[], tenant: string | undefined) => Promise<Identity>;
  /** Moves with everything that identities depend on; undefined where that can't be known, then nothing is kept. */
  readonly sequence: () => number | undefined;
  /** Whose a token is that no trusted key has signed, where an OAuth2 server outside of the plane gives out tokens. */
  readonly introspect?: (token: string) => Promise<HeldToken | undefined>;
  readonly clock?: () => Date;
  /** Checks that depend on records, such as whether the caller may act on behalf of another. Throws an AuthenticationError. */
  readonly admit?: (identity: Identity) => Promise<void> | void;
}

/** What a caller is told that is not let in (`reference: facts/security.md 1.3, 2.1`). */
export function denialOf(error: unknown): { readonly denied: Outgoing } {
  if (!(error instanceof AuthenticationError)) throw error;
  return { denied: { status: error.status, headers: { 'content-type': 'application/json' }, body: error.body } };
}

const KEPT = 1_000;
/** Milliseconds: so long a key that its issuer has withdrawn may still open something. */
const LONGEST_KEPT = 300_000;
/** Milliseconds for tokens of an outside server, which may end any of them. */
const OUTSIDE_KEPT = 30_000;
/** Whoever has an object of its own in the Director does not choose its tenant. */
const BOUND: ReadonlySet<string> = new Set(['Application', 'Runtime']);

/** Who a bearer token stands for, or what a caller without a good one is told. What was found is kept until the Registry moves, for at most `LONGEST_KEPT`. */
export function tokenIdentity(options: TokenIdentityOptions): (request: Pick<Incoming, 'headers'>) => Identified | Promise<Identified> {
  const { keys, tenants, client, sequence, admit, introspect, clock = () => new Date() } = options;
  const kept = new LRUCache<string, { readonly identified: Identified; readonly sequence: number; readonly until: number }>({ max: KEPT });

  /** Administrators of the plane are where they say. */
  const asNamed: TenantLookup = {
    byInternalID: (id) => tenants.byInternalID(id),
    async byExternalID(id) {
      const found = await tenants.byExternalID(id);
      return found && { id: found.id, externalId: found.externalId };
    },
  };

  async function callerOf(claims: Claims, own: boolean, tenant: string | undefined): Promise<Identity> {
    if (own && claims.client_id !== undefined) return client(claims.client_id, (claims.scopes ?? '').split(' '), tenant);
    const caller = await identityOf(claims, tenants);
    // the Tenant header speaks where the token leaves the tenant open, and for the administrator's own token
    const mayChoose = own || (!claims.tenant && !BOUND.has(caller.consumer.type));
    if (tenant === undefined || !mayChoose) return caller;
    return inTenant(caller, tenant, own ? asNamed : tenants);
  }

  /** Who holds the token, and until when that may be remembered, in milliseconds. */
  async function holderOf(token: string, tenant: string | undefined): Promise<{ readonly caller: Identity; readonly until: number }> {
    const now = clock().getTime();
    try {
      const { claims, own } = await verifyToken(token, keys, now);
      return { caller: await callerOf(claims, own, tenant), until: Math.min((claims.exp ?? Infinity) * 1000, now + LONGEST_KEPT) };
    } catch (error) {
      const held = error instanceof Unauthenticated ? await introspect?.(token) : undefined;
      if (!held) throw error;
      const until = Math.min((held.exp ?? Infinity) * 1000, now + OUTSIDE_KEPT);
      return { caller: await client(held.clientId, held.scopes, tenant), until };
    }
  }

  async function identify(authorization: string | undefined, tenant: string | undefined, key: string): Promise<Identified> {
    const asOf = sequence();
    try {
      const { caller, until } = await holderOf(tokenOf(authorization), tenant);
      await admit?.(caller);
      const identified = { caller };
      if (asOf !== undefined) kept.set(key, { identified, sequence: asOf, until });
      return identified;
    } catch (error) {
      return denialOf(error);
    }
  }

  return ({ headers }) => {
    const { authorization } = headers;
    const tenant = headers.tenant || undefined;
    const key = `${tenant ?? ''}\n${authorization ?? ''}`;
    const found = kept.get(key);
    if (found && found.sequence === sequence() && found.until > clock().getTime()) return found.identified;
    return identify(authorization, tenant, key);
  };
}
