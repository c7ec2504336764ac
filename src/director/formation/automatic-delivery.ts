/** Telling others that runtimes and contexts joined or left by themselves, after the transaction in which they did. */
import type { DirectorContext } from '../context.ts';
import { Delivery } from '../notification/engine.ts';
import type { AutomaticMoves } from './automatic.ts';
import { deliverLeaving } from './service.ts';

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
