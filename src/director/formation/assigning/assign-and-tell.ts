/** What is done to formations, from the request to the last call: transactions with deliveries between them (`reference: facts/formations.md 8`). */
import { automaticScenarioAssignments } from '../../automatic-scenario-assignment/records.ts';
import type { Call } from '../../call.ts';
import type { DirectorContext } from '../../context.ts';
import { errorList, unclassified } from '../../errors.ts';
import { enforce } from '../../formation-constraint/enforce.ts';
import { Delivery, type DeliveryFault } from '../../notification/engine.ts';
import type { InitialConfiguration } from '../../schema/types.generated.ts';
import { assign, type Assigned, type MoveRequest, unassign, type Unassigned } from './assign.ts';
import { undoJoin } from './join.ts';
import { dropLabels } from './leave.ts';
import type { FormationRecord } from '../records.ts';

type FindFormation = (call: Call) => Promise<FormationRecord>;

const faultList = (faults: readonly DeliveryFault[]) =>
  unclassified(
    errorList(faults.map(({ assignmentID, message }) => `while processing formation assignment with id "${assignmentID}": ${message}`)),
  );

async function deliverJoins(ctx: DirectorContext, { joined, point }: Assigned): Promise<void> {
  for (const { place, steps, ticket, point: after } of joined) {
    const faults = await new Delivery(ctx, place, steps, ticket).run();
    if (faults.length > 0) throw faultList(faults);
    if (after) await enforce(ctx.call, 'POST', after);
  }
  if (point) await enforce(ctx.call, 'POST', point);
}

function undo(ctx: DirectorContext, { joined, automaticAssignment }: Assigned): Promise<void> {
  return ctx.write(async (call) => {
    for (const joining of joined) await undoJoin(call, joining);
    if (automaticAssignment !== undefined) await call.tx.delete(automaticScenarioAssignments, automaticAssignment);
  });
}

/** @throws what `assign` throws; UnclassifiedError for answers that cannot be taken and for rules after it: then all is as if it had not been */
export async function assignFormation(
  ctx: DirectorContext,
  find: FindFormation,
  request: MoveRequest,
  given: readonly InitialConfiguration[],
): Promise<FormationRecord> {
  const assigned = await ctx.write(async (call) => assign(call, await find(call), request, given));
  try {
    await deliverJoins(ctx, assigned);
  } catch (error) {
    await undo(ctx, assigned);
    throw error;
  }
  return assigned.place.formation;
}

/** Tells whoever is to be told, then takes the labels of those who are out. @throws UnclassifiedError for every assignment that could not go, and for rules after it */
export async function deliverLeaving(ctx: DirectorContext, left: Unassigned['left']): Promise<void> {
  const faults: DeliveryFault[] = [];
  for (const { place, steps, ticket, involved, point } of left) {
    const found = steps.length === 0 ? [] : await new Delivery(ctx, place, steps, ticket).run();
    faults.push(...found);
    if (found.length > 0) continue;
    if (steps.length > 0) await ctx.write((call) => dropLabels(call, place.formation, involved));
    if (point) await enforce(ctx.call, 'POST', point);
  }
  if (faults.length > 0) throw faultList(faults);
}

/** `always`: see `unassign`. @throws what that throws; UnclassifiedError for every assignment that could not go, and for rules after it */
export async function unassignFormation(
  ctx: DirectorContext,
  find: FindFormation,
  request: MoveRequest,
  always = false,
): Promise<FormationRecord> {
  const { place, left, point } = await ctx.write(async (call) => unassign(call, await find(call), request, always));
  await deliverLeaving(ctx, left);
  if (point) await enforce(ctx.call, 'POST', point);
  return place.formation;
}
