/** An object leaves a formation (`reference: facts/formations.md 8`). */
import type { WriteCall } from '../../call.ts';
import { latestOperation, startOperation } from '../../formation-assignment/operations.ts';
import { type FormationAssignmentRecord, formationAssignments, type ParticipantKind } from '../../formation-assignment/records.ts';
import { assignmentsOfObject, changeOperations, removeAssignments, storeCopy } from '../../formation-assignment/rules.ts';
import { queueAssignments } from '../../notification/outbox.ts';
import type { Step } from '../../notification/notification.ts';
import { inTurn, Planner } from '../../notification/plan.ts';
import type { Place } from '../place.ts';
import { participantByID, removeScenario } from '../participants/participants.ts';
import type { FormationRecord } from '../records.ts';

interface Involved {
  readonly kind: ParticipantKind;
  readonly id: string;
}

/** An object on its way out, and what is still to be told. */
export interface Leaving {
  readonly place: Place;
  readonly id: string;
  /** Everybody whose assignments were touched, and the object itself: who has none left afterwards is out. Nobody where there is no such object. */
  readonly involved: readonly Involved[];
  /** Only those that make a call. */
  readonly steps: readonly Step[];
  /** Of the outbox, for the steps. */
  readonly ticket?: string | undefined;
}

export function involvedIn(assignments: readonly FormationAssignmentRecord[]): Involved[] {
  const ends = assignments.flatMap(({ source, sourceType, target, targetType }): [string, Involved][] => [
    [source, { kind: sourceType, id: source }],
    [target, { kind: targetType, id: target }],
  ]);
  return [...new Map(ends).values()];
}

/** Takes the label from everybody who has no assignment left in the formation. */
export async function dropLabels(call: WriteCall, formation: FormationRecord, involved: readonly Involved[]): Promise<void> {
  for (const { kind, id } of involved) {
    if ((await assignmentsOfObject(call, formation.id, id)).length > 0) continue;
    const object = await participantByID(call, kind, id);
    if (object) await removeScenario(call, object, formation.tenant, formation.name);
  }
}

/** Out at once, and nobody is told. */
export async function removeAtOnce(call: WriteCall, formation: FormationRecord, kind: ParticipantKind, id: string): Promise<void> {
  await removeAssignments(call, await assignmentsOfObject(call, formation.id, id));
  const object = await participantByID(call, kind, id);
  if (object) await removeScenario(call, object, formation.tenant, formation.name);
}

/** DELETING without configuration and error, and with an operation that says so. */
async function startLeaving(call: WriteCall, assignment: FormationAssignmentRecord): Promise<FormationAssignmentRecord> {
  const { configuration: _, error: __, ...rest } = assignment;
  if (assignment.state !== 'DELETING') await storeCopy(call, { ...rest, state: 'DELETING' });
  if (latestOperation(assignment)?.operationType !== 'UNASSIGN')
    await changeOperations(call, assignment.id, (stored) => startOperation(call, stored, 'UNASSIGN', 'UNASSIGN_OBJECT'));
  return (await call.tx.get(formationAssignments, assignment.id))!;
}

/** Lets the object leave a READY formation. Assignments that tell nobody are gone at once; the others are DELETING and wait for their steps. */
export async function leave(call: WriteCall, place: Place, kind: ParticipantKind, id: string): Promise<Leaving> {
  const assignments: FormationAssignmentRecord[] = [];
  for (const assignment of await assignmentsOfObject(call, place.formation.id, id)) assignments.push(await startLeaving(call, assignment));
  const involved = involvedIn(assignments);
  const object = await participantByID(call, kind, id);
  if (!object) return { place, id, involved: [], steps: [] };
  const planner = new Planner(call, place, kind);
  const byPair = new Map(assignments.map((assignment) => [`${assignment.source}|${assignment.target}`, assignment]));
  const steps: Step[] = [];
  for (const assignment of assignments.sort((a, b) => a.written - b.written))
    steps.push(await planner.step(assignment, byPair.get(`${assignment.target}|${assignment.source}`), 'unassign'));
  const told = inTurn(steps).filter(({ notification }) => notification);
  await removeAssignments(
    call,
    steps.filter(({ notification }) => !notification).map(({ assignment }) => assignment),
  );
  if (told.length === 0) await dropLabels(call, place.formation, [...involved, { kind, id }]);
  return { place, id, involved: [...involved, { kind, id }], steps: told, ticket: await queueAssignments(call, place.formation.id, told) };
}
