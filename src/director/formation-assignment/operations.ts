/** What an assignment is being processed for: its operations, of which the one started last decides. */
import type { Call } from '../call.ts';
import type { AssignmentOperationRecord, FormationAssignmentRecord } from './records.ts';

type OperationType = AssignmentOperationRecord['operationType'];
type Trigger = AssignmentOperationRecord['triggeredBy'];

export const latestOperation = (assignment: FormationAssignmentRecord): AssignmentOperationRecord | undefined =>
  assignment.operations.at(-1);

/** Whether the assignment is on its way out. */
export const isLeaving = (assignment: FormationAssignmentRecord): boolean =>
  (latestOperation(assignment)?.operationType ?? 'ASSIGN') !== 'ASSIGN';

export function startOperation(
  call: Call,
  assignment: FormationAssignmentRecord,
  operationType: OperationType,
  triggeredBy: Trigger,
): FormationAssignmentRecord {
  const operation: AssignmentOperationRecord = { id: call.newId(), operationType, triggeredBy, startedAt: call.now() };
  return { ...assignment, operations: [...assignment.operations, operation] };
}

function changeLatest(
  assignment: FormationAssignmentRecord,
  change: (latest: AssignmentOperationRecord) => AssignmentOperationRecord,
): FormationAssignmentRecord {
  const latest = latestOperation(assignment);
  return latest ? { ...assignment, operations: [...assignment.operations.slice(0, -1), change(latest)] } : assignment;
}

export const finishOperation = (call: Call, assignment: FormationAssignmentRecord): FormationAssignmentRecord =>
  changeLatest(assignment, (latest) => ({ ...latest, finishedAt: call.now() }));

/** Marks the latest operation as taken up again; what it has reached so far stays. */
export const restartOperation = (call: Call, assignment: FormationAssignmentRecord, triggeredBy: Trigger): FormationAssignmentRecord =>
  changeLatest(assignment, (latest) => ({ ...latest, triggeredBy, startedAt: call.now() }));
