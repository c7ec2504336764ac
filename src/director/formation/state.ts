/** How a formation stands, and the times of that (`reference: facts/formations.md 6`). */
import type { Call, WriteCall } from '../call.ts';
import { assignmentsOf } from '../formation-assignment/rules.ts';
import { type FormationRecord, formations } from './records.ts';

/** The formation with another state and error; the times of the copy stay as they were. */
export function withState(formation: FormationRecord, state: string, error?: FormationRecord['error']): FormationRecord {
  const { error: _, ...rest } = formation;
  return { ...rest, state, ...(error && { error }) };
}

/**
 * Keeps a copy that an operation held, and answers it as it is kept: the time of the state's change is that of the copy unless the stored state differs.
 * A formation that is gone meanwhile stays gone.
 */
export async function storeFormation(call: WriteCall, copy: FormationRecord): Promise<FormationRecord> {
  const stored = await call.tx.get(formations, copy.id);
  if (!stored) return copy;
  const kept = stored.state === copy.state ? copy : { ...copy, lastStateChangeTimestamp: call.now() };
  await call.tx.put(formations, kept);
  return kept;
}

/** Only a call that decides nothing leaves its time behind. Answers the formation as it is kept. */
export async function noteSent(call: WriteCall, formation: FormationRecord): Promise<FormationRecord> {
  const stored = await call.tx.get(formations, formation.id);
  if (!stored) return formation;
  const kept = { ...stored, lastNotificationSentTimestamp: call.now() };
  await call.tx.put(formations, kept);
  return kept;
}

export interface FormationStatus {
  readonly condition: string;
  readonly errors: readonly { assignmentID: string | null; message: string; errorCode: number }[] | null;
}

const NO_ERROR = { message: '', errorCode: 0 };
const OWN_CONDITION: Readonly<Record<string, string>> = { READY: 'READY', CREATE_ERROR: 'ERROR', DELETE_ERROR: 'ERROR' };

/** The formation's condition, out of its own state and those of its assignments. */
export async function statusOf(call: Call, formation: FormationRecord): Promise<FormationStatus> {
  if (formation.state === 'DRAFT') return { condition: 'DRAFT', errors: null };
  let condition = OWN_CONDITION[formation.state] ?? 'IN_PROGRESS';
  const errors = condition === 'ERROR' ? [{ assignmentID: null as string | null, ...(formation.error ?? NO_ERROR) }] : [];
  for (const { id, state, error } of await assignmentsOf(call, formation.id)) {
    if (state.endsWith('_ERROR')) {
      condition = 'ERROR';
      errors.push({ assignmentID: id, ...(error === undefined ? NO_ERROR : (JSON.parse(error) as { error: typeof NO_ERROR }).error) });
    } else if (state !== 'READY' && condition !== 'ERROR') condition = 'IN_PROGRESS';
  }
  return { condition, errors: errors.length > 0 ? errors : null };
}
