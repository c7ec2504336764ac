/** What happens to one formation, as lines: from the stream of events, or by looking again and again where a Compass has none. */
import { setTimeout as sleep } from 'node:timers/promises';
import { follow, type StreamedEvent } from '../../client/events.ts';
import { HttpError } from '../../client/errors.ts';
import type { Delivery, RestOptions } from '../../client/notifications.ts';
import { outcomeOf } from '../views/notification.ts';
import { isLoop, type Progress } from './progress.ts';

export interface Happening {
  /** ISO 8601. */
  readonly time: string;
  /** `formation`, `assignment` or `notification`. */
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

type Names = ReadonlyMap<string, string>;

export function namesIn({ assignments }: Progress): Map<string, string> {
  return new Map(assignments.flatMap((one) => [[one.source, one.sourceName] as const, [one.target, one.targetName] as const]));
}

const textIn = (data: Happening['data'], name: string): string => (typeof data[name] === 'string' ? data[name] : '');

export function lineOf({ time, type, data }: Happening, names: Names): string {
  const named = (name: string) => names.get(textIn(data, name)) ?? textIn(data, name);
  const pair =
    data['target'] === undefined ? '' : data['source'] === data['target'] ? named('target') : `${named('target')} about ${named('source')}`;
  const clock = time.slice(11, 23);
  if (data['isGone'] === true) return `${clock}  ${type} ${textIn(data, 'id')} is gone`;
  if (type === 'formation') return `${clock}  formation ${textIn(data, 'name')}: ${textIn(data, 'state')}${faultIn(data)}`;
  if (type === 'assignment') return `${clock}  ${pair}: ${textIn(data, 'state')}${faultIn(data)}`;
  const delivery = data as unknown as Delivery;
  const status = delivery.response?.status ?? 'no answer';
  const what =
    delivery.kind === 'report'
      ? `reported by ${delivery.by ?? 'somebody'}`
      : `${delivery.request?.method ?? ''} ${delivery.request?.url ?? ''}`.trim();
  const outcome = outcomeOf(delivery);
  return `${clock}  ${pair === '' ? `formation ${delivery.formationName}` : pair}: ${delivery.operation} ${what} -> ${status} in ${delivery.duration} ms${outcome === '' ? '' : ` (${outcome})`}`;
}

function faultIn({ error }: Happening['data']): string {
  const message = typeof error === 'string' ? error : ((error as { message?: unknown } | null | undefined)?.message ?? '');
  return message === '' ? '' : ` (${String(message)})`;
}

const concerns = ({ type, data }: StreamedEvent, formation: string, known: ReadonlySet<string>): boolean =>
  type === 'formation'
    ? data['id'] === formation
    : data['formationID'] === formation || (data['isGone'] === true && known.has(textIn(data, 'id')));

export interface Following {
  /** Of the gateway. */
  readonly gateway: RestOptions;
  readonly formation: string;
  readonly signal: AbortSignal;
  readonly onLost: (error: Error) => void;
  /** Looks at the formation as it is; undefined where it is gone. */
  readonly look: () => Promise<Progress | undefined>;
}

/** Milliseconds between two looks without events. */
const PACE = 1_000;

/** @throws what the gateway refuses, but for having no events */
export async function* happenings(following: Following, first: Progress): AsyncGenerator<Happening> {
  const { gateway, formation, signal, onLost } = following;
  const known = new Set(first.assignments.map(({ id }) => id));
  try {
    for await (const event of follow({ ...gateway, signal, onLost })) {
      if (event.type === 'gap') onLost(new Error('some of what happened was missed'));
      if (!concerns(event, formation, known)) continue;
      if (event.type === 'assignment') known.add(textIn(event.data, 'id'));
      yield { time: new Date().toISOString(), type: event.type, data: event.data };
    }
  } catch (error) {
    if (!(error instanceof HttpError) || error.status !== 404) throw error;
    yield* differences(following, first);
  }
}

async function* differences({ signal, look }: Following, first: Progress): AsyncGenerator<Happening> {
  let before = first;
  while (!signal.aborted) {
    await sleep(PACE, undefined, { signal }).catch(() => undefined);
    const now = signal.aborted ? undefined : await look();
    if (!now) return;
    yield* changes(before, now);
    before = now;
  }
}

/** What differs between two looks. */
export function changes(before: Progress, now: Progress): Happening[] {
  const time = new Date().toISOString();
  const known = new Map(before.assignments.map((assignment) => [assignment.id, assignment]));
  const present = new Set(now.assignments.map(({ id }) => id));
  return [
    ...(before.formation.state === now.formation.state ? [] : [{ time, type: 'formation', data: { ...now.formation } }]),
    ...now.assignments
      .filter(({ id, state }) => known.get(id)?.state !== state)
      .map((assignment) => ({ time, type: 'assignment', data: { ...assignment, error: assignment.fault } })),
    ...before.assignments
      .filter((one) => !present.has(one.id) && !isLoop(one))
      .map(({ id }) => ({ time, type: 'assignment', data: { id, isGone: true } })),
  ];
}
