/** What a leading product's report makes of a formation (`reference: facts/formations.md 6 and 10`). */
import type { DirectorContext } from '../../context.ts';
import { UnclassifiedError } from '../../errors.ts';
import { enforceStatus, type LifecycleOperation } from '../../formation/lifecycle/leading-product.ts';
import type { Place } from '../../formation/place.ts';
import { resyncFormation } from '../../formation/resync/resync.ts';
import { discardFormation } from '../../formation/rules.ts';
import { storeFormation, withState } from '../../formation/state.ts';
import { inBackground } from '../../background.ts';
import { finish, queueFormation } from '../outbox.ts';
import { refused, type ReportBody, unexpected } from './status-body.ts';

/** Which report may come in which state: in DELETING about the deletion, for a draft none. */
function isExpected(present: string, state: string): boolean {
  if (present === 'DRAFT') return false;
  return present === 'DELETING' ? state === 'READY' || state === 'DELETE_ERROR' : state === 'READY' || state === 'CREATE_ERROR';
}

/** READY also tells the participants, after the answer. @throws Refused for a state that does not fit */
export async function takeFormationReport(ctx: DirectorContext, place: Place, body: ReportBody): Promise<void> {
  const { formation } = place;
  if (!isExpected(formation.state, body.state))
    throw refused(`A report of ${body.state || 'no state'} does not fit a formation in state ${formation.state}`);
  const operation: LifecycleOperation = formation.state === 'DELETING' ? 'deleteFormation' : 'createFormation';
  const isGone = operation === 'deleteFormation' && body.state === 'READY';
  const error = body.state === 'READY' ? formation.error : { message: body.error, errorCode: 2 };
  const next = isGone ? formation : withState(formation, body.state, error);
  try {
    const ticket = await ctx.write(async (call) => {
      await enforceStatus(call, 'PRE', { ...place, formation: next }, operation);
      await (isGone ? discardFormation(call, formation) : storeFormation(call, next));
      await enforceStatus(call, 'POST', { ...place, formation: next }, operation);
      return !isGone && next.state === 'READY' ? queueFormation(call, formation.id) : undefined;
    });
    if (ticket === undefined) return;
    inBackground(ctx.director, 'telling the participants', async () => {
      await resyncFormation(ctx, next, false);
      await finish(ctx, ticket);
    });
  } catch (error) {
    if (error instanceof UnclassifiedError) throw unexpected();
    throw error;
  }
}
