/** A provider that calls for a consumer's user: the certificate is the provider's, a header names the consumer (`reference: facts/connector.md 5`). */
import { UnknownTenant } from '../identity/errors.ts';
import { NOBODY, type Identity } from '../identity/identity.ts';
import type { Directory } from './directory.ts';

interface UserContext {
  readonly clientId: string;
  /** External id of the consumer's tenant. */
  readonly tenant: string;
  readonly user: string;
}

/** Reads the header, which may be URL encoded; undefined where it is no such JSON. */
function readUserContext(header: string): UserContext | undefined {
  try {
    const {
      client_id: clientId,
      tenantid: tenant,
      user_name: user,
    } = JSON.parse(header.startsWith('{') ? header : decodeURIComponent(header)) as Record<string, unknown>;
    return typeof clientId === 'string' && typeof tenant === 'string' && typeof user === 'string' ? { clientId, tenant, user } : undefined;
  } catch {
    return undefined;
  }
}

/** The provider's identity, turned to the consumer's tenant; nobody where the two are not of one region. @throws UnknownTenant */
export async function onBehalfOf(directory: Directory, provider: Identity, header: string): Promise<Identity> {
  const context = readUserContext(header);
  if (!context || !provider.tenant) return NOBODY;
  const consumer = await directory.tenantByExternalID(context.tenant);
  if (!consumer) throw new UnknownTenant(context.tenant);
  if (consumer.region !== (provider.region ?? '')) return NOBODY;
  return {
    ...provider,
    tenant: { id: consumer.id, externalId: consumer.externalId },
    providerTenant: provider.tenant,
    flow: 'Consumer-Provider',
    onBehalfOf: context.user,
    tokenClientId: context.clientId,
  };
}
