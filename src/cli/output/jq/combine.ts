/** Filters made of filters. */
import { type Filter, isTrue, list, order, same } from './values.ts';

export const COMPARISONS: Readonly<Record<string, (one: unknown, other: unknown) => boolean>> = {
  '==': same,
  '!=': (one, other) => !same(one, other),
  '<': (one, other) => order(one, other) < 0,
  '<=': (one, other) => order(one, other) <= 0,
  '>': (one, other) => order(one, other) > 0,
  '>=': (one, other) => order(one, other) >= 0,
};
export const itself: Filter = (value) => [value];
export const constant =
  (value: unknown): Filter =>
  () => [value];
export const piped =
  (first: Filter, second: Filter): Filter =>
  (value) =>
    first(value).flatMap((item) => second(item));
/** Each value of the second with each of the first. */
export const pairs =
  (first: Filter, second: Filter, of: (one: unknown, other: unknown) => unknown): Filter =>
  (value) =>
    second(value).flatMap((other) => first(value).map((one) => of(one, other)));
export const otherwise =
  (first: Filter, second: Filter): Filter =>
  (value) => {
    const good = first(value).filter(isTrue);
    return good.length > 0 ? good : second(value);
  };
export const quiet =
  (filter: Filter): Filter =>
  (value) => {
    try {
      return filter(value);
    } catch {
      return [];
    }
  };

export function slice(value: unknown, from: unknown, to: unknown): unknown {
  if (value === null) return null;
  const [start, end] = [Number(from ?? 0), to === undefined ? undefined : Number(to)];
  return typeof value === 'string' ? value.slice(start, end) : list(value, '[:]').slice(start, end);
}
