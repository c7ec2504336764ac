/** What a stage of an operation does; safe to be done again, as it is after a restart. */
import type { ProvisionerOptions } from '../call.ts';
import type { RuntimeRecord } from '../records.ts';

/** Whether the stage is over, or its condition is to be looked at again; with words for whoever follows the operation. */
export type StepResult =
  | 'done'
  | 'wait'
  | {
      readonly over: boolean;
      readonly message?: string;
      /** Milliseconds to the next look, where that is not as soon as usual. */
      readonly pause?: number;
    };

export type Step = (options: ProvisionerOptions, runtime: RuntimeRecord) => Promise<StepResult>;

export const when = (condition: boolean): StepResult => (condition ? 'done' : 'wait');
