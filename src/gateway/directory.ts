/** What the Gateway asks of the systems behind it to find out who is calling. */
import type { NamedTenant } from '../identity/claims.ts';
import type { Awaitable } from '../registry/contract.ts';

export interface KnownTenant extends NamedTenant {
  readonly type: string;
  /** Label `region` of subaccounts, empty for all others. */
  readonly region: string;
}

/** One way in of an application, runtime or integration system. */
export interface KnownAuth {
  readonly id: string;
  readonly owner: { readonly kind: 'application' | 'runtime' | 'integrationSystem'; readonly id: string };
  /** Internal id of the tenant that it belongs to; none for integration systems. */
  readonly tenantId?: string;
}

/** Which subject of another authority is which consumer. */
export interface KnownMapping {
  readonly subject: string;
  readonly consumerType: string;
  readonly tenantAccessLevels: readonly string[];
  readonly internalConsumerID?: string;
}

export interface Directory {
  tenantByInternalID(id: string): Awaitable<KnownTenant | undefined>;
  tenantByExternalID(id: string): Awaitable<KnownTenant | undefined>;
  systemAuth(id: string): Awaitable<KnownAuth | undefined>;
  /** The auth whose OAuth2 client that is. */
  oauthClient(id: string): Awaitable<KnownAuth | undefined>;
  /** The auth of a one-time token that is unused and has not run out; it is used up by this. */
  useToken(token: string): Promise<KnownAuth | undefined>;
  /** What this plane's own authority signed, by fingerprint, until it has run out. */
  issuedCertificate(fingerprint: string): Awaitable<{ readonly authId: string; readonly notAfter: string } | undefined>;
  /** Whether the certificate of that fingerprint was given back. */
  isRevoked(fingerprint: string): Awaitable<boolean>;
  /** Mappings for subjects that are equal to this one, as `normalSubject` writes them. */
  subjectMappings(subject: string): Awaitable<readonly KnownMapping[]>;
}
