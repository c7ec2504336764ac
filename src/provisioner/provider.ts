/** Who gives clusters. Everything about a cluster is asked here; the Provisioner keeps what was ordered and how far an operation is. */
import type { WriteTx } from '../registry/contract.ts';
import type { ClusterConfig } from './cluster/config.ts';

export interface ClusterOrder {
  readonly runtimeId: string;
  /** External id of the tenant that orders. */
  readonly tenant: string;
  readonly config: ClusterConfig;
}

export interface ClusterState {
  readonly name: string;
  /** Known a while after the order. */
  readonly domain?: string;
  readonly seed?: string;
  readonly ready: boolean;
  /** Whether the latest change is taken up, and done where `ready`. */
  readonly changing: boolean;
  /** When its removal was asked for. */
  readonly deletionSince?: string;
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

export interface ClusterProvider {
  /** Orders a cluster, in the transaction of the operation. @throws ClusterError where it is refused */
  order(tx: WriteTx, order: ClusterOrder): Promise<void>;
  change(tx: WriteTx, runtimeId: string, config: ClusterConfig): Promise<void>;
  /** Asks for the removal. */
  remove(runtimeId: string): Promise<void>;
  /** Undefined where there is no such cluster, or none any more. */
  state(runtimeId: string): Promise<ClusterState | undefined>;
  /** Fresh access for administrators, YAML. @throws ClusterError where there is none */
  kubeconfig(runtimeId: string, name: string): Promise<string>;
  /** Leaves in the cluster what an agent starts with. */
  connectAgent(configuration: AgentConfiguration): Promise<void>;
  agentState(runtimeId: string): Promise<AgentState>;
}

/** What the side of the clusters says. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  constructor(
    message: string,
    /** Its own word for it, such as `AlreadyExists`. */
    readonly reason: string,
    readonly code: 400 | 403 | 500 = 500,
  ) {
    super(message);
  }
}

export const CLUSTER_SIDE = 'k8s client - gardener';
