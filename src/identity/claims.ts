/** Claims become an identity: tenant, consumer and scopes (`reference: facts/security.md 2.2`). */
import { isUUID } from '../text/uuid.ts';
import { UnknownTenant } from './errors.ts';
import { NOBODY, type CallerTenant, type Identity } from './identity.ts';
import type { Claims } from './tokens.ts';

/** A tenant as a caller may name it. */
export interface NamedTenant extends CallerTenant {
  /** External id of the tenant that takes its place for callers that name it: its label `customerId`. */
  readonly customer?: string;
}

export interface TenantLookup {
  byInternalID(id: string): Promise<CallerTenant | undefined> | CallerTenant | undefined;
  byExternalID(id: string): Promise<NamedTenant | undefined> | NamedTenant | undefined;
}

const plain = ({ id, externalId }: CallerTenant): CallerTenant => ({ id, externalId });

/** Where a caller is that has named that tenant: there, or in the one that takes its place; undefined where that one does not exist. */
export async function placeOf(
  named: NamedTenant,
  byExternalID: TenantLookup['byExternalID'],
): Promise<Pick<Identity, 'tenant' | 'providerTenant'> | undefined> {
  if (named.customer === undefined) return { tenant: plain(named) };
  const customer = await byExternalID(named.customer);
  return customer && { tenant: plain(customer), providerTenant: plain(named) };
}

interface TenantClaim {
  readonly consumerTenant?: string;
  readonly externalTenant?: string;
  readonly providerTenant?: string;
  readonly providerExternalTenant?: string;
}

const TENANT_KEYS = ['consumerTenant', 'externalTenant', 'providerTenant', 'providerExternalTenant'] as const;

/** A claim that cannot be read counts as none. */
function tenantClaim(text: string | undefined): TenantClaim {
  try {
    const claim = Object(JSON.parse(text ?? '{}')) as Readonly<Record<string, unknown>>;
    return Object.fromEntries(TENANT_KEYS.filter((key) => typeof claim[key] === 'string').map((key) => [key, claim[key]]));
  } catch {
    return {};
  }
}

/** An internal id that is none counts as no tenant. @throws UnknownTenant where a tenant is named that does not exist, or where the two ids name different ones */
async function tenantOf({ consumerTenant, externalTenant }: TenantClaim, tenants: TenantLookup): Promise<CallerTenant | undefined> {
  if (externalTenant) {
    const found = await tenants.byExternalID(externalTenant);
    if (!found || (consumerTenant && found.id !== consumerTenant)) throw new UnknownTenant(externalTenant);
    return plain(found);
  }
  if (!consumerTenant) return undefined;
  return (await tenants.byInternalID(consumerTenant)) ?? (isUUID(consumerTenant) ? { id: consumerTenant, externalId: '' } : undefined);
}

/** The provider's tenant is told by its issuer and kept as it was told: what is looked up by it finds nothing if it is wrong. */
const providerOf = ({ providerTenant = '', providerExternalTenant = '' }: TenantClaim): CallerTenant | undefined =>
  providerTenant || providerExternalTenant ? { id: providerTenant, externalId: providerExternalTenant } : undefined;

const given = <K extends string>(fields: Readonly<Record<K, string | undefined>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value)) as Partial<Record<K, string>>;

/** Who the claims say is calling. @throws UnknownTenant */
export async function identityOf(claims: Claims, tenants: TenantLookup): Promise<Identity> {
  const named = tenantClaim(claims.tenant);
  const tenant = await tenantOf(named, tenants);
  const providerTenant = providerOf(named);
  return {
    ...(tenant ? { tenant } : {}),
    ...(providerTenant ? { providerTenant } : {}),
    consumer: { id: claims.consumerID ?? '', type: claims.consumerType ?? '' },
    flow: claims.flow ?? '',
    scopes: (claims.scopes ?? '').split(' '),
    ...given({ onBehalfOf: claims.onBehalfOf, region: claims.region, tokenClientId: claims.tokenClientID, subject: claims.subject }),
  };
}

/** The same caller in the tenant that a request names, for credentials that leave it open. @throws UnknownTenant */
export async function inTenant(identity: Identity, externalID: string, tenants: TenantLookup): Promise<Identity> {
  const named = await tenants.byExternalID(externalID);
  if (!named) throw new UnknownTenant(externalID);
  const place = await placeOf(named, (id) => tenants.byExternalID(id));
  return place ? { ...identity, ...place } : NOBODY;
}
