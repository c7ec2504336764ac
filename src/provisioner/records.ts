/** What the Provisioner keeps: runtimes with what was ordered for them, and operations on them. */
import { collection, type Registry, type Stored } from '../registry/contract.ts';
import type { ClusterConfig } from './cluster/config.ts';
import type { KymaConfig } from './cluster/kyma.ts';
import { LONGEST_STAGE, type OperationKind } from './operations/stages.ts';
import type { ProfileName } from './profiles.ts';

/** Its id is the runtime's: the Director's where it was registered there. */
export interface RuntimeRecord extends Stored {
  /** External id of the tenant that ordered it. */
  readonly tenant: string;
  readonly subAccount?: string;
  readonly name: string;
  readonly description?: string;
  readonly labels?: Readonly<Record<string, unknown>>;
  /** Whether it is known to the Director. */
  readonly registered: boolean;
  readonly cluster: ClusterConfig;
  /** What is installed there, or to be; undefined where the Provisioner installs none. */
  readonly kyma?: KymaConfig;
  /** Access to the cluster for administrators, where the profile keeps it. */
  readonly kubeconfig?: string;
  readonly administrators: readonly string[];
  /** Its cluster is gone; the record stays, so that its operations can be read. */
  readonly deleted: boolean;
  readonly createdAt: string;
}

export const provisionedRuntimes = collection<RuntimeRecord>()(
  'provisionedRuntimes',
  {
    tenant: { keys: (runtime) => [runtime.tenant], order: (runtime) => runtime.createdAt },
    present: { keys: (runtime) => (runtime.deleted ? [] : ['present']) },
  },
  { sealed: ['kyma', 'kubeconfig'] },
);

/** Changes what is kept of a runtime, where it is still there. */
export const changeRuntime = (
  { registry }: { readonly registry: Registry },
  id: string,
  operation: string,
  part: Partial<RuntimeRecord>,
): Promise<void> =>
  registry.write({ by: 'provisioner', operation }, async (tx) => {
    const runtime = await tx.get(provisionedRuntimes, id);
    if (runtime) await tx.put(provisionedRuntimes, { ...runtime, ...part });
  });

export type OperationState = 'InProgress' | 'Succeeded' | 'Failed';

export interface LastError {
  readonly errMessage: string;
  readonly reason: string;
  readonly component: string;
}

/** Something that happened in an operation: a stage was entered, something went wrong or right again, it ended. */
export interface OperationEvent {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly stage: string;
  readonly message: string;
  /** Not set for what went as it should. */
  readonly error?: true;
}

export interface OperationRecord extends Stored {
  readonly runtimeId: string;
  readonly operation: OperationKind;
  /** Of the plane when it began. */
  readonly profile?: ProfileName;
  readonly state: OperationState;
  readonly message: string;
  /** What is being waited for. */
  readonly stage: string;
  /** When that stage was entered; its time limit counts from here. */
  readonly stageSince: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly lastError?: LastError;
  /** Oldest first; the last ones where there were many. */
  readonly events?: readonly OperationEvent[];
  /** It failed, and the Director was not told yet. */
  readonly untold?: true;
  /** Of an upgrade of Kyma: what was there before it. */
  readonly formerKyma?: KymaConfig;
}

/** Milliseconds until others look whether the process that drives an operation is alive. */
const TAKEN_UP_AFTER = 5_000;

/** Every stage that is entered is written, and so says again who drives the operation. */
export const provisioningOperations = collection<OperationRecord>()(
  'provisioningOperations',
  {
    runtime: { keys: (operation) => [operation.runtimeId], order: (operation) => operation.startedAt },
    running: {
      keys: ({ state, untold }) => (state === 'InProgress' ? ['running'] : untold ? ['untold'] : []),
    },
  },
  { sealed: ['formerKyma'], work: { index: 'running', after: TAKEN_UP_AFTER, patience: 2 * LONGEST_STAGE } },
);

/** An order whose runtime is being registered in the Director: it is there before the first request, and gone once the runtime itself is kept. */
export interface PendingOrder extends Stored {
  /** External id of the tenant that orders. */
  readonly tenant: string;
  readonly name: string;
  readonly startedAt: string;
  /** Nothing comes of it: what was registered for it is taken off, whoever is still at it. */
  readonly givenUp?: true;
}

export const pendingOrders = collection<PendingOrder>()(
  'pendingOrders',
  { all: { keys: () => ['all'] } },
  { work: { index: 'all', after: TAKEN_UP_AFTER, patience: 10 * 60_000 } },
);

/** The operation that started last. */
export const newest = (operations: readonly OperationRecord[]): OperationRecord | undefined =>
  operations.reduce<OperationRecord | undefined>((last, one) => (last && last.startedAt > one.startedAt ? last : one), undefined);
