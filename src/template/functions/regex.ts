/** sprig's functions on regular expressions, each within a limit of time. */
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { int, str } from './check.ts';
import { expanded, expression, matchesOf } from './expressions.ts';
import { matching } from './patterns.ts';

const all = (regex: unknown) => expression(str(regex), 'g');

const findAll = (regex: unknown, text: unknown, count: unknown) => {
  const found = [...matchesOf(all(regex), str(text))].map((match) => match[0]);
  const n = int(count);
  return n < 0 ? found : found.slice(0, n);
};

function split(regex: unknown, text: unknown, count: unknown): string[] {
  const [whole, n] = [str(text), int(count)];
  if (n === 0 || (whole === '' && regex === '')) return [];
  const parts: string[] = [];
  let from = 0;
  for (const match of matchesOf(all(regex), whole)) {
    if (n > 0 && parts.length === n - 1) break;
    if (match[0] === '' && (match.index === 0 || match.index === whole.length)) continue;
    parts.push(whole.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, whole.slice(from)];
}

function replaceAll(regex: unknown, text: unknown, by: (match: RegExpExecArray) => string): string {
  const whole = str(text);
  let result = '';
  let from = 0;
  for (const match of matchesOf(all(regex), whole)) {
    result += whole.slice(from, match.index) + by(match);
    from = match.index + match[0].length;
  }
  return result + whole.slice(from);
}

const matches = (regex: unknown, text: unknown) => expression(str(regex)).test(str(text));

const PATTERNS: Functions = {
  regexMatch: matches,
  regexFind: (regex, text) => expression(str(regex)).exec(str(text))?.[0] ?? '',
  regexFindAll: findAll,
  regexReplaceAll: (regex, text, by) => replaceAll(regex, text, (match) => expanded(str(by), match)),
  regexReplaceAllLiteral: (regex, text, by) => replaceAll(regex, text, () => str(by)),
  regexSplit: split,
};

const bounded = Object.fromEntries(
  Object.entries(PATTERNS).map(([name, fn]) => {
    const within = (...args: unknown[]) => matching(() => fn(...args));
    // How many arguments a function takes is read from it.
    return [name, Object.defineProperty(within, 'length', { value: fn.length })];
  }),
) as Functions;

const isMalformed = (regex: unknown): boolean => {
  try {
    return !expression(str(regex));
  } catch (error) {
    if (error instanceof Fault) return true;
    throw error;
  }
};

export const REGEX: Functions = {
  ...bounded,
  /** The only one that answers a malformed expression instead of refusing it. */
  regexMatch: (regex, text) => !isMalformed(regex) && bounded['regexMatch']!(regex, text),
  ...Object.fromEntries(Object.entries(bounded).map(([name, fn]) => [`must${name[0]!.toUpperCase()}${name.slice(1)}`, fn])),
  regexQuoteMeta: (text) => str(text).replace(/[\\.+*?()|[\]{}^$]/g, '\\$&'),
};
