/** What a client is let in as: of a system auth, or of a certificate of another authority (`reference: facts/connector.md 5`). */
import { placeOf } from '../identity/claims.ts';
import { UnknownTenant } from '../identity/errors.ts';
import { NOBODY, type CallerTenant, type Flow, type Identity } from '../identity/identity.ts';
import { CONSUMER_SCOPES } from '../identity/scopes.ts';
import type { ClientCertificate } from './client-certificate.ts';
import type { Directory, KnownAuth, KnownMapping, KnownTenant } from './directory.ts';
import { clientOf, normalSubject, sameSubject, subjectOfName, subjectOfText, type ExternalIssuer } from './subject.ts';

const CONSUMER_TYPE = { application: 'Application', runtime: 'Runtime', integrationSystem: 'Integration System' } as const;

/** Scopes of that kind of consumer; undefined for kinds that nobody knows. */
const scopesOf = (consumerType: string) => CONSUMER_SCOPES[consumerType.toLowerCase().replaceAll(' ', '_')];

const callerTenant = ({ id, externalId }: KnownTenant): CallerTenant => ({ id, externalId });

export interface AuthSession {
  readonly auth: KnownAuth;
  readonly identity: Identity;
  /** External id of a tenant that was named and is not the one of the auth: the session holds, but has no tenant. */
  readonly foreignTenant?: string;
}

/** What a system auth is let in as; undefined where it names a tenant that does not exist. `scopes` stand in for those of its kind. */
export async function authSession(
  directory: Directory,
  auth: KnownAuth,
  named: string | undefined,
  flow: Flow,
  scopes?: readonly string[],
): Promise<AuthSession | undefined> {
  const type = CONSUMER_TYPE[auth.owner.kind];
  const consumer = { id: auth.owner.id, type };
  const base = { consumer, flow, scopes: scopes ?? scopesOf(type) ?? [] };
  const wanted = named ? await directory.tenantByExternalID(named) : undefined;
  if (auth.tenantId === undefined) {
    if (named && !wanted) return { auth, identity: base, foreignTenant: named };
    const place = wanted ? await inNamed(directory, wanted) : {};
    return place && { auth, identity: { ...base, ...place } };
  }
  if (named && !wanted) return undefined;
  if (wanted && wanted.id !== auth.tenantId) return { auth, identity: base, foreignTenant: wanted.externalId };
  // who names no tenant stays in the own one, whoever else could take its place
  const own = wanted ? await inNamed(directory, wanted) : await ownTenant(directory, auth.tenantId);
  return own && { auth, identity: { ...base, ...own } };
}

type Place = Pick<Identity, 'tenant' | 'providerTenant' | 'region'>;

const regionOf = ({ region }: KnownTenant): Place => (region ? { region } : {});

async function ownTenant(directory: Directory, id: string): Promise<Place | undefined> {
  const own = await directory.tenantByInternalID(id);
  return own && { tenant: callerTenant(own), ...regionOf(own) };
}

/** Undefined where another tenant takes its place that does not exist. */
async function inNamed(directory: Directory, named: KnownTenant): Promise<Place | undefined> {
  const place = await placeOf(named, (id) => directory.tenantByExternalID(id));
  return place && { ...place, ...regionOf(named) };
}

export interface ExternalOptions {
  readonly issuer: ExternalIssuer;
  /** Beside those that the Director keeps; these come first. */
  readonly mappings: readonly KnownMapping[];
}

/** What a certificate of another authority is let in as. @throws UnknownTenant */
export async function externalIdentity(
  directory: Directory,
  certificate: ClientCertificate,
  named: string | undefined,
  { issuer, mappings }: ExternalOptions,
): Promise<Identity> {
  const subject = subjectOfName(certificate.name);
  const unit = clientOf(subject, issuer);
  if (unit === undefined) return NOBODY;
  const mapping =
    mappings.find((candidate) => sameSubject(subjectOfText(candidate.subject), subject)) ??
    (await directory.subjectMappings(normalSubject(subject)))[0];
  const type = mapping?.consumerType ?? 'External Certificate';
  const scopes = scopesOf(type);
  if (!scopes) return NOBODY;
  const client = mapping?.internalConsumerID || unit;
  const identity: Identity = { consumer: { id: client, type }, flow: 'Certificate', scopes, subject: certificate.subject };
  const levels = mapping?.tenantAccessLevels ?? [];
  if (levels.length > 0) return withinLevels(directory, identity, levels, named);
  const tenant = await directory.tenantByExternalID(client);
  if (!tenant) throw new UnknownTenant(client);
  const place = await inNamed(directory, tenant);
  return place ? { ...identity, ...place, providerTenant: callerTenant(tenant) } : NOBODY;
}

/** The tenant that is named counts if it is of a kind that the mapping opens; without one, the mapping must open what is global. */
async function withinLevels(
  directory: Directory,
  identity: Identity,
  levels: readonly string[],
  named: string | undefined,
): Promise<Identity> {
  if (!named) return levels.includes('global') ? identity : NOBODY;
  const tenant = await directory.tenantByExternalID(named);
  if (!tenant) throw new UnknownTenant(named);
  const place = levels.includes(tenant.type) ? await inNamed(directory, tenant) : undefined;
  return place ? { ...identity, ...place } : NOBODY;
}
