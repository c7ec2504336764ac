/**
 * What happens to formations, one commit after the other: states of formations and assignments, and deliveries.
 * Made of the Registry's own history, so that every process on it tells the same, and whoever was away for a while can go on where it was.
 */
import type { Commit, Registry } from '../../registry/contract.ts';
import { formationAssignments } from '../formation-assignment/records.ts';
import { formations } from '../formation/records.ts';
import { deliveries } from './deliveries/deliveries.ts';

export interface FeedEvent {
  /** Number of the commit, a point, and the place in it: where to go on. */
  readonly id: string;
  /** `formation`, `assignment` or `notification`. */
  readonly type: string;
  /** Internal id of the tenant that may see it. */
  readonly tenant: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Feed {
  /**
   * Tells of everything behind an event or a position, as far back as history goes, and of what comes.
   * `onGap` is called first where it does not go that far. Returns what ends it.
   */
  follow(after: string, listener: (event: FeedEvent) => void, onGap: () => void): Promise<() => void>;
  /** Where the next event will be: an id to go on behind. */
  position(): Promise<string>;
}

/** How many commits may lie between. */
const WINDOW = 5_000;
const SHOWN = new Set(['formations', 'formationAssignments', 'notificationDeliveries']);

type Known = Readonly<Record<string, unknown>> & { readonly tenant: string };

/** As they are now: of what changed several times, the last state is told each time. */
async function dataOf({ latest }: Registry, collection: string, id: string): Promise<Known | undefined> {
  if (collection === 'formations') {
    const formation = await latest.get(formations, id);
    return formation && { tenant: formation.tenant, id, name: formation.name, state: formation.state, error: formation.error ?? null };
  }
  if (collection === 'formationAssignments') {
    const assignment = await latest.get(formationAssignments, id);
    if (!assignment) return undefined;
    const { tenant, formationID, source, sourceType, target, targetType, state, error } = assignment;
    return { tenant, id, formationID, source, sourceType, target, targetType, state, error: error === undefined ? null : messageIn(error) };
  }
  const delivery = await latest.get(deliveries, id);
  if (!delivery) return undefined;
  const { request, response, moment: _, ...rest } = delivery;
  return {
    ...rest,
    ...(request && { request: { method: request.method, url: request.url } }),
    ...(response && { response: { status: response.status } }),
  };
}

function messageIn(error: string): string {
  try {
    return (JSON.parse(error) as { error?: { message?: string } }).error?.message ?? error;
  } catch {
    return error;
  }
}

const TYPES: Readonly<Record<string, string>> = {
  formations: 'formation',
  formationAssignments: 'assignment',
  notificationDeliveries: 'notification',
};

/** What a commit means. Records that are gone are told by their id, to the tenant in which they went. */
async function eventsOf(registry: Registry, { sequence, changes, about }: Commit): Promise<FeedEvent[]> {
  const events: FeedEvent[] = [];
  for (const [index, { collection, id, kind }] of changes.entries()) {
    const type = TYPES[collection];
    if (type === undefined) continue;
    const known = await dataOf(registry, collection, id);
    const event = { id: `${sequence}.${index}`, type };
    if (known) {
      const { tenant, ...data } = known;
      events.push({ ...event, tenant, data });
    } else if (kind === 'delete' && type !== 'notification' && about.tenant !== undefined)
      events.push({ ...event, tenant: about.tenant, data: { id, isGone: true } });
  }
  return events;
}

const isOfInterest = ({ changes }: Commit) => changes.some(({ collection }) => SHOWN.has(collection));

interface EventPlace {
  readonly sequence: number;
  readonly index: number;
}

function isBehind({ id }: FeedEvent, place: EventPlace): boolean {
  const { sequence, index } = placeIn(id)!;
  return sequence === place.sequence ? index > place.index : sequence > place.sequence;
}

function placeIn(id: string): EventPlace | undefined {
  const [, sequence, index] = /^(\d{1,15})\.(\d{1,9}|end)$/.exec(id) ?? [];
  return sequence === undefined ? undefined : { sequence: Number(sequence), index: index === 'end' ? Infinity : Number(index) };
}

export function createFeed(registry: Registry): Feed {
  const listeners = new Set<(event: FeedEvent) => void>();
  let unwatch: (() => void) | undefined;
  /** Commits are told in their order, however long it takes to read what they changed. */
  let telling: Promise<void> = Promise.resolve();

  const tell = (commit: Commit) => {
    if (!isOfInterest(commit)) return;
    telling = telling
      .then(async () => {
        for (const event of await eventsOf(registry, commit)) for (const listener of listeners) listener(event);
      })
      .catch(() => undefined);
  };

  function listen(listener: (event: FeedEvent) => void): () => void {
    listeners.add(listener);
    unwatch ??= registry.watch(tell);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      unwatch?.();
      unwatch = undefined;
    };
  }

  const last = async () => registry.sequence ?? (await registry.info()).sequence;

  async function missed(after: EventPlace): Promise<FeedEvent[] | undefined> {
    const end = await last();
    if (after.sequence > end || end - after.sequence > WINDOW) return undefined;
    const commits = await registry.history(after.sequence - 1, WINDOW + 1);
    if (end > after.sequence && (commits[0]?.sequence ?? Infinity) > after.sequence + 1) return undefined;
    const events: FeedEvent[] = [];
    for (const commit of commits.filter(isOfInterest))
      for (const event of await eventsOf(registry, commit)) if (isBehind(event, after)) events.push(event);
    return events;
  }

  return {
    position: async () => `${await last()}.end`,
    async follow(after, listener, onGap) {
      // What happens while the past is read waits its turn.
      const waiting: FeedEvent[] = [];
      let isCaughtUp = false;
      const end = listen((event) => (isCaughtUp ? listener(event) : void waiting.push(event)));
      let place = placeIn(after);
      const past = place && (await missed(place).catch(() => undefined));
      if (!past) onGap();
      for (const event of [...(past ?? []), ...waiting]) {
        if (place && !isBehind(event, place)) continue;
        place = placeIn(event.id);
        listener(event);
      }
      isCaughtUp = true;
      return end;
    },
  };
}
