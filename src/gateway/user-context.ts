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

const textOf = (value: unknown) => (typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '');

/** Reads the header, which may be URL encoded. What it does not say is empty, all of it where it is no such JSON. */
function readUserContext(header: string): UserContext {
  let said: Record<string, unknown> = {};
  try {
    said = Object(JSON.parse(header.startsWith('{') ? header : decodeURIComponent(header))) as typeof said;
  } catch {
    // says nothing
  }
  return { clientId: textOf(said.client_id), tenant: textOf(said.tenantid), user: textOf(said.user_name) };
}

/**
 * The provider's identity, turned to the consumer's tenant; nobody where the two are not of one region, or the header says too little of the
 * consumer. A header that names no user says nothing at all: the provider calls for itself. @throws UnknownTenant
 */
export async function onBehalfOf(directory: Directory, provider: Identity, header: string): Promise<Identity> {
  const context = readUserContext(header);
  if (context.user === '') return provider;
  const own = provider.providerTenant ?? provider.tenant;
  if (!own || context.clientId === '' || context.tenant === '') return NOBODY;
  const consumer = await directory.tenantByExternalID(context.tenant);
  if (!consumer) throw new UnknownTenant(context.tenant);
  if (consumer.region !== (provider.region ?? '')) return NOBODY;
  return {
    ...provider,
    tenant: { id: consumer.id, externalId: consumer.externalId },
    providerTenant: own,
    flow: 'Consumer-Provider',
    onBehalfOf: context.user,
    tokenClientId: context.clientId,
  };
}
