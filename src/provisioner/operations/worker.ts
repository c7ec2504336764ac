/** Carries operations on until they are over: those that begin, and those that an earlier process left (`reference: facts/provisioner.md 5`). */
import type { ProvisionerOptions } from '../call.ts';
import { OperationFailed, ProvisionerError, timeoutError } from '../errors.ts';
import { tellOfFailure } from './failure.ts';
import { clusterSide } from '../providers/guard.ts';
import { ClusterError } from '../cluster/error.ts';
import { provisioningOperations, type OperationRecord } from '../records.ts';
import { begunIn, stageAfter } from '../profiles.ts';
import { failed, type Outcome, passed, troubled, waiting } from './outcome.ts';
import { isStage, limitOf, type OperationKind, type Stage } from './stages.ts';
import { runStep } from './steps.ts';

export interface Worker {
  /** Takes up every operation that is under way. */
  resume(): Promise<void>;
  /** Takes up one that another process drove and that is this one's now. */
  takeUp(operationId: string): Promise<'goes on' | void>;
  take(operationId: string): void;
  /** How many operations of that kind it drives at the moment. */
  driven(kind: OperationKind): number;
  /** Finishes the steps under way and starts no others; operations go on when a worker resumes them. */
  stop(): Promise<void>;
}

const RETRY_PAUSE = 2_000;
/** Milliseconds that steps under way are given when the plane ends: a provider that hangs must not hold it. */
const PATIENCE = 3_000;

function told(error: unknown): ProvisionerError {
  if (error instanceof ProvisionerError) return error;
  if (error instanceof ClusterError) return clusterSide(error);
  return new ProvisionerError(error instanceof Error ? error.message : String(error), 500);
}

/** Resolves with what `work` gives, or throws the timeout when it has taken so long. */
async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(timeoutError()), Math.min(milliseconds, 2 ** 31 - 1));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Drives operations stage by stage: looks every `pollInterval` milliseconds, and again after `retryPause` where a step went wrong. */
export function createWorker(options: ProvisionerOptions, now: () => Date): Worker {
  const { registry, provider, pollInterval, report, retryPause = RETRY_PAUSE } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  const underWay = new Map<string, Promise<void>>();
  const driven = new Map<string, OperationKind>();
  let stopped = false;

  /** Milliseconds that the stage has left. */
  async function timeLeft({ runtimeId, stageSince }: OperationRecord, stage: Stage): Promise<number> {
    const own = await provider.limit?.(runtimeId, stage);
    const limit = Math.min(limitOf(stage), options.stageLimit ?? Infinity, own ?? Infinity);
    return limit - (now().getTime() - Date.parse(stageSince));
  }

  async function step(operation: OperationRecord): Promise<Outcome> {
    const { stage, runtimeId } = operation;
    const at = () => now().toISOString();
    if (!isStage(stage))
      return failed(
        operation,
        new ProvisionerError(`error: step ${stage} not found in installation stages`, 500, 'err_provisioner_step_not_found'),
        at(),
      );
    try {
      const left = await timeLeft(operation, stage);
      if (left < 0) return failed(operation, timeoutError(), at());
      const begun = begunIn(operation, options);
      const result = await within(left, runStep({ ...options, profile: begun.profile }, stage, runtimeId));
      const { over, message, pause = pollInterval } = typeof result === 'string' ? { over: result === 'done' } : result;
      if (over) return passed(operation, stageAfter(operation.operation, stage, begun), at(), message);
      return waiting(operation, at(), pause, message);
    } catch (error) {
      if (error instanceof OperationFailed) return failed(operation, error, at());
      if (!(error instanceof ProvisionerError || error instanceof ClusterError))
        report?.('a step of an operation failed', { operation: operation.id, stage, error: error instanceof Error ? error.stack : error });
      return troubled(operation, told(error), at(), retryPause);
    }
  }

  /** Another process may have been quicker: a stage is left once. */
  async function keep(before: OperationRecord, change: Partial<OperationRecord>): Promise<void> {
    await registry.write({ by: 'provisioner', operation: `operation ${before.operation}` }, async (tx) => {
      const present = await tx.get(provisioningOperations, before.id);
      if (present?.state === 'InProgress' && present.stage === before.stage)
        await tx.put(provisioningOperations, { ...present, ...change });
    });
  }

  async function carryOn(id: string): Promise<void> {
    const operation = await registry.latest.get(provisioningOperations, id);
    if (operation?.untold) await tellOfFailure(options, operation);
    if (operation?.state !== 'InProgress') return void driven.delete(id);
    driven.set(id, operation.operation);
    const { change, pause } = await step(operation);
    if (change) await keep(operation, change);
    if (pause === undefined) driven.delete(id);
    if (pause !== undefined) schedule(id, pause);
    else if (change?.untold) schedule(id, 0);
  }

  function schedule(id: string, pause: number): void {
    if (stopped || timers.has(id)) return;
    const timer = setTimeout(() => {
      timers.delete(id);
      const work = carryOn(id)
        .catch((error: Error) => {
          report?.('an operation could not be carried on', { operation: id, error: error.stack });
          schedule(id, retryPause);
        })
        .finally(() => underWay.delete(id));
      underWay.set(id, work);
    }, pause);
    timer.unref();
    timers.set(id, timer);
  }

  return {
    async resume() {
      const left = await registry.latest.findMany(provisioningOperations, 'running', ['running', 'untold']);
      for (const { id } of left.flat()) schedule(id, 0);
    },
    async takeUp(id) {
      const left = await registry.latest.get(provisioningOperations, id);
      if (left?.state !== 'InProgress' && !left?.untold) return;
      schedule(id, 0);
      return 'goes on';
    },
    take: (id) => schedule(id, 0),
    driven: (kind) => [...driven.values()].filter((one) => one === kind).length,
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await within(PATIENCE, Promise.all(underWay.values())).catch(() => undefined);
    },
  };
}
