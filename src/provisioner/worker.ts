/** Carries operations on until they are over: those that begin, and those that an earlier process left (`reference: facts/provisioner.md 5`). */
import type { ProvisionerOptions } from './call.ts';
import { markFailed } from './director.ts';
import { ProvisionerError, timeoutError } from './errors.ts';
import { provisionedRuntimes, provisioningOperations, type LastError, type OperationRecord } from './records.ts';
import { isStage, limitOf, stageAfter } from './stages.ts';
import { runStep } from './steps.ts';

export interface Worker {
  /** Takes up every operation that is under way. */
  resume(): Promise<void>;
  take(operationId: string): void;
  /** Finishes the steps under way and starts no others; operations go on when a worker resumes them. */
  stop(): Promise<void>;
}

/** What becomes of an operation after a step: undefined part where nothing changed. */
interface Outcome {
  readonly change?: Partial<OperationRecord>;
  /** Milliseconds to the next step; undefined where the operation is over. */
  readonly pause?: number;
}

const RETRY_PAUSE = 2_000;

const lastErrorOf = ({ message, reason, component }: ProvisionerError): LastError => ({ errMessage: message, reason, component });

export function createWorker(options: ProvisionerOptions, now: () => Date): Worker {
  const { registry, pollInterval, report } = options;
  const timers = new Map<string, NodeJS.Timeout>();
  const underWay = new Map<string, Promise<void>>();
  let stopped = false;

  const failed = (error: ProvisionerError): Outcome => ({
    change: { state: 'Failed', message: error.message, lastError: lastErrorOf(error), endedAt: now().toISOString() },
  });

  async function step(operation: OperationRecord): Promise<Outcome> {
    const { stage, stageSince, runtimeId, lastError } = operation;
    if (!isStage(stage))
      return failed(new ProvisionerError(`error: step ${stage} not found in installation stages`, 500, 'err_provisioner_step_not_found'));
    if (now().getTime() - Date.parse(stageSince) > limitOf(stage)) return failed(timeoutError());
    try {
      const result = await runStep(options, stage, runtimeId);
      if (result === 'wait') return { ...(lastError ? { change: { lastError: undefined } } : {}), pause: pollInterval };
      const next = stageAfter(operation.operation, stage, options);
      const entered = { lastError: undefined, stageSince: now().toISOString() };
      if (next) return { change: { ...entered, stage: next, message: `Operation in progress. Stage ${next}` }, pause: 0 };
      return { change: { ...entered, state: 'Succeeded', message: 'Operation succeeded', endedAt: now().toISOString() } };
    } catch (error) {
      if (!(error instanceof ProvisionerError))
        report?.('a step of an operation failed', {
          operation: operation.id,
          stage,
          error: error instanceof Error ? error.stack : String(error),
        });
      const told =
        error instanceof ProvisionerError ? error : new ProvisionerError(error instanceof Error ? error.message : String(error), 500);
      return { change: { lastError: lastErrorOf(told) }, pause: RETRY_PAUSE };
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
    if (operation?.state !== 'InProgress') return;
    const { change, pause } = await step(operation);
    if (change) await keep(operation, change);
    if (pause !== undefined) schedule(id, pause);
    else if (change?.state === 'Failed') await tellDirector(operation);
  }

  async function tellDirector({ runtimeId, operation }: OperationRecord): Promise<void> {
    const runtime = await registry.latest.get(provisionedRuntimes, runtimeId);
    if (runtime?.registered && operation === 'Provision') await markFailed(options.director(runtime.tenant), runtimeId);
  }

  function schedule(id: string, pause: number): void {
    if (stopped || timers.has(id)) return;
    const timer = setTimeout(() => {
      timers.delete(id);
      const work = carryOn(id)
        .catch((error: Error) => report?.('an operation could not be carried on', { operation: id, error: error.stack }))
        .finally(() => underWay.delete(id));
      underWay.set(id, work);
    }, pause);
    timer.unref();
    timers.set(id, timer);
  }

  return {
    async resume() {
      for (const { id } of await registry.latest.find(provisioningOperations, 'running', 'running')) schedule(id, 0);
    },
    take: (id) => schedule(id, 0),
    async stop() {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay.values());
    },
  };
}
