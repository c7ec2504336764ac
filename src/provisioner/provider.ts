/** Who gives clusters. Everything about a cluster is asked here; the Provisioner keeps what was ordered and how far an operation is. */
import type { Awaitable, WriteTx } from '../registry/contract.ts';
import type { ClusterConfig } from './cluster/config.ts';
import type { KymaConfig } from './cluster/kyma.ts';
import type { Stage } from './operations/stages.ts';

export interface ClusterOrder {
  readonly runtimeId: string;
  /** External id of the tenant that orders. */
  readonly tenant: string;
  readonly subAccount?: string;
  /** Of the runtime, as its owner gave them. */
  readonly labels?: Readonly<Record<string, unknown>>;
  readonly config: ClusterConfig;
}

/** What is wrong with a cluster: for good where it `failed`, else for now. */
export interface ClusterTrouble {
  readonly kind: 'failed' | 'rate-limited' | 'reconciling';
  readonly description: string;
  /** Such as `ERR_INFRA_QUOTA_EXCEEDED`. */
  readonly codes: readonly string[];
}

/** Whether a cluster sleeps, or could. */
export interface Hibernation {
  readonly hibernated: boolean;
  readonly possible: boolean;
  /** Why it would be refused now; where it is merely not known whether it is possible, nobody refuses it. */
  readonly refusal?: string;
  /** Why it went wrong. */
  readonly failure?: string;
}

export interface ClusterState {
  readonly name: string;
  /** Known a while after the order. */
  readonly domain?: string;
  readonly seed?: string;
  readonly ready: boolean;
  /** Whether the latest change is not taken up yet; it is done where `ready`. */
  readonly changing: boolean;
  /** When its removal was asked for. */
  readonly deletionSince?: string;
  readonly trouble?: ClusterTrouble;
  /** Undefined where clusters can't be put to sleep. */
  readonly hibernation?: Hibernation;
}

/** How the Kyma installation of a cluster is: `failing` is tried again, `failed` is over. */
export interface KymaState {
  readonly state: 'none' | 'installing' | 'installed' | 'failing' | 'failed';
  /** For people. */
  readonly description: string;
  /** The components that went wrong. */
  readonly components?: readonly string[];
}

/** What an agent needs to introduce itself to the management plane. */
export interface AgentConfiguration {
  readonly connectorURL: string;
  readonly token: string;
  readonly runtimeId: string;
  readonly runtimeName: string;
  readonly tenant: string;
}

/** How an agent is doing; `failed` needs a new token. */
export type AgentState = 'none' | 'connecting' | 'connected' | 'failed';

/**
 * Steps are done again after a restart, so every call may come twice. A ClusterError is tried again until its stage is out of time;
 * whatever else is thrown ends the operation.
 */
export interface ClusterProvider {
  /** Orders a cluster, in the transaction of the operation. @throws ClusterError where it is refused */
  order(tx: WriteTx, order: ClusterOrder): Awaitable<void>;
  /** Orders a change, likewise. @throws ClusterError where it is refused */
  change(tx: WriteTx, runtimeId: string, config: ClusterConfig): Awaitable<void>;
  /** Orders that the cluster is put to sleep, likewise; asked only where its state tells about hibernation. */
  hibernate?(tx: WriteTx, runtimeId: string): Awaitable<void>;
  /** Does what was ordered, where that could not be done in the transaction. */
  carryOut?(runtimeId: string): Promise<void>;
  /** Whether a removal would be refused, looked at before one begins. @throws ClusterError where it would */
  checkRemoval?(runtimeId: string): Promise<void>;
  /** Asks for the removal. */
  remove(runtimeId: string): Promise<void>;
  /** Undefined where there is no such cluster, or none any more. */
  state(runtimeId: string): Promise<ClusterState | undefined>;
  /** Fresh access for administrators, YAML. @throws ClusterError where there is none */
  kubeconfig(runtimeId: string, name: string): Promise<string>;
  /** Wakes a cluster that sleeps. */
  wake?(runtimeId: string): Promise<void>;
  /** Begins to install Kyma, or to change the installation that is there to this configuration. */
  installKyma?(runtimeId: string, config: KymaConfig): Promise<void>;
  /** Undefined where the provider does not care about Kyma: it counts as installed then. */
  kymaState?(runtimeId: string): Promise<KymaState | undefined>;
  /** Begins to take Kyma away, before the cluster goes. */
  uninstallKyma?(runtimeId: string): Promise<void>;
  /** Leaves in the cluster what an agent starts with. */
  connectAgent(configuration: AgentConfiguration): Promise<void>;
  agentState(runtimeId: string): Promise<AgentState>;
  /** Whether agents run in clusters (those with Kyma, which brings one, or those without), so that a provisioning waits for them to connect. */
  awaitsAgent(withKyma: boolean): boolean;
  /** The last lines that the agent of a runtime, or who runs it, wrote. */
  agentLog?(runtimeId: string): Promise<readonly string[]>;
  /** Milliseconds that a stage of that runtime may take, where it is less than usual. */
  limit?(runtimeId: string, stage: Stage): Promise<number | undefined>;
}
