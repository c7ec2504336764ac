/** What every rule of the Provisioner is given. */
import type { Client } from '../client/client.ts';
import type { Registry } from '../registry/contract.ts';
import type { ClusterProvider } from './provider.ts';
import type { ProfileName } from './profiles.ts';

export interface ProvisionerOptions {
  readonly registry: Registry;
  readonly profile: ProfileName;
  readonly provider: ClusterProvider;
  /** A client of the Director that acts in that tenant, by external id. Needed where the profile registers runtimes. */
  readonly director: (tenant: string) => Client;
  /** Milliseconds between two looks at what an operation waits for. */
  readonly pollInterval: number;
  /** Milliseconds before a step that went wrong is done again. */
  readonly retryPause?: number | undefined;
  /** Milliseconds that no stage may exceed, where that is less than its own limit. */
  readonly stageLimit?: number | undefined;
  /** Milliseconds that one call of the provider may take. */
  readonly callLimit?: number;
  readonly clock?: () => Date;
  readonly newId?: () => string;
  readonly report?: (message: string, details?: Record<string, unknown>) => void;
}

export interface ProvisionerCall {
  readonly options: ProvisionerOptions;
  /** The header Tenant; undefined where it is missing or empty. */
  readonly tenant: string | undefined;
  readonly subAccount: string | undefined;
  /** ISO 8601, UTC. */
  now(): string;
  newId(): string;
  /** Tells the worker about an operation that began. */
  begun(operationId: string): void;
}
