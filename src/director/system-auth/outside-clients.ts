/** Clients of an OAuth2 server outside of the plane: each comes and goes with its system auth (`reference: facts/security.md 6.2, 6.3`). */
import { CONSUMER_SCOPES } from '../../identity/scopes.ts';
import { type NewClient, type OAuthServer, OAuthServerFailure } from '../../identity/oauth-server.ts';
import type { WriteCall } from '../call.ts';
import type { DirectorContext } from '../context.ts';
import { DirectorError, notUnique, unclassified } from '../errors.ts';
import { canonicalUUID, isUUID } from '../../text/uuid.ts';
import { requireClientOwner } from './client-credentials.ts';
import { CONSUMER_KIND } from './oauth-clients.ts';
import { type SystemAuthOwnerKind, type SystemAuthRecord, systemAuths } from './records.ts';
import { createSystemAuth, deleteSystemAuth, requireOwnSystemAuth } from './rules.ts';

const TITLES = { application: 'Application', runtime: 'Runtime', integrationSystem: 'Integration System' } as const;
const NOBODYS_ID = '00000000-0000-0000-0000-000000000000';

/** What the server refuses is told as the wire does; `lead` goes before its words. */
const told =
  (lead = '') =>
  (error: unknown): never => {
    throw error instanceof OAuthServerFailure ? unclassified(`${lead}${error.message}`) : error;
  };

async function keep(
  call: WriteCall,
  owner: SystemAuthRecord['owner'],
  { clientId, clientSecret }: NewClient,
  url: string,
): Promise<SystemAuthRecord> {
  await requireClientOwner(call, owner.kind, owner.id);
  if (clientId === NOBODYS_ID) throw new DirectorError('InconsistentData', { object: 'systemAuth' });
  if (!isUUID(clientId)) throw unclassified(`the OAuth2 server gave a client whose id is no UUID: ${JSON.stringify(clientId)}`);
  const id = canonicalUUID(clientId);
  if (await call.tx.get(systemAuths, id)) throw notUnique('systemAuth');
  return createSystemAuth(call, owner, { credential: { kind: 'oauth', clientId, clientSecret, url } }, id);
}

/** One more client for the owner. One that can not be kept is taken back, unless it is somebody's already. @throws NotFound, TenantRequired, UnclassifiedError for what the server refuses */
export async function requestOutsideClient(
  ctx: DirectorContext,
  server: OAuthServer,
  kind: SystemAuthOwnerKind,
  id: string,
): Promise<SystemAuthRecord> {
  const { settings, registry, report } = ctx.director;
  await requireClientOwner(ctx.call, kind, id);
  const scopes = CONSUMER_SCOPES[CONSUMER_KIND[kind]] ?? [];
  const client = await server.createClient(scopes).catch(told(`while creating client credentials for ${TITLES[kind]} with id ${id}: `));
  try {
    return await ctx.write((call) => keep(call, { kind, id }, client, settings.oauthTokenURL));
  } catch (error) {
    if (!(await registry.latest.get(systemAuths, canonicalUUID(client.clientId))))
      await server
        .deleteClient(client.clientId)
        .catch((failure: Error) => report?.('a client stays at the OAuth2 server', { error: failure.message }));
    throw error;
  }
}

/** Takes the client back first: while the server refuses, the auth stays. Answers the last state. @throws NotFound, TenantRequired, UnclassifiedError for what the server refuses */
export async function deleteAuthWithClient(
  ctx: DirectorContext,
  server: OAuthServer,
  kind: SystemAuthOwnerKind,
  id: string,
): Promise<SystemAuthRecord> {
  const { auth } = await requireOwnSystemAuth(ctx.call, kind, id);
  if (auth?.credential?.kind === 'oauth') await server.deleteClient(auth.credential.clientId).catch(told());
  return ctx.write((call) => deleteSystemAuth(call, kind, id));
}
