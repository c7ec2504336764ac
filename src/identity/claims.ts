/** Claims become an identity: tenant, consumer and scopes (`reference: facts/security.md 2.2`). */
import type { CallerTenant, Identity } from './identity.ts';
import type { Claims } from './tokens.ts';

/** A tenant named in a credential that is not there: HTTP 400, before the request is looked at. */
export class UnknownTenant extends Error {
  override readonly name = 'UnknownTenant';
  constructor(readonly externalTenant: string) {
    super(`Tenant not found [externalTenant=${externalTenant}]`);
  }
}

export interface TenantLookup {
  byInternalID(id: string): Promise<CallerTenant | undefined> | CallerTenant | undefined;
  byExternalID(id: string): Promise<CallerTenant | undefined> | CallerTenant | undefined;
}

interface TenantClaim {
  readonly consumerTenant?: string;
  readonly externalTenant?: string;
  readonly providerTenant?: string;
  readonly providerExternalTenant?: string;
}

function tenantClaim(text: string | undefined): TenantClaim {
  try {
    const claim = JSON.parse(text ?? '{}') as unknown;
    return claim !== null && typeof claim === 'object' && !Array.isArray(claim) ? (claim as TenantClaim) : {};
  } catch {
    return {};
  }
}

/** @throws UnknownTenant where a tenant is named that does not exist, or where the two ids name different ones */
async function tenantBy(internal: string | undefined, external: string | undefined, tenants: TenantLookup): Promise<CallerTenant | undefined> {
  if (!internal && !external) return undefined;
  if (!external) return (await tenants.byInternalID(internal!)) ?? { id: internal!, externalId: '' };
  const found = await tenants.byExternalID(external);
  if (!found || (internal && found.id !== internal)) throw new UnknownTenant(external);
  return found;
}

export async function identityOf(claims: Claims, tenants: TenantLookup): Promise<Identity> {
  const named = tenantClaim(claims.tenant);
  const tenant = await tenantBy(named.consumerTenant, named.externalTenant, tenants);
  const providerTenant = named.providerTenant || named.providerExternalTenant ? await tenantBy(named.providerTenant, named.providerExternalTenant, tenants).catch(() => undefined) : undefined;
  return {
    ...(tenant ? { tenant } : {}),
    ...(providerTenant ? { providerTenant } : {}),
    consumer: { id: claims.consumerID ?? '', type: claims.consumerType ?? '' },
    flow: claims.flow ?? '',
    scopes: (claims.scopes ?? '').split(' '),
    ...(claims.onBehalfOf ? { onBehalfOf: claims.onBehalfOf } : {}),
    ...(claims.region ? { region: claims.region } : {}),
    ...(claims.tokenClientID ? { tokenClientId: claims.tokenClientID } : {}),
    ...(claims.subject ? { subject: claims.subject } : {}),
  };
}
