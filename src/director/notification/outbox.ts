/**
 * What is still to be told, kept with the change that it is about, so that a crash between the two loses nothing.
 * A ticket goes when its calls were made; those that a crash left behind are taken up by the next start.
 */
import { collection, type Stored } from '../../registry/contract.ts';
import type { Identity } from '../../identity/identity.ts';
import type { WriteCall } from '../call.ts';
import type { DirectorContext } from '../context.ts';
import { SHARED_WORK } from '../background.ts';

export interface TicketRecord extends Stored {
  readonly formationID: string;
  /** Ids of the assignments that make calls; absent where the formation as a whole is to be told about. */
  readonly assignments?: readonly string[];
  /** For whom the calls are made. */
  readonly caller: Identity;
  readonly createdAt: string;
}

export const tickets = collection<TicketRecord>()(
  'notificationTickets',
  { all: { keys: () => ['all'], order: (ticket) => ticket.createdAt } },
  { work: { index: 'all', ...SHARED_WORK } },
);

/** Answers the ticket's id; undefined where no assignment makes a call. */
export async function queueAssignments(
  call: WriteCall,
  formationID: string,
  steps: readonly { readonly assignment: { readonly id: string } }[],
): Promise<string | undefined> {
  if (steps.length === 0) return undefined;
  return queue(call, { formationID, assignments: steps.map(({ assignment }) => assignment.id) });
}

export const queueFormation = (call: WriteCall, formationID: string): Promise<string> => queue(call, { formationID });

async function queue(call: WriteCall, ticket: Pick<TicketRecord, 'formationID' | 'assignments'>): Promise<string> {
  const id = call.newId();
  await call.tx.put(tickets, { ...ticket, id, caller: call.caller, createdAt: call.now() });
  return id;
}

/** Says that the calls were made. */
export async function finish(ctx: DirectorContext, ticket: string | undefined): Promise<void> {
  if (ticket !== undefined) await ctx.write(async (call) => call.tx.delete(tickets, ticket));
}
