/** Go's `printf` and its relatives: verbs, flags, widths, and what they say of operands that do not fit. */
import { Fault } from '../error.ts';
import { floatText, generalText, GoMap, NamedText, printedInside, RawJson, sortedKeys, typeOf } from '../values.ts';
import { charOf, quoted, quotedChar } from './quoted.ts';

const MAX_WIDTH = 1_000;
/** Digits of a float after its point: as many as JavaScript gives. */
const MAX_DIGITS = 100;

interface Directive {
  readonly verb: string;
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;

function padded(text: string, { width, flags }: Directive): string {
  const missing = (width ?? 0) - [...text].length;
  if (missing <= 0) return text;
  return flags.includes('-') ? text + ' '.repeat(missing) : (flags.includes('0') ? '0' : ' ').repeat(missing) + text;
}

/** The same without the flag for zeros, which some texts never take. */
const blankPadded = (text: string, directive: Directive): string =>
  padded(text, { ...directive, flags: directive.flags.replaceAll('0', '') });

/** With zeros after the sign, where the flag asks for them. */
function paddedNumber(text: string, directive: Directive): string {
  const missing = (directive.width ?? 0) - text.length;
  if (missing <= 0 || !directive.flags.includes('0') || directive.flags.includes('-')) return padded(text, directive);
  return text.replace(/^[+\- ]?/, (sign) => sign + '0'.repeat(missing));
}

const signOf = (isNegative: boolean, flags: string): string =>
  isNegative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';

const RADIX: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const RADIX_PREFIX: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };

function integer(value: bigint, directive: Directive): string {
  const { verb, flags, precision } = directive;
  const digits = (value < 0n ? -value : value).toString(RADIX[verb]);
  const shown = (verb === 'X' ? digits.toUpperCase() : digits).padStart(precision ?? 0, '0');
  const prefix = verb === 'O' ? '0o' : flags.includes('#') ? (RADIX_PREFIX[verb] ?? '') : '';
  const text = precision === 0 && value === 0n ? '' : signOf(value < 0n, flags) + prefix + shown;
  return precision === undefined ? paddedNumber(text, directive) : blankPadded(text, directive);
}

function unicode(value: bigint, directive: Directive): string {
  const code = `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  return padded(directive.flags.includes('#') ? `${code} '${charOf(value)}'` : code, directive);
}

const longExponent = (text: string) => text.replace(/e([+-])(\d)$/, 'e$10$2');

/** JavaScript rounds what is exactly in the middle up, Go to the even digit. `exact` has all digits. */
function toEven(rounded: string, exact: string): string {
  const kept = exact.slice(0, rounded.length);
  const rest = exact.slice(rounded.length).replace('.', '');
  return /^50*$/.test(rest) && /[02468]\.?$/.test(kept) ? kept : rounded;
}

const fixed = (size: number, places: number): string => toEven(size.toFixed(places), size.toFixed(MAX_DIGITS));

function scientific(size: number, places: number): string {
  const [rounded, exponent] = size.toExponential(places).split('e') as [string, string];
  const [exact, exactExponent] = size.toExponential(MAX_DIGITS).split('e') as [string, string];
  return `${exponent === exactExponent ? toEven(rounded, exact) : rounded}e${exponent}`;
}

function floatDigits(size: number, verb: string, precision: number | undefined): string {
  if (precision !== undefined && precision > MAX_DIGITS) throw new Fault(`a precision of ${precision} is too much`);
  if (verb === 'f') return size < 1e21 ? fixed(size, precision ?? 6) : `${BigInt(size)}${(0).toFixed(precision ?? 6).slice(1)}`;
  if (verb === 'e') return longExponent(scientific(size, precision ?? 6));
  return precision === undefined ? floatText(size) : generalText(scientific(size, Math.max(1, precision) - 1), Math.max(1, precision));
}

function float(value: number, directive: Directive): string {
  const { verb, flags, precision } = directive;
  if (Number.isNaN(value)) return blankPadded('NaN', directive);
  const isNegative = value < 0 || Object.is(value, -0);
  if (!Number.isFinite(value)) return blankPadded(`${isNegative ? '-' : flags.includes(' ') ? ' ' : '+'}Inf`, directive);
  const kind = verb === 'v' ? 'g' : verb.toLowerCase();
  const digits = floatDigits(Math.abs(value), kind, precision);
  return paddedNumber(signOf(isNegative, flags) + (verb === 'E' || verb === 'G' ? digits.toUpperCase() : digits), directive);
}

function hexadecimal(bytes: Buffer, { verb, flags, precision }: Directive): string {
  const pairs = bytes.subarray(0, precision).toString('hex').match(/../g) ?? [];
  const prefix = flags.includes('#') && pairs.length > 0 ? '0x' : '';
  const text = flags.includes(' ') ? pairs.map((pair) => prefix + pair).join(' ') : prefix + pairs.join('');
  return verb === 'X' ? text.toUpperCase() : text;
}

const shortened = (text: string, precision: number | undefined) =>
  precision === undefined ? text : [...text].slice(0, precision).join('');

function words(text: string, directive: Directive): string | undefined {
  const { verb, flags, precision } = directive;
  switch (verb) {
    case 'v':
      return padded(flags.includes('#') ? quoted(text) : shortened(text, precision), directive);
    case 's':
      return padded(shortened(text, precision), directive);
    case 'q':
      if (flags.includes('#') && !/[`\x00-\x08\x0a-\x1f\x7f\ufeff]/.test(text))
        return padded(`\`${shortened(text, precision)}\``, directive);
      return padded(quoted(shortened(text, precision), flags.includes('+')), directive);
    case 'x':
    case 'X':
      return padded(hexadecimal(Buffer.from(text), directive), directive);
    default:
      return undefined;
  }
}

function number(value: bigint, directive: Directive): string | undefined {
  switch (directive.verb) {
    case 'c':
      return padded(charOf(value), directive);
    case 'q':
      return padded(quotedChar(value, directive.flags.includes('+')), directive);
    case 'U':
      return unicode(value, directive);
    default:
      return directive.verb in RADIX ? integer(value, directive) : undefined;
  }
}

/** What the verb makes of a value that is no list and no map; undefined where it takes no such value. */
function plain(value: unknown, directive: Directive): string | undefined {
  if (typeof value === 'bigint') return number(value, directive);
  if (typeof value === 'number') return /^[vgGfFeE]$/.test(directive.verb) ? float(value, directive) : undefined;
  if (typeof value === 'boolean') return /^[vt]$/.test(directive.verb) ? padded(String(value), directive) : undefined;
  if (typeof value === 'string') return words(value, directive);
  if (value instanceof NamedText) return words(value.text, directive);
  return directive.verb === 'v' || directive.verb === 's' ? padded(printedInside(value), directive) : undefined;
}

function goSyntax(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (value instanceof RawJson)
    return `${typeOf(value)}{${[...Buffer.from(value.text)].map((byte) => `0x${byte.toString(16)}`).join(', ')}}`;
  if (value instanceof NamedText) return quoted(value.text);
  if (Array.isArray(value)) return `${typeOf(value)}{${value.map(goSyntax).join(', ')}}`;
  if (value instanceof GoMap)
    return `${typeOf(value)}{${sortedKeys(value)
      .map((key) => `${quoted(key)}:${goSyntax(value.get(key))}`)
      .join(', ')}}`;
  return isAbsent(value) ? 'interface {}(nil)' : printedInside(value);
}

/** An element of a list or map: what is not there has no width. */
const inner = (value: unknown, directive: Directive): string => (isAbsent(value) ? '<nil>' : shown(value, directive));

function shown(value: unknown, directive: Directive): string {
  const { verb, flags } = directive;
  if (verb === 'T') return padded(typeOf(value), directive);
  if (isAbsent(value)) return verb === 'v' ? padded('<nil>', directive) : `%!${verb}(${value === null ? '*string=' : ''}<nil>)`;
  if (verb === 'v' && flags.includes('#')) return goSyntax(value);
  if (value instanceof RawJson && /^[sqxX]$/.test(verb)) return words(value.text, directive)!;
  const items = value instanceof RawJson ? [...Buffer.from(value.text)].map(BigInt) : value;
  if (Array.isArray(items) && verb !== 'p') return `[${items.map((item) => inner(item, directive)).join(' ')}]`;
  if (value instanceof GoMap && verb !== 'p')
    return `map[${sortedKeys(value)
      .map((key) => `${shown(key, directive)}:${inner(value.get(key), directive)}`)
      .join(' ')}]`;
  return plain(value, directive) ?? `%!${verb}(${typeOf(value)}=${shown(value, { ...directive, verb: 'v' })})`;
}

const DIRECTIVE = /%([-+# 0]*)(?:\[([^\]]*)\])?(\*|\d+)?(?:(\.)(?:\[([^\]]*)\])?(\*|\d+)?)?(?:\[([^\]]*)\])?(.)?/gsu;

/** Reads the operands of a format in their order, or as `[n]` names them. */
class Operands {
  #next = 0;
  #isReordered = false;
  #isBad = false;
  constructor(readonly values: readonly unknown[]) {}

  begin(): void {
    this.#isBad = false;
  }

  /** `[n]` before a width, a precision or a verb. */
  jump(index: string | undefined): void {
    if (index === undefined) return;
    this.#isReordered = true;
    const place = /^\d+$/.test(index) ? Number(index) - 1 : -1;
    if (place < 0 || place >= this.values.length) this.#isBad = true;
    else this.#next = place;
  }

  size(text: string | undefined): number | undefined {
    if (text === undefined) return undefined;
    const value = text === '*' ? Number(this.values[this.#next++]) : Number(text);
    if (value > MAX_WIDTH) throw new Fault(`a width of ${value} is too much`);
    return value;
  }

  show(verb: string, flags: string, width: number | undefined, precision: number | undefined): string {
    if (this.#isBad) return `%!${verb}(BADINDEX)`;
    if (this.#next >= this.values.length) return `%!${verb}(MISSING)`;
    const isNegative = width !== undefined && width < 0;
    const kept = verb === 'v' ? flags.replaceAll('+', '') : flags;
    return shown(this.values[this.#next++], {
      verb,
      flags: isNegative ? `${kept}-` : kept,
      width: isNegative ? -width : width,
      precision,
    });
  }

  get left(): readonly unknown[] {
    return this.#isReordered ? [] : this.values.slice(this.#next);
  }
}

export function sprintf(format: string, ...args: unknown[]): string {
  const operands = new Operands(args);
  const result = format.replace(DIRECTIVE, (...match) => {
    const [, flags, first, width, dot, second, precision, third, verb] = match as unknown as [string, string, ...(string | undefined)[]];
    if (verb === undefined) return '%!(NOVERB)';
    if (verb === '%') return '%';
    operands.begin();
    operands.jump(first);
    const w = operands.size(width);
    operands.jump(second);
    const p = dot === undefined ? undefined : (operands.size(precision) ?? 0);
    operands.jump(third);
    return operands.show(verb, flags, w, p);
  });
  if (operands.left.length === 0) return result;
  const extra = operands.left.map((value) => (isAbsent(value) ? '<nil>' : `${typeOf(value)}=${printedInside(value)}`));
  return `${result}%!(EXTRA ${extra.join(', ')})`;
}

const isText = (value: unknown) => typeof value === 'string' || value instanceof NamedText;

/** Go's `print`: a blank between operands of which neither is a text. */
export const sprint = (...args: unknown[]): string =>
  args.map((value, index) => (index > 0 && !isText(value) && !isText(args[index - 1]) ? ' ' : '') + printedInside(value)).join('');

export const sprintln = (...args: unknown[]): string => `${args.map(printedInside).join(' ')}\n`;
