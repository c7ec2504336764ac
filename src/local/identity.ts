/** The identity side of a plane, composed: whose tokens are taken, who clients are, and where tokens are issued. */
import { checkOnBehalfOf } from '../director/consumer/on-behalf-of.ts';
import type { Director } from '../director/director.ts';
import { DirectorError } from '../director/errors.ts';
import { oauthClient } from '../director/system-auth/oauth-clients.ts';
import { systemAuths } from '../director/system-auth/records.ts';
import type { Directory } from '../gateway/directory.ts';
import type { Mount } from '../gateway/gateway.ts';
import { tokenIdentity } from '../gateway/identify.ts';
import { oauthClients } from '../gateway/oauth-clients.ts';
import { AuthenticationError } from '../identity/errors.ts';
import { jwksEndpoint, tokenEndpoint } from '../identity/http.ts';
import type { Identity } from '../identity/identity.ts';
import type { KeySource } from '../identity/keys.ts';
import type { OAuthServer } from '../identity/oauth-server.ts';
import type { Signer } from '../identity/signing.ts';
import { createThrottle } from '../identity/throttle.ts';

/** Milliseconds. */
const ACCESS_TOKEN_LIFETIME = 15 * 60_000;

/** Lets nobody act for another tenant than those that subscribed. */
export const admission =
  (director: Director) =>
  async (caller: Identity): Promise<void> => {
    if (!caller.onBehalfOf) return;
    try {
      await checkOnBehalfOf(director.callFor(caller, director.registry.latest));
    } catch (error) {
      throw error instanceof DirectorError ? new AuthenticationError(error.message, 401, error.extensions) : error;
    }
  };

/** Who holds a bearer token. A client of the plane's own endpoint is looked up with each use: one that is gone is out at once. */
export const bearers = (director: Director, directory: Directory, signer: Signer, trusted: KeySource | undefined) =>
  tokenIdentity({
    keys: (kid) => signer.key(kid) ?? trusted?.(kid),
    tenants: { byInternalID: (id) => directory.tenantByInternalID(id), byExternalID: (id) => directory.tenantByExternalID(id) },
    client: oauthClients(directory),
    sequence: () => director.registry.sequence,
    admit: admission(director),
    ...(director.oauthServer ? { introspect: (token: string) => director.oauthServer!.introspect(token) } : {}),
  });

/** Clients end at the outside server too when their auths end, with whatever these belonged to. */
export function followRemovals({ registry, report }: Director, server: OAuthServer): () => void {
  return registry.watch(({ changes }) => {
    const gone = changes.filter(({ collection, kind }) => collection === systemAuths.name && kind === 'delete');
    for (const { id } of gone)
      server.deleteClient(id).catch((error: Error) => {
        // auths that were tokens or certificates alone had no client
        if (!error.message.endsWith(' 404 Not Found'))
          report?.('a client stays at the OAuth2 server', { client: id, error: error.message });
      });
  });
}

/** `/oauth2/token`, unless another server gives out tokens, and `/.well-known/jwks.json`. */
export function identityMounts({ registry, oauthServer }: Director, signer: Signer): readonly Mount[] {
  const published: Mount = { base: '/.well-known/jwks.json', needsCredential: () => false, answer: jwksEndpoint(signer) };
  if (oauthServer) return [published];
  const issue = tokenEndpoint({
    client: (id) => oauthClient(registry.latest, id),
    issue: (claims, lifetime) => signer.issue(claims, lifetime),
    lifetime: ACCESS_TOKEN_LIFETIME,
    throttle: createThrottle(),
  });
  return [{ base: '/oauth2/token', needsCredential: () => false, answer: issue }, published];
}
