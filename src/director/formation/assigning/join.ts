/** An object joins a formation: label, assignments in both directions with every participant, operations (`reference: facts/formations.md 8`). */
import type { WriteCall } from '../../call.ts';
import { invalidData, unclassified } from '../../errors.ts';
import { startOperation } from '../../formation-assignment/operations.ts';
import { type FormationAssignmentRecord, formationAssignments, pairKey, type ParticipantKind } from '../../formation-assignment/records.ts';
import { assignmentsOfObject, newAssignment, removeAssignments } from '../../formation-assignment/rules.ts';
import { keptConfiguration } from '../../notification/answer.ts';
import { queueAssignments, tickets } from '../../notification/outbox.ts';
import type { Step } from '../../notification/notification.ts';
import { inTurn, Planner } from '../../notification/plan.ts';
import { settle } from '../../notification/settle.ts';
import type { InitialConfiguration } from '../../schema/types.generated.ts';
import { requireEligible } from '../participants/eligibility.ts';
import type { Place } from '../place.ts';
import {
  addScenario,
  type Participant,
  participantByID,
  participantsOf,
  removeScenario,
  scenarioNames,
} from '../participants/participants.ts';

/** An object that has joined, and what is still to be told. */
export interface Joining {
  readonly place: Place;
  readonly kind: ParticipantKind;
  readonly id: string;
  /** Whether the label named the formation before. */
  readonly wasNamed: boolean;
  /** Only those that make a call. */
  readonly steps: readonly Step[];
  /** Of the outbox, for the steps. */
  readonly ticket?: string | undefined;
}

/** @throws UnclassifiedError unless each names the object and somebody who takes part */
export async function checkInitialConfigurations(
  call: WriteCall,
  formationID: string,
  objectID: string,
  given: readonly InitialConfiguration[],
): Promise<void> {
  for (const { sourceID, targetID, configuration } of given) {
    if (sourceID !== objectID && targetID !== objectID)
      throw unclassified(
        `Initial Configuration does not contain assigned object ${objectID} as "source" or "target": source ${sourceID}, target ${targetID}`,
      );
    const other = sourceID === objectID ? targetID : sourceID;
    if (other !== objectID && (await assignmentsOfObject(call, formationID, other)).length === 0)
      throw unclassified(`Initial Configurations contains non-participant "source" or "target": source ${sourceID}, target ${targetID}`);
    if (keptConfiguration(configuration) === undefined) throw invalidData('an initial configuration must be valid JSON');
  }
}

/** Those that an object tells and is told by: every participant but itself, and but the runtime of a context. */
const othersThan = (object: Participant, participants: readonly Participant[]): Participant[] =>
  participants.filter(
    ({ record }) => record.id !== object.record.id && !(object.kind === 'RUNTIME_CONTEXT' && object.record.runtimeID === record.id),
  );

interface End {
  readonly id: string;
  readonly kind: ParticipantKind;
}

const endOf = ({ kind, record }: Participant): End => ({ kind, id: record.id });

/** The ordered pairs that are needed: for each other one "it is told" and "the object is told", the object's own last. */
const pairsOf = (object: End, others: readonly End[]): [End, End][] => [
  ...others.flatMap((other): [End, End][] => [
    [object, other],
    [other, object],
  ]),
  [object, object],
];

async function ensureAssignments(
  call: WriteCall,
  place: Place,
  pairs: readonly [End, End][],
  given: readonly InitialConfiguration[],
): Promise<FormationAssignmentRecord[]> {
  const { formation } = place;
  const stored = await call.tx.findMany(
    formationAssignments,
    'pair',
    pairs.map(([source, target]) => pairKey(formation.id, source.id, target.id)),
  );
  const assignments: FormationAssignmentRecord[] = [];
  for (const [index, [source, target]] of pairs.entries()) {
    const initial = given.findLast(({ sourceID, targetID }) => sourceID === source.id && targetID === target.id);
    const present =
      stored[index]![0] ?? newAssignment(call, formation, source, target, initial && keptConfiguration(initial.configuration));
    const assignment = startOperation(call, present, 'ASSIGN', 'ASSIGN_OBJECT');
    await call.tx.put(formationAssignments, assignment);
    assignments.push(assignment);
  }
  return assignments.sort((a, b) => a.written - b.written);
}

/** The steps of an assign, with every copy as it is now. */
async function stepsOf(
  call: WriteCall,
  place: Place,
  moved: ParticipantKind,
  assignments: readonly FormationAssignmentRecord[],
): Promise<Step[]> {
  const planner = new Planner(call, place, moved);
  const byPair = new Map(assignments.map((assignment) => [`${assignment.source}|${assignment.target}`, assignment]));
  const steps: Step[] = [];
  for (const assignment of assignments)
    steps.push(await planner.step(assignment, byPair.get(`${assignment.target}|${assignment.source}`), 'assign'));
  return inTurn(steps);
}

/**
 * Lets the object join. Assignments that tell nobody are READY at once if the formation is; the others wait for their steps.
 * @throws UnclassifiedError for a formation on its way out; NotFound, InvalidOperation for an object that may not; InvalidData for a name that labels do not allow
 */
export async function join(
  call: WriteCall,
  place: Place,
  kind: ParticipantKind,
  id: string,
  given: readonly InitialConfiguration[] = [],
): Promise<Joining> {
  const { formation } = place;
  if (formation.state === 'DELETING' || formation.state === 'DELETE_ERROR')
    throw unclassified(`cannot assign to formation with ID "${formation.id}" as it is in "${formation.state}" state`);
  const object = await requireEligible(call, place, kind, id);
  const wasNamed = scenarioNames(object.record, formation.tenant).includes(formation.name);
  const others = othersThan(object, await participantsOf(call, formation));
  await addScenario(call, object, formation.tenant, formation.name);
  const assignments = await ensureAssignments(call, place, pairsOf(endOf(object), others.map(endOf)), given);
  if (formation.state !== 'READY') return { place, kind, id, wasNamed, steps: [] };
  const steps = await stepsOf(call, place, kind, assignments);
  for (const { assignment, notification } of steps) if (!notification) await settle(call, assignment);
  const told = steps.filter(({ notification }) => notification);
  return { place, kind, id, wasNamed, steps: told, ticket: await queueAssignments(call, formation.id, told) };
}

/** Takes a joining back: all assignments of the object in this formation go, older ones too, and the label is as before. */
export async function undoJoin(call: WriteCall, { place: { formation }, kind, id, wasNamed, ticket }: Joining): Promise<void> {
  if (ticket !== undefined) await call.tx.delete(tickets, ticket);
  await removeAssignments(call, await assignmentsOfObject(call, formation.id, id));
  const object = await participantByID(call, kind, id);
  if (object && !wasNamed) await removeScenario(call, object, formation.tenant, formation.name);
}
