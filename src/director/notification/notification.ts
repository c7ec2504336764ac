/** What is told to whom while something is assigned, unassigned or told again: what planning, templates and sending share. */
import type { FormationAssignmentRecord } from '../formation-assignment/records.ts';
import type { WebhookRecord } from '../webhook/records.ts';

export type Operation = 'assign' | 'unassign';

/** Who is told, by the type and subtype that constraints go by. */
export interface Receiver {
  readonly type: string;
  readonly subtype: string;
}

/** "Tell the target about the source": everything of it that does not change while an operation runs. */
export interface Notification {
  readonly webhook: WebhookRecord;
  readonly receiver: Receiver;
  /** What templates may name, but for the assignments themselves. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** One assignment's turn, with working copies as they were when the list was made. */
export interface Step {
  readonly assignment: FormationAssignmentRecord;
  readonly reverse?: FormationAssignmentRecord | undefined;
  readonly operation: Operation;
  readonly notification?: Notification | undefined;
  readonly reverseNotification?: Notification | undefined;
}
