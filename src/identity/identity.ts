/** Who is calling: what the Gateway makes of any credential, and all that the systems behind it see. */

export const CONSUMER_TYPES = [
  'Runtime',
  'External Certificate',
  'Application',
  'Integration System',
  'Static User',
  'Super Admin',
  'Technical Client',
  'Business Integration',
  'Managed Application Provider Operator',
  'Managed Application Consumer',
  'Application Provider',
  'Landscape Resource Operator',
  'Tenant Discovery Operator',
  'Instance Creator',
  'Formation Viewer',
] as const;
export type ConsumerType = (typeof CONSUMER_TYPES)[number];

/** How the caller proved who it is. */
export type Flow = 'OAuth2' | 'Certificate' | 'OneTimeToken' | 'JWT' | 'Consumer-Provider';

export interface CallerTenant {
  /** Internal id: the tenant's id in the Registry. */
  readonly id: string;
  /** The id that the caller knows. */
  readonly externalId: string;
}

export interface Identity {
  readonly tenant?: CallerTenant;
  /** The provider's tenant in the consumer-provider flow. */
  readonly providerTenant?: CallerTenant;
  readonly consumer: {
    /** Any text; for Application, Runtime and Integration System their id. Empty where the credential names none. */
    readonly id: string;
    /** A ConsumerType; any other text is kept as it was given, and empty where the credential names none. */
    readonly type: string;
  };
  readonly flow: string;
  /** In the order of the credential. */
  readonly scopes: readonly string[];
  readonly onBehalfOf?: string;
  readonly region?: string;
  readonly tokenClientId?: string;
  /** Subject of the certificate, where it is one of another authority. */
  readonly subject?: string;
}

/** Somebody whose credential opens nothing, or who needs none. */
export const NOBODY: Identity = { consumer: { id: '', type: '' }, flow: '', scopes: [''] };
