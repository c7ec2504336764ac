/** Formations are created and deleted, and the leading product of their template is asked about it (`reference: facts/formations.md 6`). */
import type { WriteCall } from '../../call.ts';
import type { DirectorContext } from '../../context.ts';
import { enforce } from '../../formation-constraint/enforce.ts';
import { finish, queueFormation } from '../../notification/outbox.ts';
import { formationJoinPoint } from '../join-points.ts';
import { type Place, placeOf } from '../place.ts';
import type { FormationRecord } from '../records.ts';
import * as rules from '../rules.ts';
import { enforceStatus, keepOutcome, type LifecycleOutcome, tellProduct } from './leading-product.ts';

const afterCreation = ({ formation, template }: Place) => formationJoinPoint('CREATE_FORMATION', template, formation);

export interface Created {
  readonly created: FormationRecord;
  /** Of what is to be told. */
  readonly ticket: string | undefined;
}

/** As far as one transaction goes; then it is to be told. @throws what `rules.createFormation` throws */
export async function createToTell(call: WriteCall, input: rules.NewFormation): Promise<Created> {
  const created = await rules.createFormation(call, input);
  return { created, ticket: created.state === 'INITIAL' ? await queueFormation(call, created.id) : undefined };
}

/** Tells the product of a new formation; nothing is left where that fails. The answer is the formation as it was held, with the times of the beginning. */
export async function tellOfCreation(ctx: DirectorContext, { created, ticket }: Created): Promise<FormationRecord> {
  const place = await placeOf(ctx.call, created);
  try {
    const outcome = created.state === 'INITIAL' ? await tellProduct(ctx, place, 'createFormation') : undefined;
    if (outcome) await ctx.write((call) => keepOutcome(call, place, 'createFormation', outcome));
    await enforce(ctx.call, 'POST', afterCreation(place));
    return outcome?.formation ?? created;
  } catch (error) {
    await ctx.write((call) => rules.discardFormation(call, created));
    throw error;
  } finally {
    await finish(ctx, ticket);
  }
}

/** Creates a formation and tells the product: see `tellOfCreation`. */
export const createAndTell = async (ctx: DirectorContext, input: rules.NewFormation): Promise<FormationRecord> =>
  tellOfCreation(ctx, await ctx.write((call) => createToTell(call, input)));

/** A formation that is to go, and what its product said to that. */
export interface Leaving {
  readonly place: Place;
  /** As the product's answer makes it. */
  readonly told: FormationRecord;
  /** Undefined where nobody was asked. */
  readonly outcome?: LifecycleOutcome;
  /** Whether it goes now: else the product may agree later. */
  readonly isOver: boolean;
}

/** Asks the product of a formation that is to go, if there is one and it is `asked`; nothing is stored. @throws UnclassifiedError while somebody takes part, for technical trouble, and by a rule */
export async function askToDelete(ctx: DirectorContext, formation: FormationRecord, asked = true): Promise<Leaving> {
  const place = await placeOf(ctx.call, formation);
  const isAsked = asked && (await rules.lifecycleWebhooks(ctx.call, place.template.id)).length > 0;
  if (!isAsked) return { place, told: formation, isOver: true };
  await rules.checkDeletion(ctx.call, formation);
  const outcome = await tellProduct(ctx, place, 'deleteFormation');
  const told = outcome?.formation ?? formation;
  return { place, told, ...(outcome && { outcome }), isOver: told.state === 'READY' || told.state === 'DRAFT' };
}

/** Deletes the formation, or keeps what its product said. @throws UnclassifiedError while somebody takes part, and by a rule */
export async function concludeDeletion(call: WriteCall, { place, told, outcome, isOver }: Leaving): Promise<void> {
  if (isOver) await rules.deleteFormation(call, place.formation);
  if (isOver && outcome?.isAnswered) await enforceStatus(call, 'POST', { ...place, formation: told }, 'deleteFormation');
  if (!isOver && outcome) await keepOutcome(call, place, 'deleteFormation', outcome);
}

/** Deletes a formation, after the product agreed if there is one; the input's state DRAFT skips the call. */
export async function deleteAndTell(ctx: DirectorContext, input: rules.NewFormation): Promise<FormationRecord> {
  const leaving = await askToDelete(ctx, await rules.requireFormationByName(ctx.call, input.name), input.state !== 'DRAFT');
  await ctx.write((call) => concludeDeletion(call, leaving));
  return leaving.told;
}
