/**
 * The normal form of JSON texts, as the wire shows schemas, contexts and parameters (`reference: facts/bundles.md 1.7`): keys ordered by
 * their length in bytes and then by bytes, blanks after `:` and `,`, and every number in plain decimal with the digits that it was given.
 * Numbers stay texts all the way, because their digits count.
 */
import { byLengthThenBytes } from '../../text/order.ts';
import { invalidData } from '../errors.ts';

/** A JSON value whose numbers are kept as written. */
type Value = null | boolean | string | NumberText | Value[] | Map<string, Value>;

class NumberText {
  constructor(readonly digits: string) {}
}

const TOKEN = /[\s]*(?:([{}[\]:,])|("[^"\\]*(?:\\.[^"\\]*)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;
/** Digits before and after the point that a number may have: an exponent makes many of a few. */
const DIGITS_BEFORE = 1024;
const DIGITS_AFTER = 1024;
/** Lists and objects inside of each other. */
const DEEPEST = 1000;

/** Reads a text that is known to be JSON. */
function read(text: string): Value {
  TOKEN.lastIndex = 0;
  let depth = 0;
  const next = () => TOKEN.exec(text)!;
  const valueAt = (token: RegExpExecArray): Value => {
    const [, mark, string, number, word] = token;
    if (string !== undefined) return JSON.parse(string) as string;
    if (number !== undefined) return new NumberText(plain(number));
    if (word !== undefined) return JSON.parse(word) as null | boolean;
    depth += 1;
    if (depth > DEEPEST) throw invalidData('the JSON text is nested too deeply');
    const inner = mark === '{' ? object() : list();
    depth -= 1;
    return inner;
  };
  const object = () => {
    const members = new Map<string, Value>();
    for (let token = next(); token[1] !== '}'; token = next()) {
      if (token[1] === ',') continue;
      next();
      members.set(JSON.parse(token[2]!) as string, valueAt(next()));
    }
    return members;
  };
  const list = () => {
    const items: Value[] = [];
    for (let token = next(); token[1] !== ']'; token = next()) if (token[1] !== ',') items.push(valueAt(token));
    return items;
  };
  return valueAt(next());
}

/** A number without an exponent: `1.10e-2` is `0.0110`, `1e2` is `100`. */
function plain(number: string): string {
  const [, sign, whole, fraction = '', exponentText = '0'] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(number)!;
  const exponent = Number(exponentText);
  const digits = `${whole}${fraction}`;
  const point = whole!.length + exponent;
  if (exponent !== 0 && (point > DIGITS_BEFORE || digits.length - point > DIGITS_AFTER))
    throw invalidData('a number in the JSON text is out of range');
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${digits}` : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const integer = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const rest = padded.slice(at);
  const unsigned = rest === '' ? integer : `${integer}.${rest}`;
  return /[1-9]/.test(unsigned) ? `${sign}${unsigned}` : unsigned;
}

function write(value: Value): string {
  if (value instanceof NumberText) return value.digits;
  if (Array.isArray(value)) return `[${value.map(write).join(', ')}]`;
  if (!(value instanceof Map)) return JSON.stringify(value);
  const keys = [...value.keys()].sort(byLengthThenBytes);
  return `{${keys.map((key) => `${JSON.stringify(key)}: ${write(value.get(key)!)}`).join(', ')}}`;
}

/** A NUL or half a surrogate pair can be no part of a text. */
function storable(value: Value): boolean {
  if (typeof value === 'string') return !/\0|\p{Surrogate}/u.test(value);
  if (Array.isArray(value)) return value.every(storable);
  return value instanceof Map ? [...value].every(([key, inner]) => storable(key) && storable(inner)) : true;
}

/**
 * The normal form; undefined for the text `null`, which means that there is nothing.
 * @throws InvalidData for what is no JSON or can not be kept
 */
export function normalJson(text: string | null | undefined): string | undefined {
  if (text === null || text === undefined) return undefined;
  try {
    JSON.parse(text);
  } catch {
    throw invalidData('the text is no valid JSON');
  }
  const value = read(text);
  if (!storable(value)) throw invalidData('the JSON text holds a character that can not be stored');
  return value === null ? undefined : write(value);
}
