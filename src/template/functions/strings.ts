/** sprig's functions on texts. The text comes last, so that it can be piped in. */
import { randomInt } from 'node:crypto';
import { compareBytes } from '../../text/order.ts';
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { GoMap } from '../values.ts';
import { int, str, strslice, strval } from './check.ts';
import { quoted } from './quoted.ts';
import { REGEX } from './regex.ts';

const MAX_REPEAT = 1_000_000;
const SPACE = /[\s\u0085]/;
const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const trimSet = (set: string, text: string, side: 'both' | 'start' | 'end' = 'both') => {
  if (set === '') return text;
  const one = `[${[...set].map((c) => escape(c).replace('-', '\\-')).join('')}]+`;
  const start = side === 'end' ? text : text.replace(new RegExp(`^${one}`, 'u'), '');
  return side === 'start' ? start : start.replace(new RegExp(`${one}$`, 'u'), '');
};

/** Length and cutting are by bytes, as in Go. */
function substr(start: unknown, end: unknown, text: unknown): string {
  const bytes = Buffer.from(str(text));
  const [from, to] = [int(start), int(end)];
  if (from < 0) return bytes.subarray(0, Math.max(0, to)).toString();
  if (to < 0 || to > bytes.length) return bytes.subarray(from).toString();
  return bytes.subarray(from, to).toString();
}

function trunc(count: unknown, text: unknown): string {
  const bytes = Buffer.from(str(text));
  const n = int(count);
  if (n < 0 && bytes.length + n > 0) return bytes.subarray(bytes.length + n).toString();
  return n >= 0 && bytes.length > n ? bytes.subarray(0, n).toString() : bytes.toString();
}

const abbrev = (offset: number, width: number, text: string): string => {
  if (width < 4 || (offset > 0 && width < 7)) return text;
  if ([...text].length <= width) return text;
  const from = Math.min(offset, text.length, text.length - (width - 3) < offset ? text.length - (width - 3) : offset);
  if (from <= 4) return `${text.slice(0, width - 3)}...`;
  return from + width - 3 < text.length ? `...${abbrev(0, width - 3, text.slice(from))}` : `...${text.slice(text.length - (width - 3))}`;
};

const words = (text: string) => text.split(/[\s\u0085]+/).filter((word) => word !== '');
const title = (text: string) =>
  text.replace(/(^|[^\p{L}\p{Nd}_])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
const untitle = (text: string) => text.replace(/(^|\s)(\p{Lu})/gu, (_, before: string, letter: string) => before + letter.toLowerCase());

function wrap(width: number, text: string, separator = '\n'): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join(separator);
}

const snake = (text: string) =>
  text
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/[\s-]+/g, '_')
    .replace(/_+/g, '_')
    .toLowerCase();
/** Of several separators in a row, and of those at the ends, all but the one that parts two words stay. */
const camel = (text: string) =>
  text.replace(
    /(^[_\s-]*|[_\s-]+)([^_\s-])/gu,
    (_, parting: string, letter: string, at: number) => `${at === 0 ? parting : parting.slice(1)}${letter.toUpperCase()}`,
  );

const random = (alphabet: string) => (count: unknown) => {
  const n = int(count);
  if (n > MAX_REPEAT) throw new Fault('too many characters');
  return Array.from({ length: Math.max(0, n) }, () => alphabet[randomInt(alphabet.length)]).join('');
};
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';

const splitMap = (parts: readonly string[]) =>
  new GoMap(
    parts.map((part, index) => [`_${index}`, part]),
    '',
  );

export const STRINGS: Functions = {
  trim: (text) => str(text).trim(),
  trimAll: (set, text) => trimSet(str(set), str(text)),
  trimall: (set, text) => trimSet(str(set), str(text)),
  trimSuffix: (suffix, text) => (str(text).endsWith(str(suffix)) && suffix !== '' ? str(text).slice(0, -str(suffix).length) : str(text)),
  trimPrefix: (prefix, text) => (str(text).startsWith(str(prefix)) ? str(text).slice(str(prefix).length) : str(text)),
  upper: (text) => str(text).toUpperCase(),
  lower: (text) => str(text).toLowerCase(),
  title: (text) => title(str(text)),
  untitle: (text) => untitle(str(text)),
  swapcase: (text) => [...str(text)].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
  repeat: (count, text) => {
    const n = int(count);
    if (n < 0) throw new Fault('strings: negative Repeat count');
    if (n * str(text).length > MAX_REPEAT) throw new Fault('the repeated text is too long');
    return str(text).repeat(n);
  },
  substr,
  nospace: (text) => [...str(text)].filter((c) => !SPACE.test(c)).join(''),
  trunc,
  abbrev: (width, text) => abbrev(0, int(width), str(text)),
  abbrevboth: (offset, width, text) => abbrev(int(offset), int(width), str(text)),
  initials: (text) =>
    words(str(text))
      .map((word) => [...word][0])
      .join(''),
  wrap: (width, text) => wrap(int(width), str(text)),
  wrapWith: (width, separator, text) => wrap(int(width), str(text), str(separator)),
  contains: (part, text) => str(text).includes(str(part)),
  hasPrefix: (prefix, text) => str(text).startsWith(str(prefix)),
  hasSuffix: (suffix, text) => str(text).endsWith(str(suffix)),
  quote: (...texts) =>
    texts
      .filter((text) => text !== undefined)
      .map((text) => quoted(strval(text)))
      .join(' '),
  squote: (...texts) =>
    texts
      .filter((text) => text !== undefined)
      .map((text) => `'${strval(text)}'`)
      .join(' '),
  cat: (...texts) =>
    texts
      .filter((text) => text !== undefined)
      .map(strval)
      .join(' '),
  indent: (count, text) =>
    str(text)
      .split('\n')
      .map((line) => ' '.repeat(int(count)) + line)
      .join('\n'),
  nindent: (count, text) =>
    `\n${str(text)
      .split('\n')
      .map((line) => ' '.repeat(int(count)) + line)
      .join('\n')}`,
  replace: (old, by, text) => str(text).replaceAll(str(old), () => str(by)),
  plural: (one, many, count) => (int(count) === 1 ? str(one) : str(many)),
  snakecase: (text) => snake(str(text)),
  kebabcase: (text) => snake(str(text)).replaceAll('_', '-'),
  camelcase: (text) => camel(str(text)),
  shuffle: (text) => {
    const chars = [...str(text)];
    for (let i = chars.length - 1; i > 0; i--) {
      const j = randomInt(i + 1);
      [chars[i], chars[j]] = [chars[j]!, chars[i]!];
    }
    return chars.join('');
  },
  randAlphaNum: random(LETTERS + DIGITS),
  randAlpha: random(LETTERS),
  randNumeric: random(DIGITS),
  randAscii: random(Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')),
  ...REGEX,
  join: (separator, items) => strslice(items).join(str(separator)),
  split: (separator, text) => splitMap(str(text).split(str(separator))),
  splitList: (separator, text) => str(text).split(str(separator)),
  splitn: (separator, count, text) => {
    const n = int(count);
    const parts = str(text).split(str(separator));
    return splitMap(n > 0 && parts.length > n ? [...parts.slice(0, n - 1), parts.slice(n - 1).join(str(separator))] : parts);
  },
  sortAlpha: (items) => strslice(items).sort(compareBytes),
};
