/** The label in which an object keeps the ids of the subscriptions that it serves. */
import type { Labels } from '../label/records.ts';

export const SUBSCRIPTIONS = 'subscriptions';

/** Stands for whoever used an object before its first recorded subscription. */
const EARLIER_USE = '00000000-0000-0000-0000-000000000000';

const idsOf = (labels: Labels): readonly unknown[] | undefined => {
  const ids = labels[SUBSCRIPTIONS];
  return Array.isArray(ids) ? ids : undefined;
};

/** The labels with one subscription more. */
export function withSubscription(labels: Labels, id: string): Labels {
  const ids = idsOf(labels) ?? [EARLIER_USE];
  return ids.includes(id) ? labels : { ...labels, [SUBSCRIPTIONS]: [...ids, id] };
}

/** The labels without that subscription, or without the earlier use if it is not among them; undefined if none would be left, so that the object has served its time whatever id was given. */
export function withoutSubscription(labels: Labels, id: string): Labels | undefined {
  const ids = idsOf(labels) ?? [];
  if (ids.length <= 1) return undefined;
  const ended = ids.includes(id) ? id : EARLIER_USE;
  return { ...labels, [SUBSCRIPTIONS]: ids.filter((known) => known !== ended) };
}
