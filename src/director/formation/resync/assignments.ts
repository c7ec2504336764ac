/** Assignments that are unfinished, or all where a formation is reset, are taken up again and told (`reference: facts/formations.md 8`). */
import type { WriteCall } from '../../call.ts';
import type { DirectorContext } from '../../context.ts';
import { errorList, invalidOperation, unclassified } from '../../errors.ts';
import { isLeaving, restartOperation, startOperation } from '../../formation-assignment/operations.ts';
import type { FormationAssignmentRecord } from '../../formation-assignment/records.ts';
import { assignmentsOf, changeOperations, removeAssignments, reverseOf, storeCopy } from '../../formation-assignment/rules.ts';
import { Delivery } from '../../notification/engine.ts';
import { queueAssignments } from '../../notification/outbox.ts';
import type { Step } from '../../notification/notification.ts';
import { inTurn, Planner } from '../../notification/plan.ts';
import { settle } from '../../notification/settle.ts';
import { dropLabels, involvedIn } from '../assigning/leave.ts';
import type { Place } from '../place.ts';

/** States from which an assignment is taken up again. */
const UNFINISHED = new Set(['INITIAL', 'DELETING', 'CREATE_ERROR', 'DELETE_ERROR']);

/** Every participant joins anew. @throws InvalidOperation unless the template supports it */
async function resetAll(call: WriteCall, { formation, template }: Place): Promise<void> {
  if (!template.supportsReset) throw invalidOperation(`formation template "${template.name}" does not support resetting`);
  for (const { configuration: _, error: __, ...assignment } of await assignmentsOf(call, formation.id)) {
    await storeCopy(call, { ...assignment, state: 'INITIAL' });
    await changeOperations(call, assignment.id, (stored) => startOperation(call, stored, 'ASSIGN', 'RESET'));
  }
}

/** Stores that the assignment is taken up again; the copy that is told about it stays as it was. */
export async function takeUp(call: WriteCall, assignment: FormationAssignmentRecord, trigger: 'RESET' | 'RESYNC'): Promise<void> {
  const { configuration, error: _, ...rest } = assignment;
  const next = isLeaving(assignment)
    ? { ...rest, state: 'DELETING' }
    : { ...rest, state: 'INITIAL', ...(configuration !== undefined && { configuration }) };
  await storeCopy(call, next);
  await changeOperations(call, assignment.id, (stored) => restartOperation(call, stored, trigger));
}

/** The steps for everything that is unfinished; what tells nobody is done at once. */
async function takeUpAll(call: WriteCall, place: Place, trigger: 'RESET' | 'RESYNC'): Promise<Step[]> {
  const planner = new Planner(call, place);
  const steps: Step[] = [];
  for (const assignment of (await assignmentsOf(call, place.formation.id)).filter(({ state }) => UNFINISHED.has(state))) {
    steps.push(await planner.step(assignment, await reverseOf(call, assignment), isLeaving(assignment) ? 'unassign' : 'assign'));
    await takeUp(call, assignment, trigger);
  }
  for (const { assignment, operation, notification } of steps) {
    if (notification) continue;
    if (operation === 'assign') await settle(call, assignment);
    else await removeAssignments(call, [assignment]);
  }
  return inTurn(steps);
}

/** @throws InvalidOperation where a reset is not supported, UnclassifiedError for every assignment that failed */
export async function resyncAssignments(ctx: DirectorContext, place: Place, reset: boolean): Promise<void> {
  const { steps, told, ticket } = await ctx.write(async (call) => {
    if (reset) await resetAll(call, place);
    const steps = await takeUpAll(call, place, reset ? 'RESET' : 'RESYNC');
    const told = steps.filter(({ notification }) => notification);
    return { steps, told, ticket: await queueAssignments(call, place.formation.id, told) };
  });
  const faults = await new Delivery(ctx, place, told, ticket).run();
  const leaving = steps.filter(({ operation }) => operation === 'unassign').map(({ assignment }) => assignment);
  if (leaving.length > 0) await ctx.write((call) => dropLabels(call, place.formation, involvedIn(leaving)));
  if (faults.length > 0) throw unclassified(errorList(faults.map(({ message }) => message)));
}
