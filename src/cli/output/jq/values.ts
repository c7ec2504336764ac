/** How values are compared, put into words and joined: as jq does it. */
import { isDeepStrictEqual } from 'node:util';

/** What a filter can't do with what it was given. */
export class Unfit extends Error {}

export type Filter = (value: unknown) => unknown[];

export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

const a = (kind: string) => (kind === 'null' ? kind : /^[ao]/.test(kind) ? `an ${kind}` : `a ${kind}`);
export const told = (value: unknown) => a(kindOf(value));

export const isTrue = (value: unknown) => value !== null && value !== undefined && value !== false;

export const same = isDeepStrictEqual;

const ORDER = ['null', 'boolean', 'number', 'string', 'array', 'object'];

/** Negative where the first comes first: by kind, then by value. */
export function order(one: unknown, other: unknown): number {
  const kinds = ORDER.indexOf(kindOf(one)) - ORDER.indexOf(kindOf(other));
  if (kinds !== 0) return kinds;
  if (typeof one === 'number') return one - (other as number);
  if (Array.isArray(one)) return orderOfItems(one, other as unknown[]);
  const [first, second] = typeof one === 'string' ? [one, other as string] : [JSON.stringify(one), JSON.stringify(other)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function orderOfItems(one: readonly unknown[], other: readonly unknown[]): number {
  const differing = one.findIndex((item, index) => index >= other.length || order(item, other[index]) !== 0);
  if (differing === -1) return one.length - other.length;
  return differing >= other.length ? 1 : order(one[differing], other[differing]);
}

export function field(value: unknown, name: string): unknown {
  if (value === null || value === undefined) return null;
  if (kindOf(value) !== 'object') throw new Unfit(`.${name} is asked of ${told(value)}`);
  return Object.hasOwn(value as object, name) ? (value as Record<string, unknown>)[name] : null;
}

export function at(value: unknown, index: unknown): unknown {
  if (typeof index === 'string') return field(value, index);
  if (typeof index !== 'number') throw new Unfit(`[${JSON.stringify(index)}] is no place`);
  if (value === null || value === undefined) return null;
  if (!Array.isArray(value)) throw new Unfit(`[${index}] is asked of ${told(value)}`);
  return (value as unknown[]).at(index) ?? null;
}

export function each(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  if (kindOf(value) === 'object') return Object.values(value as object);
  throw new Unfit(`[] is asked of ${told(value)}`);
}

export function list(value: unknown, what: string): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  throw new Unfit(`${what} is asked of ${told(value)}`);
}

export function plus(one: unknown, other: unknown): unknown {
  if (one === null) return other;
  if (other === null) return one;
  const kind = kindOf(one);
  if (kind === kindOf(other)) {
    if (kind === 'number') return (one as number) + (other as number);
    if (kind === 'string') return `${one as string}${other as string}`;
    if (kind === 'array') return [...(one as unknown[]), ...(other as unknown[])];
    if (kind === 'object') return { ...(one as object), ...(other as object) };
  }
  throw new Unfit(`${told(one)} and ${told(other)} can't be added`);
}

export const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** One of `@tsv`, `@csv`, `@json`. */
export const FORMATS: Readonly<Record<string, (value: unknown) => string>> = {
  json: (value) => JSON.stringify(value),
  text,
  tsv: (value) =>
    list(value, '@tsv')
      .map((cell) => (cell === null ? '' : text(cell).replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n')))
      .join('\t'),
  csv: (value) =>
    list(value, '@csv')
      .map((cell) => (cell === null ? '' : typeof cell === 'string' ? `"${cell.replaceAll('"', '""')}"` : text(cell)))
      .join(','),
};
