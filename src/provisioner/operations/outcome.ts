/** What becomes of an operation after a step. */
import type { ProvisionerError } from '../errors.ts';
import type { LastError, OperationEvent, OperationRecord } from '../records.ts';
import type { Stage } from './stages.ts';

/** Each part is undefined where nothing changes by it. */
export interface Outcome {
  readonly change?: Partial<OperationRecord>;
  /** Milliseconds to the next step; undefined where the operation is over. */
  readonly pause?: number;
}

const MAX_EVENTS = 100;

const noted = ({ events = [] }: OperationRecord, ...more: readonly OperationEvent[]): Pick<OperationRecord, 'events'> => ({
  events: [...events, ...more].slice(-MAX_EVENTS),
});

const lastErrorOf = ({ message, reason, component }: ProvisionerError): LastError => ({ errMessage: message, reason, component });

/** Over without success; the Director is still to be told. */
export function failed(operation: OperationRecord, error: ProvisionerError, at: string): Outcome {
  const { message } = error;
  const event = { at, stage: operation.stage, message, error: true } as const;
  return { change: { state: 'Failed', message, lastError: lastErrorOf(error), endedAt: at, untold: true, ...noted(operation, event) } };
}

/** On to the next stage, or over where there is none; `last` are the words that the stage ended with. */
export function passed(operation: OperationRecord, next: Stage | undefined, at: string, last?: string): Outcome {
  const message = next ? `Operation in progress. Stage ${next}` : 'Operation succeeded';
  const events = noted(operation, ...(last === undefined ? [] : [{ at, stage: operation.stage, message: last }]), {
    at,
    stage: next ?? operation.stage,
    message,
  });
  const entered = { lastError: undefined, stageSince: at, message, ...events };
  return next ? { change: { ...entered, stage: next }, pause: 0 } : { change: { ...entered, state: 'Succeeded', endedAt: at } };
}

/** Still waiting, with nothing wrong; `message` is how far that is, where somebody tells. */
export function waiting(operation: OperationRecord, at: string, pause: number, message = operation.message): Outcome {
  const { stage, lastError } = operation;
  const recovered = lastError === undefined ? [] : [{ at, stage, message: 'It goes right again.' }];
  const told = message === operation.message ? [] : [{ at, stage, message }];
  if (recovered.length + told.length === 0) return { pause };
  return { change: { lastError: undefined, message, ...noted(operation, ...recovered, ...told) }, pause };
}

/** Something went wrong that may go right the next time. */
export function troubled(operation: OperationRecord, error: ProvisionerError, at: string, pause: number): Outcome {
  if (operation.lastError?.errMessage === error.message) return { pause };
  const event = { at, stage: operation.stage, message: error.message, error: true } as const;
  return { change: { lastError: lastErrorOf(error), ...noted(operation, event) }, pause };
}
