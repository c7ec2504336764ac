/** System auths as clients of the plane's own token endpoint. */
import { CONSUMER_SCOPES } from '../../identity/scopes.ts';
import type { ReadTx } from '../../registry/contract.ts';
import { canonicalUUID } from '../../text/uuid.ts';
import { type SystemAuthOwnerKind, type SystemAuthRecord, systemAuths } from './records.ts';

/** Whose scopes the clients of each kind of owner have. */
export const CONSUMER_KIND: Readonly<Record<SystemAuthOwnerKind, string>> = {
  application: 'application',
  runtime: 'runtime',
  integrationSystem: 'integration_system',
};

/** The auth that the client belongs to; undefined once the auth, or the client in it, is gone. */
export async function findOAuthClient(tx: ReadTx, clientID: string): Promise<SystemAuthRecord | undefined> {
  const record = await tx.get(systemAuths, canonicalUUID(clientID));
  const credential = record?.auth?.credential;
  return credential?.kind === 'oauth' && credential.clientId === clientID ? record : undefined;
}

/** What the token endpoint asks about a client: its secret, and the scopes that consumers of its kind have. */
export async function oauthClient(
  tx: ReadTx,
  clientID: string,
): Promise<{ id: string; secret: string; scopes: readonly string[] } | undefined> {
  const record = await findOAuthClient(tx, clientID);
  const credential = record?.auth?.credential;
  if (!record || credential?.kind !== 'oauth') return undefined;
  return { id: clientID, secret: credential.clientSecret, scopes: CONSUMER_SCOPES[CONSUMER_KIND[record.owner.kind]] ?? [] };
}
