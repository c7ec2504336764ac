/** JSON texts as the wire writes them: without blanks, and with the characters escaped that HTML gives a meaning. */
import { byLengthThenBytes, compareBytes } from '../../text/order.ts';

const ESCAPED: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

const escapeMarkup = (json: string) => json.replace(/[<>&\u2028\u2029]/g, (character) => ESCAPED[character]!);

/** Keys stay in their order. */
export const wireJson = (value: unknown): string => escapeMarkup(JSON.stringify(value));

function ordered(value: unknown, compare: (a: string, b: string) => number): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, compare));
  if (value === null || typeof value !== 'object') return value;
  return new Ordered(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, inner]) => [key, ordered(inner, compare)] as const),
  );
}

/** An object whose keys keep the given order, whole numbers among them as well. */
class Ordered {
  constructor(readonly entries: readonly (readonly [string, unknown])[]) {}
}

function write(value: unknown): string {
  if (value instanceof Ordered) return `{${value.entries.map(([key, inner]) => `${JSON.stringify(key)}:${write(inner)}`).join(',')}}`;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  return typeof value === 'number' ? plainNumber(value) : JSON.stringify(value);
}

/** Large numbers without an exponent. */
const plainNumber = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) >= 1e21 ? BigInt(value).toString() : JSON.stringify(value);

/** Keys sorted by length, then bytewise, at every depth: as configurations are kept. */
export const storedJson = (value: unknown): string => escapeMarkup(write(ordered(value, byLengthThenBytes)));

/** Keys sorted bytewise at every depth. */
export const sortedJson = (value: unknown): string => escapeMarkup(write(ordered(value, compareBytes)));
