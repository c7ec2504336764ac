/**
 * Values of the template language, which are Go's: integers are `bigint`, floats `number`, texts `string`, lists arrays, maps `GoMap`, structures plain objects.
 * A nil pointer is `null`; `undefined` is nothing at all: the literal `nil`, or what a map without a fixed kind of element does not have.
 */
import { compareBytes } from '../text/order.ts';

/** A text of a named type: compares and prints like a text, but functions that take a text refuse it. */
export class NamedText {
  constructor(readonly text: string) {}
}

/** JSON as bytes: what `contains`, `copy` and `updateAndCopy` look into. It prints as a list of numbers; an empty one stands for none. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** A map; `zero` is what a missing key gives (`''` for maps of texts). */
export class GoMap extends Map<string, unknown> {
  constructor(
    entries: Iterable<readonly [string, unknown]> = [],
    readonly zero: unknown = undefined,
  ) {
    super(entries);
  }
}

/** A map of texts, such as labels. */
export const textMap = (record: Readonly<Record<string, string>>): GoMap => new GoMap(Object.entries(record), '');

/** An instant. One that comes from a store without zones has the offset where others have the zone's name. */
export class Time {
  constructor(
    readonly date: Date,
    readonly zone: 'UTC' | '+0000' = 'UTC',
  ) {}
}

/** A fraction has no zeros at its end. */
const shortISO = ({ date }: Time): string => date.toISOString().replace(/\.?0*Z$/, 'Z');

const timeText = (time: Time): string => `${shortISO(time).replace('T', ' ').slice(0, -1)} +0000 ${time.zone}`;

export const isStructure = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null &&
  typeof value === 'object' &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

export const sortedKeys = (map: GoMap): string[] => [...map.keys()].sort(compareBytes);

/** What Go calls the kind. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'invalid';
  if (value === null) return 'ptr';
  if (typeof value === 'string' || value instanceof NamedText) return 'string';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value) || value instanceof RawJson) return 'slice';
  if (value instanceof GoMap) return 'map';
  return 'struct';
}

/** What Go calls the type, as far as templates can tell. */
export function typeOf(value: unknown): string {
  if (value === undefined) return '<nil>';
  if (value === null) return '*string';
  if (value instanceof RawJson) return 'json.RawMessage';
  if (Array.isArray(value)) return value.length > 0 && value.every((item) => typeof item === 'string') ? '[]string' : '[]interface {}';
  if (value instanceof GoMap) return value.zero === '' ? 'map[string]string' : 'map[string]interface {}';
  if (value instanceof Time) return 'time.Time';
  return kindOf(value);
}

export function isTrue(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '' || value === 0 || value === 0n) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof NamedText || value instanceof RawJson) return value.text !== '';
  if (value instanceof GoMap) return value.size > 0;
  return true;
}

/** From this exponent on a float without a precision is written with one. */
const LONGEST_PLAIN = 6;

/** Digits and exponent as `%g` writes them: with an exponent below 1e-4 and from 1e`places` on. */
function general(digits: string, exponent: number, places: number): string {
  if (exponent < -4 || exponent >= places) {
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${digits[0]}${digits.length > 1 ? `.${digits.slice(1)}` : ''}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return digits.padEnd(exponent + 1, '0');
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

function partsOf(text: string): { digits: string; exponent: number } {
  const [mantissa, exponent] = text.split('e') as [string, string];
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  return { digits: digits === '' ? '0' : digits, exponent: Number(exponent) };
}

/** A float in scientific form, at least 0, with at most that many digits: `%.3g`. */
export function generalText(scientific: string, precision: number): string {
  const { digits, exponent } = partsOf(scientific);
  const places = precision > digits.length && digits.length > exponent ? Math.max(digits.length, 1) : precision;
  return general(digits, exponent, places);
}

/** A float in the shortest form that `%v` writes. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const { digits, exponent } = partsOf(Math.abs(value).toExponential());
  return `${value < 0 || Object.is(value, -0) ? '-' : ''}${general(digits, exponent, LONGEST_PLAIN)}`;
}

/** A value as `{{ . }}` prints it. */
export function printed(value: unknown): string {
  return value === undefined ? '<no value>' : printedInside(value);
}

/** A value as it is printed within others, and by `print`. */
export function printedInside(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof NamedText) return value.text;
  if (value instanceof RawJson) return `[${[...Buffer.from(value.text)].join(' ')}]`;
  if (value instanceof Time) return timeText(value);
  if (Array.isArray(value)) return `[${value.map(printedInside).join(' ')}]`;
  if (value instanceof GoMap)
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${printedInside(value.get(key))}`)
      .join(' ')}]`;
  return `{${Object.values(value as object)
    .map(printedInside)
    .join(' ')}}`;
}

/** Plain JSON data as values of the language: numbers become floats, objects maps. */
export function fromJson(value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object') return new GoMap(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]));
  return value;
}

const escapeHtml = (json: string) => json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** JSON as Go writes it: names of maps sorted, and `<`, `>`, `&` escaped unless `raw`. */
export function toJson(value: unknown, { raw = false, indent = '' }: { raw?: boolean; indent?: string } = {}): string {
  const plain = (inner: unknown): unknown => {
    if (inner === undefined || inner === null) return null;
    if (typeof inner === 'bigint') return Number(inner);
    if (inner instanceof NamedText) return inner.text;
    if (inner instanceof RawJson) return inner.text === '' ? null : (JSON.parse(inner.text) as unknown);
    if (inner instanceof Time) return shortISO(inner);
    if (Array.isArray(inner)) return inner.map(plain);
    if (inner instanceof GoMap) return Object.fromEntries(sortedKeys(inner).map((key) => [key, plain(inner.get(key))]));
    if (typeof inner === 'object')
      return Object.fromEntries(
        Object.entries(inner)
          .filter(([, v]) => typeof v !== 'function')
          .map(([key, v]) => [key, plain(v)]),
      );
    return inner;
  };
  const json = JSON.stringify(plain(value), null, indent);
  return raw ? json : escapeHtml(json);
}
