/** Telling others that runtimes and contexts joined or left by themselves, after the transaction in which they did, or because they are to be removed, before it. */
import type { DirectorContext } from '../../context.ts';
import { Delivery } from '../../notification/engine.ts';
import type { ParticipantKind } from '../../formation-assignment/records.ts';
import type { RuntimeRecord } from '../../runtime/records.ts';
import { type RuntimeContextRecord, runtimeContexts } from '../../runtime-context/records.ts';
import { actingTenants, type AutomaticMoves, formationsNaming } from './moves.ts';
import { placeOf } from '../place.ts';
import { requireFormationGlobally } from '../rules.ts';
import { deliverLeaving, unassignFormation } from '../assigning/assign-and-tell.ts';
import { cameWithSubaccount } from '../participants/subaccount.ts';

/** A registration does not fail because others could not be told: that shows in the status of the formation, and in the report. */
export async function deliverMoves(ctx: DirectorContext, { joined, left }: AutomaticMoves): Promise<void> {
  try {
    for (const { place, steps, ticket } of joined)
      for (const { assignmentID, message } of await new Delivery(ctx, place, steps, ticket).run())
        ctx.director.report?.(`formation assignment ${assignmentID} could not be told: ${message}`);
    await deliverLeaving(ctx, left);
  } catch (error) {
    ctx.director.report?.(`automatic formations: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Leaves those formations of the tenants in whose name it is, and those that it came to with its subaccount, where others may have to be told. */
async function leaveReadyFormations(
  ctx: DirectorContext,
  kind: ParticipantKind,
  object: RuntimeRecord | RuntimeContextRecord,
  by: readonly string[],
): Promise<void> {
  for (const formation of await formationsNaming(ctx.call, object)) {
    const isOurs =
      by.includes(formation.tenant) || (await cameWithSubaccount(ctx.call, await placeOf(ctx.call, formation), kind, object.id));
    if (!isOurs || formation.state !== 'READY') continue;
    await unassignFormation(ctx, (call) => requireFormationGlobally(call, formation.id), { objectType: kind, objectID: object.id }, true);
  }
}

/**
 * Tells others that a runtime, with its contexts, or a context is about to be removed in the name of these tenants (internal ids), which the caller must be allowed to do.
 * @throws UnclassifiedError for everybody who does not agree, and by rules about leaving
 */
export async function deliverDeparture(
  ctx: DirectorContext,
  object: RuntimeRecord | RuntimeContextRecord,
  by = actingTenants(ctx.call),
): Promise<void> {
  if ('runtimeID' in object) return leaveReadyFormations(ctx, 'RUNTIME_CONTEXT', object, by);
  for (const context of await ctx.call.tx.find(runtimeContexts, 'runtime', object.id))
    await leaveReadyFormations(ctx, 'RUNTIME_CONTEXT', context, by);
  await leaveReadyFormations(ctx, 'RUNTIME', object, by);
}
