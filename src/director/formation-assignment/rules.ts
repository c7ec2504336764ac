/** Formation assignments: how they are found, kept and removed (`reference: facts/formations.md 7`). */
import type { Call, WriteCall } from '../call.ts';
import { wireJson } from '../texts/json-text.ts';
import { LARGEST_PAGE, type Page, type PageArguments, pageById } from '../page.ts';
import { nextWrite } from './clock.ts';
import { type FormationAssignmentRecord, formationAssignments, pairKey, type ParticipantKind } from './records.ts';

const byWrite = (a: FormationAssignmentRecord, b: FormationAssignmentRecord) => a.written - b.written;

/** All of a formation, oldest write first. */
export const assignmentsOf = async (call: Call, formationID: string): Promise<FormationAssignmentRecord[]> =>
  [...(await call.tx.find(formationAssignments, 'formation', formationID))].sort(byWrite);

/** Those that have the object as source or target, oldest write first. */
export const assignmentsOfObject = async (call: Call, formationID: string, objectID: string): Promise<FormationAssignmentRecord[]> =>
  (await call.tx.find(formationAssignments, 'object', objectID))
    .filter((assignment) => assignment.formationID === formationID)
    .sort(byWrite);

/** The assignment that tells the source about the target. */
export const reverseOf = async (call: Call, assignment: FormationAssignmentRecord): Promise<FormationAssignmentRecord | undefined> =>
  (await call.tx.find(formationAssignments, 'pair', pairKey(assignment.formationID, assignment.target, assignment.source)))[0];

/** Whether an object is told about itself. */
export const isLoop = (assignment: FormationAssignmentRecord): boolean => assignment.source === assignment.target;

/** By id; at most as many as a page may hold. @throws InvalidData for a bad page */
export async function pageOfAssignments(call: Call, formationID: string, args: PageArguments): Promise<Page<FormationAssignmentRecord>> {
  return pageById(args, LARGEST_PAGE, (part) =>
    call.tx.page(formationAssignments, { all: [{ index: 'formation', anyOf: [formationID] }], ...part }),
  );
}

/** One of that formation, or null. */
export async function assignmentOf(call: Call, formationID: string, id: string): Promise<FormationAssignmentRecord | null> {
  const assignment = await call.tx.get(formationAssignments, id);
  return assignment?.formationID === formationID ? assignment : null;
}

interface End {
  readonly id: string;
  readonly kind: ParticipantKind;
}

/** In its first state, not stored yet; `configuration` is JSON text. */
export const newAssignment = (
  call: Call,
  formation: { id: string; tenant: string },
  source: End,
  target: End,
  configuration?: string,
): FormationAssignmentRecord => ({
  id: call.newId(),
  formationID: formation.id,
  tenant: formation.tenant,
  source: source.id,
  sourceType: source.kind,
  target: target.id,
  targetType: target.kind,
  state: 'INITIAL',
  ...(configuration !== undefined && { configuration }),
  operations: [],
  written: nextWrite(),
});

/**
 * Keeps state, configuration, error and times as the given copy has them; operations are those that are stored.
 * The time of the state's change is that of the copy unless the stored state differs. An assignment that is gone stays gone.
 */
export async function storeCopy(call: WriteCall, copy: FormationAssignmentRecord): Promise<FormationAssignmentRecord | undefined> {
  const stored = await call.tx.get(formationAssignments, copy.id);
  if (!stored) return undefined;
  const { lastStateChangeTimestamp: _, ...rest } = copy;
  const changed = stored.state === copy.state ? copy.lastStateChangeTimestamp : call.now();
  const record = {
    ...rest,
    operations: stored.operations,
    written: nextWrite(),
    ...(changed !== undefined && { lastStateChangeTimestamp: changed }),
  };
  await call.tx.put(formationAssignments, record);
  return record;
}

/** Changes only operations, which is no write of the assignment itself. */
export async function changeOperations(
  call: WriteCall,
  id: string,
  change: (stored: FormationAssignmentRecord) => FormationAssignmentRecord,
): Promise<void> {
  const stored = await call.tx.get(formationAssignments, id);
  if (stored) await call.tx.put(formationAssignments, change(stored));
}

/** Without telling anybody. */
export async function removeAssignments(call: WriteCall, assignments: readonly FormationAssignmentRecord[]): Promise<void> {
  for (const { id } of assignments) await call.tx.delete(formationAssignments, id);
}

/** `value` of the wire: the error if there is one, else the configuration. */
export const valueOf = (assignment: FormationAssignmentRecord): string | null => assignment.error ?? assignment.configuration ?? null;

/** JSON text of an error as it is kept. 1: technical, 2: said by the other side. */
export const errorText = (message: string, errorCode: 1 | 2): string => wireJson({ error: { message, errorCode } });
