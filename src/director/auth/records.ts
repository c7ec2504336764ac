/** Credentials as they are kept: for webhooks, fetch requests, bundles and system auths. */
export interface BasicCredential {
  readonly kind: 'basic';
  readonly username: string;
  readonly password: string;
}
export interface OAuthCredential {
  readonly kind: 'oauth';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly url: string;
}
export interface CertificateOAuthCredential {
  readonly kind: 'certificateOAuth';
  readonly clientId: string;
  readonly certificate: string;
  readonly url: string;
}
export type Credential = BasicCredential | OAuthCredential | CertificateOAuthCredential;

/** Header or parameter names with their values; null where the name was given without a list. */
export type Multimap = Readonly<Record<string, readonly string[] | null>>;

export interface CsrfRequestAuth {
  readonly tokenEndpointURL: string;
  readonly credential?: Credential;
  readonly additionalHeaders?: Multimap;
  readonly additionalQueryParams?: Multimap;
}

export interface AuthRecord {
  readonly credential?: Credential;
  readonly accessStrategy?: string;
  readonly additionalHeaders?: Multimap;
  readonly additionalQueryParams?: Multimap;
  readonly requestAuth?: { readonly csrf?: CsrfRequestAuth };
  /** Kept for system auths alone. */
  readonly certCommonName?: string;
  readonly oneTimeToken?: OneTimeTokenRecord;
}

/** A token that opens one request (`reference: facts/connector.md 2`). */
export interface OneTimeTokenRecord {
  readonly token: string;
  readonly type: 'Application' | 'Runtime';
  readonly connectorURL: string;
  readonly used: boolean;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Absent before use. */
  readonly usedAt?: string;
  readonly scenarioGroups?: readonly string[];
}
