/** Takes up what a crash left untold. */
import type { DirectorContext, DirectorCore } from '../context.ts';
import { isLeaving } from '../formation-assignment/operations.ts';
import { type FormationAssignmentRecord, formationAssignments } from '../formation-assignment/records.ts';
import { reverseOf } from '../formation-assignment/rules.ts';
import { placeOf } from '../formation/place.ts';
import { dropLabels, involvedIn } from '../formation/assigning/leave.ts';
import { formations } from '../formation/records.ts';
import { resyncFormation } from '../formation/resync/resync.ts';
import { startOf } from '../background.ts';
import { Delivery } from './engine.ts';
import { finish, type TicketRecord, tickets } from './outbox.ts';
import type { Step } from './notification.ts';
import { inTurn, Planner } from './plan.ts';

/** Neither done nor, as far as is known, told since the ticket was made. */
const isUntold = (assignment: FormationAssignmentRecord, { createdAt }: TicketRecord): boolean =>
  (assignment.state === 'INITIAL' || assignment.state === 'DELETING') && (assignment.lastNotificationSentTimestamp ?? '') < createdAt;

async function takeUp(ctx: DirectorContext, ticket: TicketRecord): Promise<void> {
  const formation = await ctx.call.tx.get(formations, ticket.formationID);
  if (!formation) return;
  if (!ticket.assignments) return void (await resyncFormation(ctx, formation, false));
  const place = await placeOf(ctx.call, formation);
  const planner = new Planner(ctx.call, place);
  const steps: Step[] = [];
  for (const assignment of await ctx.call.tx.getMany(formationAssignments, ticket.assignments)) {
    if (!assignment || !isUntold(assignment, ticket)) continue;
    steps.push(await planner.step(assignment, await reverseOf(ctx.call, assignment), isLeaving(assignment) ? 'unassign' : 'assign'));
  }
  for (const { assignmentID, message } of await new Delivery(ctx, place, inTurn(steps)).run())
    ctx.director.report?.(`formation assignment ${assignmentID} could not be told: ${message}`);
  const leaving = steps.filter(({ operation }) => operation === 'unassign').map(({ assignment }) => assignment);
  if (leaving.length > 0) await ctx.write((call) => dropLabels(call, formation, involvedIn(leaving)));
}

/**
 * Makes the calls of a ticket that was left behind; nothing happens if it is gone.
 * Receivers may hear twice what they heard before the crash.
 */
export async function resumeNotification(director: DirectorCore, id: string): Promise<void> {
  const ticket = await director.registry.latest.get(tickets, id);
  if (!ticket) return;
  const ctx = director.contextFor({ caller: ticket.caller, headers: {}, requestId: ticket.id }, director.registry.latest);
  ctx.operation = 'resumeNotifications';
  try {
    await takeUp(ctx, ticket);
    await finish(ctx, ticket.id);
  } catch (error) {
    director.report?.(`notification ${ticket.id} could not be taken up`, {
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}

/** How many formations are taken up at a time: a receiver that hangs keeps none of the others waiting. */
const AT_A_TIME = 64;

/** The same for all tickets of earlier processes, oldest first; those of one formation one after the other. */
export async function resumeNotifications(director: DirectorCore): Promise<void> {
  const start = startOf(director);
  const byFormation = new Map<string, string[]>();
  for (const { id, formationID, createdAt } of await director.registry.latest.find(tickets, 'all', 'all')) {
    if (createdAt > start) break;
    const ids = byFormation.get(formationID);
    if (ids) ids.push(id);
    else byFormation.set(formationID, [id]);
  }
  const formations = byFormation.values();
  const takeTurns = async () => {
    for (const ids of formations) for (const id of ids) await resumeNotification(director, id);
  };
  await Promise.all(Array.from({ length: Math.min(AT_A_TIME, byFormation.size) }, takeTurns));
}
