/** Go's `printf`: the verbs that texts and numbers need. */
import { Fault } from '../error.ts';
import { floatText, GoMap, NamedText, printed, RawJson, sortedKeys, typeOf } from '../values.ts';

const MAX_WIDTH = 1_000;

/** A text in Go's double quotes. */
export const quoted = (text: string): string =>
  `"${[...text]
    .map((char) => {
      const known: Readonly<Record<string, string>> = {
        '"': '\\"',
        '\\': '\\\\',
        '\n': '\\n',
        '\t': '\\t',
        '\r': '\\r',
        '\x07': '\\a',
        '\b': '\\b',
        '\f': '\\f',
        '\v': '\\v',
      };
      if (known[char]) return known[char];
      const code = char.codePointAt(0)!;
      if (code < 0x20 || code === 0x7f) return `\\x${code.toString(16).padStart(2, '0')}`;
      return char;
    })
    .join('')}"`;

const plainText = (value: unknown): string => (value instanceof NamedText || value instanceof RawJson ? value.text : printed(value));

function goSyntax(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `${typeOf(value)}{${value.map(goSyntax).join(', ')}}`;
  if (value instanceof GoMap)
    return `${typeOf(value)}{${sortedKeys(value)
      .map((key) => `${quoted(key)}:${goSyntax(value.get(key))}`)
      .join(', ')}}`;
  return value === null || value === undefined ? 'interface {}(nil)' : plainText(value);
}

function wrong(verb: string, value: unknown): string {
  return value === null || value === undefined ? `%!${verb}(<nil>)` : `%!${verb}(${typeOf(value)}=${plainText(value)})`;
}

function integer(value: bigint, verb: string, flags: string): string {
  const base = { d: 10, b: 2, o: 8, x: 16, X: 16 }[verb]!;
  const digits = (value < 0n ? -value : value).toString(base);
  const shown = verb === 'X' ? digits.toUpperCase() : digits;
  const prefix = flags.includes('#') ? ({ x: '0x', X: '0X', o: '0' }[verb] ?? '') : '';
  return `${value < 0n ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''}${prefix}${shown}`;
}

function float(value: number, verb: string, precision: number | undefined, flags: string): string {
  const exponent = (text: string) => text.replace(/e([+-])(\d)$/, 'e$10$2');
  let text: string;
  if (!Number.isFinite(value)) text = floatText(value);
  else if (verb === 'f' || verb === 'F') text = value.toFixed(precision ?? 6);
  else if (verb === 'e' || verb === 'E') text = exponent(value.toExponential(precision ?? 6));
  else text = precision === undefined ? floatText(value) : exponent(String(Number(value.toPrecision(precision || 1))));
  if (verb === 'E') text = text.toUpperCase();
  return value >= 0 && flags.includes('+') ? `+${text}` : text;
}

function one(verb: string, value: unknown, precision: number | undefined, flags: string): string {
  switch (verb) {
    case 'v':
      if (flags.includes('#')) return goSyntax(value);
      if (value === undefined || value === null) return '<nil>';
      return plainText(value);
    case 's':
      if (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
        return wrong(verb, value);
      return precision === undefined ? plainText(value) : [...plainText(value)].slice(0, precision).join('');
    case 'q':
      if (Array.isArray(value)) return `[${value.map((item) => one(verb, item, precision, flags)).join(' ')}]`;
      if (typeof value === 'bigint') return `'${String.fromCodePoint(Number(value))}'`;
      return typeof value === 'string' || value instanceof NamedText || value instanceof RawJson
        ? quoted(plainText(value))
        : wrong(verb, value);
    case 't':
      return typeof value === 'boolean' ? String(value) : wrong(verb, value);
    case 'T':
      return typeOf(value);
    case 'c':
      return typeof value === 'bigint' ? String.fromCodePoint(Number(value)) : wrong(verb, value);
    case 'd':
    case 'b':
    case 'o':
    case 'x':
    case 'X':
      if (typeof value === 'bigint') return integer(value, verb, flags);
      if ((verb === 'x' || verb === 'X') && (typeof value === 'string' || value instanceof RawJson)) {
        const hex = Buffer.from(plainText(value)).toString('hex');
        return verb === 'X' ? hex.toUpperCase() : hex;
      }
      return wrong(verb, value);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
      return typeof value === 'number' ? float(value, verb, precision, flags) : wrong(verb, value);
    default:
      return wrong(verb, value);
  }
}

function padded(text: string, width: number | undefined, flags: string): string {
  const missing = (width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes('-')) return text + ' '.repeat(missing);
  if (flags.includes('0') && /^[+-]?[\d.]/.test(text)) return text.replace(/^[+-]?/, (sign) => sign + '0'.repeat(missing));
  return ' '.repeat(missing) + text;
}

export function sprintf(format: string, ...args: unknown[]): string {
  let next = 0;
  const number = (text: string | undefined) => {
    if (text === undefined || text === '') return undefined;
    const value = text === '*' ? Number(args[next++]) : Number(text);
    if (value > MAX_WIDTH) throw new Fault(`a width of ${value} is too much`);
    return value;
  };
  const result = format.replace(
    /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d+)?)?([a-zA-Z%])|%$/g,
    (whole, flags: string | undefined, width: string | undefined, precision: string | undefined, verb: string | undefined) => {
      if (verb === undefined) return '%!(NOVERB)';
      if (verb === '%') return '%';
      const w = number(width);
      const p = whole.includes('.') ? (number(precision) ?? 0) : undefined;
      if (next >= args.length) return `%!${verb}(MISSING)`;
      return padded(one(verb, args[next++], p, flags ?? ''), w, flags ?? '');
    },
  );
  if (next >= args.length) return result;
  const extra = args.slice(next).map((value) => (value === null || value === undefined ? '<nil>' : `${typeOf(value)}=${plainText(value)}`));
  return `${result}%!(EXTRA ${extra.join(', ')})`;
}

/** Go's `print`: a blank between operands of which neither is a text. */
export function sprint(...args: unknown[]): string {
  return args
    .map(
      (value, index) =>
        (index > 0 && typeof value !== 'string' && typeof args[index - 1] !== 'string' ? ' ' : '') +
        (value === undefined || value === null ? '<nil>' : plainText(value)),
    )
    .join('');
}

export const sprintln = (...args: unknown[]): string =>
  `${args.map((value) => (value === undefined || value === null ? '<nil>' : plainText(value))).join(' ')}\n`;
