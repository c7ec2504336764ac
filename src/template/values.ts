/**
 * Values of the template language, which are Go's: integers are `bigint`, floats `number`, texts `string`, lists arrays, maps `GoMap`, structures plain objects.
 * A nil pointer is `null`; what a map without a fixed kind of element does not have is `undefined`.
 */

/** A text of a named type: compares and prints like a text, but functions that take a text refuse it. */
export class NamedText {
  constructor(readonly text: string) {}
}

/** JSON as bytes: what `contains`, `copy` and `updateAndCopy` look into. */
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

/** An instant, for the date functions. */
export class Time {
  constructor(readonly date: Date) {}
}

export const isStructure = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null &&
  typeof value === 'object' &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
export const sortedKeys = (map: GoMap): string[] => [...map.keys()].sort(byBytes);

/** What Go calls the kind. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'invalid';
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
  if (value === null || value === undefined) return '<nil>';
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

/** A float in the shortest form, with an exponent from 1e21 on and below 1e-4, as `%v` writes it. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e21)) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return String(value);
}

/** A value as `{{ . }}` prints it. */
export function printed(value: unknown): string {
  if (value === undefined) return '<no value>';
  return text(value);
}

function text(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return floatText(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (value instanceof NamedText || value instanceof RawJson) return value.text;
  if (value instanceof Time)
    return value.date
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, ' +0000 UTC');
  if (Array.isArray(value)) return `[${value.map(text).join(' ')}]`;
  if (value instanceof GoMap)
    return `map[${sortedKeys(value)
      .map((key) => `${key}:${text(value.get(key))}`)
      .join(' ')}]`;
  return `{${Object.values(value as object)
    .map(text)
    .join(' ')}}`;
}

/** Plain JSON data as values of the language: numbers become floats, objects maps. */
export function fromJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromJson);
  if (value !== null && typeof value === 'object') return new GoMap(Object.entries(value).map(([key, inner]) => [key, fromJson(inner)]));
  return value;
}

const escapeHtml = (json: string) => json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** JSON as Go writes it: names of maps sorted, and `<`, `>`, `&` escaped unless `raw`. */
export function toJson(value: unknown, { raw = false, indent = '' }: { raw?: boolean; indent?: string } = {}): string {
  const plain = (inner: unknown): unknown => {
    if (inner === undefined || inner === null) return null;
    if (typeof inner === 'bigint') return Number(inner);
    if (inner instanceof NamedText) return inner.text;
    if (inner instanceof RawJson) return JSON.parse(inner.text) as unknown;
    if (inner instanceof Time) return inner.date.toISOString();
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
