/** Carries out the fetch requests of specs, outside of any transaction, and keeps the outcome in one of its own. */
import { apiDefinitions } from '../api/records.ts';
import { NOBODY } from '../../identity/identity.ts';
import type { DirectorContext, DirectorCore } from '../context.ts';
import { eventDefinitions } from '../event/records.ts';
import { startOf } from '../background.ts';
import type { Collection, Stored } from '../../registry/contract.ts';
import { outboundOptions } from '../outbound/http.ts';
import { download } from './download.ts';
import { ANY_APPLICATION, type FetchRequestRecord, isHindered, type Specified } from './records.ts';
import { withOutcome } from './rules.ts';

/** How many specs of one request are fetched at the same time. */
const AT_ONCE = 4;

type Fetched = Stored & Specified;

/** Fetch requests under way, by their id: whoever comes second waits for the same answer. */
const underWay = new WeakMap<object, Map<string, Promise<void>>>();

async function fetchAndKeep<R extends Fetched>(
  ctx: DirectorContext,
  definitions: Collection<R>,
  id: string,
  request: FetchRequestRecord,
): Promise<void> {
  const outcome = await download(request, await outboundOptions(ctx, request.auth));
  await ctx.write(async (call) => {
    const record = await call.tx.get(definitions, id);
    // Changed or deleted meanwhile: the outcome is nobody's.
    if (record?.fetchRequest?.id !== request.id) return;
    await call.tx.put(definitions, withOutcome(record, outcome, call.now()));
  });
}

/** Fetches the spec of one API or event, whatever became of it before; nothing happens where its mode or filter is not supported. */
export async function fetchSpec<R extends Fetched>(ctx: DirectorContext, definitions: Collection<R>, record: R): Promise<void> {
  const request = record.fetchRequest;
  if (!request || isHindered(request)) return;
  const known = underWay.get(ctx.director) ?? new Map<string, Promise<void>>();
  underWay.set(ctx.director, known);
  const running = known.get(request.id) ?? fetchAndKeep(ctx, definitions, record.id, request).finally(() => known.delete(request.id));
  known.set(request.id, running);
  await running;
}

async function inTurns<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

/**
 * Fetches every spec of the application that is still to be fetched. Called after a mutation has committed and before it answers:
 * the mutation never fails because of the other side.
 */
export async function fetchPending(ctx: DirectorContext, applicationID: string): Promise<void> {
  if (ctx.afterCommit) return ctx.afterCommit((later) => fetchPending(later, applicationID));
  await fetchAll(ctx, applicationID, () => true);
}

/** Fetches what the index of pending ones has under that key and the judge lets through. */
async function fetchAll(ctx: DirectorContext, key: string, judge: (record: Specified) => boolean): Promise<void> {
  const { tx } = ctx.call;
  const [apis, events] = await Promise.all([tx.find(apiDefinitions, 'pending', key), tx.find(eventDefinitions, 'pending', key)]);
  const work = [
    ...apis.filter(judge).map((api) => () => fetchSpec(ctx, apiDefinitions, api)),
    ...events.filter(judge).map((event) => () => fetchSpec(ctx, eventDefinitions, event)),
  ];
  await inTurns(work, AT_ONCE, (fetch) => fetch());
}

const resumed = (director: DirectorCore): DirectorContext => {
  const ctx = director.contextFor({ caller: NOBODY, headers: {}, requestId: 'resumed' }, director.registry.latest);
  ctx.operation = 'resumeFetches';
  return ctx;
};

/** Takes up a fetch request that a stop or crash left behind; its server may be asked again. */
export async function resumeFetch<R extends Fetched>(director: DirectorCore, definitions: Collection<R>, id: string): Promise<void> {
  const record = await director.registry.latest.get(definitions, id);
  if (record?.fetchRequest?.status.condition === 'INITIAL') await fetchSpec(resumed(director), definitions, record);
}

/** The same for all fetch requests of earlier processes. */
export async function resumeFetches(director: DirectorCore): Promise<void> {
  const start = startOf(director);
  const isLeft = ({ fetchRequest }: Specified) => fetchRequest !== undefined && fetchRequest.status.timestamp <= start;
  await fetchAll(resumed(director), ANY_APPLICATION, isLeft);
}
