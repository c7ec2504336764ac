/** Clients of the plane's own token endpoint: what they are let in as is looked up with each request, so that one that is gone is out at once. */
import { Unauthenticated, UnknownTenant } from '../identity/errors.ts';
import { NOBODY, type Identity } from '../identity/identity.ts';
import type { Directory } from './directory.ts';
import { authSession } from './session.ts';

/** @throws Unauthenticated where the client is gone, UnknownTenant where the request names a tenant that is not its own */
export const oauthClients =
  (directory: Directory) =>
  async (id: string, scopes: readonly string[], tenant: string | undefined): Promise<Identity> => {
    const auth = await directory.oauthClient(id);
    if (!auth) throw new Unauthenticated('the client of the token does not exist any more');
    const session = await authSession(directory, auth, tenant, 'OAuth2', scopes);
    if (session?.foreignTenant !== undefined) throw new UnknownTenant(session.foreignTenant);
    return session?.identity ?? NOBODY;
  };
