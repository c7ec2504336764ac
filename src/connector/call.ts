/** What every rule of the Connector is given: who asks, and what it works with. */
import type { Authority } from '../pki/authority.ts';
import type { Registry } from '../registry/contract.ts';

/** A client as the Gateway made it out; it came with a token, a certificate, or both. */
export interface ConnectorCaller {
  /** The system auth of the one-time token that this request used up. */
  readonly tokenAuthId?: string;
  /** The client certificate of this connection, where it is one of ours and holds. */
  readonly certificate?: { readonly authId: string; readonly fingerprint: string };
  /** Such as `Application`; empty where the Gateway could not tell. */
  readonly consumerType: string;
  /** Internal id; absent where the request names a tenant that is not the one of the auth. */
  readonly tenant?: string;
}

/** What the Connector needs of the Director. */
export interface OneTimeTokens {
  /** Puts a new token into the auth and answers it; undefined where there is no such auth. */
  replace(authId: string, by: ConnectorCaller): Promise<string | undefined>;
}

export interface ConnectorSettings {
  /** GraphQL address of the Director for clients with a certificate. */
  directorURL: string;
  /** GraphQL address of this Connector for clients with a certificate. */
  certificateSecuredConnectorURL: string;
  /** How long certificates hold, in hours. */
  readonly certificateHours: number;
}

export interface ConnectorOptions {
  readonly registry: Registry;
  readonly tokens: OneTimeTokens;
  /** The authority that signs; making it on first use may take seconds. */
  readonly authority: () => Promise<Authority>;
  readonly settings: ConnectorSettings;
  readonly clock?: () => Date;
  /** Told about what went wrong inside, never with secrets. */
  readonly report?: (message: string, details?: Record<string, unknown>) => void;
}

export interface ConnectorCall {
  readonly options: ConnectorOptions;
  readonly caller: ConnectorCaller;
  now(): Date;
}

/** How the journal tells who did that. */
export const aboutCall = ({ caller }: ConnectorCall, operation: string) => ({
  by: `${caller.consumerType} ${caller.certificate?.authId ?? caller.tokenAuthId ?? ''}`.trim(),
  operation,
  ...(caller.tenant ? { tenant: caller.tenant } : {}),
});
