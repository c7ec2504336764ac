/** The functions of the language itself: comparisons, length, index, printing, escaping. `and` and `or` are the evaluator's. */
import { compareBytes } from '../../text/order.ts';
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { GoMap, isTrue, kindOf, NamedText, printed, RawJson, typeOf } from '../values.ts';
import { str } from './check.ts';
import { sprint, sprintf, sprintln } from './format.ts';

const basic = (value: unknown): unknown => (value instanceof NamedText ? value.text : value);

function equal(a: unknown, b: unknown): boolean {
  const [left, right] = [basic(a), basic(b)];
  const absent = (value: unknown) => value === null || value === undefined;
  if (absent(left) && absent(right)) return true;
  if (left === undefined || right === undefined) return false;
  const [kind, other] = [kindOf(left), kindOf(right)];
  if (['map', 'slice', 'struct'].includes(kind) || ['map', 'slice', 'struct'].includes(other))
    throw new Fault('non-comparable types in comparison');
  if (kind !== other) throw new Fault('incompatible types for comparison');
  return left === right;
}

function less(a: unknown, b: unknown): boolean {
  const [left, right] = [basic(a), basic(b)];
  if (kindOf(left) !== kindOf(right)) throw new Fault('incompatible types for comparison');
  if (typeof left === 'string') return compareBytes(left, right as string) < 0;
  if (typeof left === 'bigint' || typeof left === 'number') return left < (right as bigint | number);
  throw new Fault('invalid type for comparison');
}

const bytesOf = (json: RawJson): bigint[] => [...Buffer.from(json.text)].map(BigInt);

function index(item: unknown, ...keys: unknown[]): unknown {
  let value = item instanceof RawJson ? bytesOf(item) : basic(item);
  if (value === undefined) throw new Fault('index of untyped nil');
  for (const key of keys) {
    if (value instanceof GoMap) {
      if (typeof key !== 'string' && !(key instanceof NamedText)) throw new Fault(`value has type ${typeOf(key)}; should be string`);
      const name = String(basic(key));
      value = value.has(name) ? value.get(name) : value.zero;
    } else if (Array.isArray(value) || typeof value === 'string') {
      if (typeof key !== 'bigint') throw new Fault(`cannot index slice/array with type ${typeOf(key)}`);
      if (key < 0n || key >= BigInt(value.length)) throw new Fault(`index out of range: ${key}`);
      value = typeof value === 'string' ? BigInt(Buffer.from(value)[Number(key)]!) : (value[Number(key)] as unknown);
    } else if (value === null || value === undefined) throw new Fault('index of untyped nil');
    else throw new Fault(`can't index item of type ${typeOf(value)}`);
  }
  return value;
}

function slice(item: unknown, ...bounds: unknown[]): unknown {
  const target = item instanceof RawJson ? item.text : basic(item);
  if (typeof target !== 'string' && !Array.isArray(target)) throw new Fault(`can't slice item of type ${typeOf(item)}`);
  const whole = typeof target === 'string' ? Buffer.from(target) : target;
  if (bounds.length > (typeof target === 'string' ? 2 : 3)) throw new Fault(`too many slice indexes: ${bounds.length}`);
  const wrong = bounds.find((bound) => typeof bound !== 'bigint');
  if (wrong !== undefined) throw new Fault(`cannot index slice/array with type ${typeOf(wrong)}`);
  const [from = 0n, to = BigInt(whole.length)] = bounds as bigint[];
  if (from < 0n || to > BigInt(whole.length) || from > to) throw new Fault(`index out of range: ${from > to ? from : to}`);
  const cut = whole.slice(Number(from), Number(to));
  if (typeof target !== 'string') return cut;
  return item instanceof RawJson ? new RawJson((cut as Buffer).toString()) : (cut as Buffer).toString();
}

function len(value: unknown): bigint {
  if (typeof value === 'string') return BigInt(Buffer.byteLength(value));
  if (value instanceof NamedText || value instanceof RawJson) return BigInt(Buffer.byteLength(value.text));
  if (Array.isArray(value)) return BigInt(value.length);
  if (value instanceof GoMap) return BigInt(value.size);
  throw new Fault(value === null || value === undefined ? 'len of nil pointer' : `len of type ${typeOf(value)}`);
}

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;', '\0': '\uFFFD' };
const JS: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '<': '\\u003C',
  '>': '\\u003E',
  '&': '\\u0026',
  '=': '\\u003D',
};
const joined = (args: readonly unknown[]) => (args.length === 1 ? printed(args[0]) : sprint(...args));

export const BUILTIN: Functions = {
  and: (...args) => (args.every(isTrue) ? args.at(-1) : args.find((value) => !isTrue(value))),
  or: (...args) => args.find(isTrue) ?? args.at(-1),
  not: (value) => !isTrue(value),
  eq: (first, ...others) => {
    if (others.length === 0) throw new Fault('missing argument for comparison');
    return others.some((other) => equal(first, other));
  },
  ne: (a, b) => !equal(a, b),
  lt: less,
  le: (a, b) => less(a, b) || equal(a, b),
  gt: (a, b) => less(b, a),
  ge: (a, b) => less(b, a) || equal(a, b),
  len,
  index,
  slice,
  print: sprint,
  printf: (format, ...args) => sprintf(str(format), ...args),
  println: sprintln,
  html: (...args) => joined(args).replace(/[&<>"'\0]/g, (char) => HTML[char]!),
  js: (...args) =>
    joined(args).replace(
      /[\\'"<>&=]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu,
      (char) => JS[char] ?? `\\u${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`,
    ),
  urlquery: (...args) =>
    encodeURIComponent(joined(args))
      .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll('%20', '+'),
  call: (callee, ...args) => {
    if (typeof callee !== 'function') throw new Fault('non-function in call');
    return (callee as (...given: unknown[]) => unknown)(...args);
  },
};
