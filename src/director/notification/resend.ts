/** Tells again what one delivery was about, by the rules of a resynchronization. */
import type { DirectorContext } from '../context.ts';
import { errorList, invalidOperation, unclassified } from '../errors.ts';
import { formationAssignments } from '../formation-assignment/records.ts';
import { reverseOf } from '../formation-assignment/rules.ts';
import { isLeaving } from '../formation-assignment/operations.ts';
import { placeOf } from '../formation/place.ts';
import { dropLabels, involvedIn } from '../formation/assigning/leave.ts';
import { type FormationRecord, formations } from '../formation/records.ts';
import { resyncFormation } from '../formation/resync/resync.ts';
import { takeUp } from '../formation/resync/assignments.ts';
import type { DeliveryRecord } from './deliveries/deliveries.ts';
import { Delivery } from './engine.ts';
import { queueAssignments } from './outbox.ts';
import { Planner } from './plan.ts';

const refused = (reason: string) => invalidOperation(reason, 'notification');

/**
 * Calls again with what holds now, which may differ from what the delivery said then.
 * @throws InvalidOperation where there is nothing left to tell; UnclassifiedError for what went wrong while telling
 */
export async function resend(ctx: DirectorContext, delivery: DeliveryRecord): Promise<void> {
  const formation = await ctx.call.tx.get(formations, delivery.formationID);
  if (!formation) throw refused(`formation ${delivery.formationName} is gone`);
  if (formation.state === 'DRAFT') throw refused(`formation ${formation.name} is a draft: nobody is told before it is finalized`);
  if (delivery.assignmentID === undefined) {
    if (formation.state === 'READY') throw refused(`formation ${formation.name} is READY: there is nothing to tell again`);
    return void (await resyncFormation(ctx, formation, false));
  }
  if (formation.state !== 'READY')
    throw refused(`formation ${formation.name} is ${formation.state}: its participants are told when it is READY`);
  await resendAssignment(ctx, formation, delivery.assignmentID);
}

async function resendAssignment(ctx: DirectorContext, formation: FormationRecord, id: string): Promise<void> {
  const place = await placeOf(ctx.call, formation);
  const { step, ticket } = await ctx.write(async (call) => {
    const assignment = await call.tx.get(formationAssignments, id);
    if (!assignment) throw refused(`the assignment is gone: its target was told, or left`);
    if (assignment.state === 'READY')
      throw refused('the assignment is READY: there is nothing to tell again (a resynchronization with reset begins anew)');
    const step = await new Planner(call, place).step(
      assignment,
      await reverseOf(call, assignment),
      isLeaving(assignment) ? 'unassign' : 'assign',
    );
    if (!step.notification) throw refused('the target has no webhook for this any more, or a constraint forbids the call');
    await takeUp(call, assignment, 'RESYNC');
    return { step, ticket: await queueAssignments(call, formation.id, [step]) };
  });
  const faults = await new Delivery(ctx, place, [step], ticket).run();
  if (step.operation === 'unassign') await ctx.write((call) => dropLabels(call, formation, involvedIn([step.assignment])));
  if (faults.length > 0) throw unclassified(errorList(faults.map(({ message }) => message)));
}
