/** What a Runtime Agent is started with. */

export const FORMATS = ['json', 'k8s'] as const;
export type LandscapeFormat = (typeof FORMATS)[number];

export interface AgentOptions {
  /** The agent's own folder: credentials, status and what it synchronises. One agent a folder. */
  readonly dir: string;
  /** Needed for the first start alone: a one-time token of the runtime, plain or in its encoded form that names the Connector too. */
  readonly token?: string;
  /** GraphQL address of the Connector that takes the token; not needed where the token names it. */
  readonly connectorURL?: string;
  /** GraphQL addresses that take the certificate, where others count than those that were learnt at pairing. */
  readonly addresses?: { readonly connectorURL: string; readonly directorURL: string };
  /** External id of the tenant; the certificate's own unless given. */
  readonly tenant?: string;
  /** PEM: authorities that the plane's servers are trusted by, beside the system's. */
  readonly ca?: string;
  /** Milliseconds between two rounds. */
  readonly interval?: number;
  /** A certificate is renewed when less than this part of its life is left. */
  readonly renewalThreshold?: number;
  /** Size of the RSA keys. */
  readonly keyBits?: number;
  /** Reported to the plane as labels of the runtime. */
  readonly eventsURL?: string;
  readonly consoleURL?: string;
  /** How applications are written: files for people, or manifests of Kyma; as before unless given. */
  readonly format?: LandscapeFormat;
  /** Replaces the certificate in the first round, however long it holds. */
  readonly renewNow?: boolean;
  /** Ends the agent after the step under way. */
  readonly signal?: AbortSignal;
  /** One round and done. */
  readonly once?: boolean;
  /** Told whenever the status changed. */
  readonly onStatus?: (status: AgentStatusFile) => void;
  readonly clock?: () => Date;
}

/** States as the runtime's connection goes through them (`reference: facts/runtime-agent.md 6`). */
export type ConnectionState =
  | 'Connecting'
  | 'Connected'
  | 'ConnectionFailed'
  | 'ConnectionMaintenanceFailed'
  | 'SynchronizationFailed'
  | 'ResourceApplicationFailed'
  | 'MetadataUpdateFailed'
  | 'Synchronized';

/** The content of `status.json`; times are ISO 8601 in UTC. */
export interface AgentStatusFile {
  readonly state: ConnectionState;
  readonly pid: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly stoppedAt?: string;
  readonly runtime?: { readonly id: string; readonly name?: string };
  readonly connectorURL?: string;
  readonly directorURL?: string;
  readonly connection: {
    readonly established?: string;
    readonly renewed?: string;
    readonly lastAttempt?: string;
    readonly lastSuccess?: string;
    readonly error?: string;
  };
  readonly certificate?: { readonly acquired: string; readonly notBefore: string; readonly notAfter: string };
  readonly synchronization: {
    readonly lastAttempt?: string;
    readonly lastSuccessfulFetch?: string;
    readonly lastSuccessfulApplication?: string;
    readonly error?: string;
  };
  readonly format?: LandscapeFormat;
  /** Names of the applications in the folder. */
  readonly applications: readonly string[];
  /** What was left out or could not be written, for people. */
  readonly problems: readonly string[];
}
