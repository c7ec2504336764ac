/** Telling again what did not arrive, and taking a draft into use (`reference: facts/formations.md 8`). */
import type { DirectorContext } from '../../context.ts';
import { UnclassifiedError, unclassified } from '../../errors.ts';
import { enforceStatus, keepOutcome, tellProduct } from '../lifecycle/leading-product.ts';
import { type Place, placeOf } from '../place.ts';
import type { FormationRecord } from '../records.ts';
import * as rules from '../rules.ts';
import { storeFormation, withState } from '../state.ts';
import { resyncAssignments } from './assignments.ts';

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
      if (outcome.isAnswered) await enforceStatus(call, 'POST', { ...place, formation: outcome.formation }, operation);
    });
    return { formation: outcome.formation, stored: outcome.formation, gone: true };
  }
  return {
    formation: outcome.formation,
    stored: await ctx.write((call) => keepOutcome(call, place, operation, outcome)),
    gone: false,
  };
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
    const isTold = (await rules.lifecycleWebhooks(call, draft.formationTemplateId)).length > 0;
    const finalized = withState(draft, isTold ? 'INITIAL' : 'READY');
    await storeFormation(call, finalized);
    return finalized;
  });
  return resyncFormation(ctx, formation, false);
}
