/** Telling again what did not arrive, and taking a draft into use (`reference: facts/formations.md 8`). */
import type { WriteCall } from '../call.ts';
import type { DirectorContext } from '../context.ts';
import { errorList, invalidOperation, UnclassifiedError, unclassified } from '../errors.ts';
import { isLeaving, restartOperation, startOperation } from '../formation-assignment/operations.ts';
import type { FormationAssignmentRecord } from '../formation-assignment/records.ts';
import { assignmentsOf, changeOperations, removeAssignments, reverseOf, storeCopy } from '../formation-assignment/rules.ts';
import { Delivery } from '../notification/engine.ts';
import { queueAssignments } from '../notification/outbox.ts';
import type { Step } from '../notification/notification.ts';
import { inTurn, Planner } from '../notification/plan.ts';
import { settle } from '../notification/settle.ts';
import { placeOf } from './assign.ts';
import { dropLabels, involvedIn } from './leave.ts';
import { enforceStatus, keepOutcome, tellProduct } from './lifecycle.ts';
import type { Place } from './objects.ts';
import type { FormationRecord } from './records.ts';
import * as rules from './rules.ts';

/** States from which an assignment is taken up again. */
const UNFINISHED = new Set(['INITIAL', 'DELETING', 'CREATE_ERROR', 'DELETE_ERROR']);

interface ToldAgain {
  /** As the operation holds it. */
  readonly formation: FormationRecord;
  /** As it is kept. */
  readonly stored: FormationRecord;
  readonly gone: boolean;
}

async function tellAgain(ctx: DirectorContext, place: Place): Promise<ToldAgain> {
  const { formation } = place;
  const isOnItsWayOut = formation.state === 'DELETING' || formation.state === 'DELETE_ERROR';
  const operation = isOnItsWayOut ? 'deleteFormation' : 'createFormation';
  const outcome = await tellProduct(ctx, place, operation);
  if (!outcome) return { formation, stored: formation, gone: false };
  if (isOnItsWayOut && outcome.done) {
    await ctx.write(async (call) => {
      await rules.discardFormation(call, formation);
      if (outcome.report) await enforceStatus(call, 'POST', place, operation, outcome.report);
    });
    return { formation: outcome.formation, stored: outcome.formation, gone: true };
  }
  return {
    formation: outcome.formation,
    stored: await ctx.write((call) => keepOutcome(call, place, operation, outcome)),
    gone: false,
  };
}

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

async function resyncAssignments(ctx: DirectorContext, place: Place, reset: boolean): Promise<void> {
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

async function withPrefix<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnclassifiedError) throw unclassified(`while resynchronizing formation with ID: ${id}: ${error.message}`);
    throw error;
  }
}

/** Tells the product if the formation is not READY, then whoever is behind. Answers the formation as it was held if it is READY or gone, else as it is kept. */
export function resyncFormation(ctx: DirectorContext, formation: FormationRecord, reset: boolean): Promise<FormationRecord> {
  return withPrefix(formation.id, async () => {
    const place = await placeOf(ctx.call, formation);
    const told = formation.state === 'READY' ? { formation, stored: formation, gone: false } : await tellAgain(ctx, place);
    if (told.formation.state !== 'READY') return told.stored;
    if (!told.gone) await resyncAssignments(ctx, { ...place, formation: told.formation }, reset);
    return told.formation;
  });
}

/** @throws NotFound; UnclassifiedError for drafts and for every assignment that failed; InvalidOperation where a reset is not supported */
export async function resynchronize(ctx: DirectorContext, id: string, reset: boolean): Promise<FormationRecord> {
  const formation = await rules.requireFormation(ctx.call, id);
  if (formation.state === 'DRAFT')
    return withPrefix(id, () => Promise.reject(unclassified('Formations in state DRAFT can not be resynchronized')));
  return resyncFormation(ctx, formation, reset);
}

/** A draft becomes INITIAL where a product is told, else READY, and everybody is told. @throws NotFound; UnclassifiedError for anything but a draft */
export async function finalizeDraft(ctx: DirectorContext, id: string): Promise<FormationRecord> {
  const formation = await ctx.write(async (call) => {
    const draft = await rules.requireFormation(call, id);
    if (draft.state !== 'DRAFT') throw unclassified(`The formation with ID ${id} is not in DRAFT state`);
    const isTold = (await rules.lifecycleWebhook(call, draft.formationTemplateId)) !== undefined;
    const finalized = rules.withState(draft, isTold ? 'INITIAL' : 'READY');
    await rules.storeFormation(call, finalized);
    return finalized;
  });
  return resyncFormation(ctx, formation, false);
}
