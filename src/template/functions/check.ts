/** What functions ask of their arguments. A wrong kind is a fault of the template, told in the language's terms. */
import { Fault } from '../error.ts';
import { GoMap, kindOf, NamedText, printedInside, RawJson, typeOf } from '../values.ts';

/** A text; named types are refused as Go refuses them. */
export function str(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof NamedText) throw new Fault('wrong type for value; expected string; got a named string type (use toString)');
  throw new Fault(`wrong type for value; expected string; got ${typeOf(value)}`);
}

export function bool(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new Fault(`wrong type for value; expected bool; got ${typeOf(value)}`);
}

export function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new Fault(`wrong type for value; expected a list; got ${typeOf(value)}`);
}

export function map(value: unknown): GoMap {
  if (value instanceof GoMap) return value;
  throw new Fault(`wrong type for value; expected a map; got ${typeOf(value)}`);
}

/** An int where the language wants one as it is (`substr`, `trunc`, `repeat`). */
export function int(value: unknown): number {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw new Fault(`wrong type for value; expected int; got ${typeOf(value)}`);
}

/** The text of anything: texts as they are, all else printed. */
export const strval = (value: unknown): string => printedInside(value);

/** Texts of a list, or of one value. */
export const strslice = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => item !== undefined).map(strval) : value === undefined ? [] : [strval(value)];

/** What becomes of floats that no int64 can hold. */
const LEAST_INT64 = -(2n ** 63n);
const INT64 = (value: bigint) => BigInt.asIntN(64, value);

/** Anything as an int64, 0 where it is none: how sprig reads numbers. */
export function toInt64(value: unknown): bigint {
  if (typeof value === 'bigint') return INT64(value);
  if (typeof value === 'number') return Math.abs(value) < 2 ** 63 ? BigInt(Math.trunc(value)) : LEAST_INT64;
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (typeof value === 'string' && /^[+-]?(0[xX][0-9a-fA-F]+|0[oO]?[0-7]+|0[bB][01]+|\d+)$/.test(value)) {
    const negative = value.startsWith('-');
    const digits = value.replace(/^[+-]/, '');
    const parsed = BigInt(/^0\d+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return INT64(negative ? -parsed : parsed);
  }
  return 0n;
}

export function toFloat64(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))) return Number(value);
  return 0;
}

/** Deep equality of values of the same kind. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (kindOf(a) !== kindOf(b)) return false;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (a instanceof GoMap && b instanceof GoMap)
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && same(value, b.get(key)));
  if (a instanceof NamedText && b instanceof NamedText) return a.text === b.text;
  if (a instanceof RawJson && b instanceof RawJson) return a.text === b.text;
  return false;
}

/** Whether sprig takes the value for empty. */
export const empty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  value === 0 ||
  value === 0n ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (value instanceof GoMap && value.size === 0) ||
  (value instanceof NamedText && value.text === '') ||
  (value instanceof RawJson && value.text === '');
