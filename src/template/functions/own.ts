/** The functions that Compass adds for notifications (`reference: facts/formations.md 4`). Each name wins over the same one elsewhere. */
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { NamedText, printedInside, RawJson } from '../values.ts';
import { list, strval } from './check.ts';

const rawText = (value: unknown): string => {
  if (value instanceof RawJson) return value.text;
  if (value === null || value === undefined) return '';
  throw new Fault('wrong type for value; expected json.RawMessage');
};

const segments = (path: string): string[] =>
  path === '' || path === '.' ? [] : path.split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'));

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function at(json: unknown, path: readonly string[]): unknown {
  let value = json;
  for (let i = 0; i < path.length; i++) {
    const key = path[i]!;
    if (key === '#' && Array.isArray(value))
      return i === path.length - 1 ? value.length : value.map((item) => at(item, path.slice(i + 1))).filter((item) => item !== undefined);
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}

function put(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(json) && /^(\d+|-1)$/.test(key)) {
    const copy = [...(json as unknown[])];
    const index = key === '-1' ? copy.length : Number(key);
    while (copy.length < index) copy.push(null);
    copy[index] = put(copy[index], rest, value);
    return copy;
  }
  if ((json === null || json === undefined || typeof json !== 'object') && /^(\d+|-1)$/.test(key)) return put([], [key, ...rest], value);
  const object = json !== null && typeof json === 'object' && !Array.isArray(json) ? (json as Record<string, unknown>) : {};
  return { ...object, [key]: put(object[key], rest, value) };
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);

function copy(json: unknown, path: unknown): string {
  const text = rawText(json);
  const way = segments(strval(path));
  return way.length === 0 ? text : textOf(at(parse(text), way));
}

/** A value of the first level of what is no JSON, as loosely as the reference reads it: what stands between a value and the next name does not matter. */
function looseText(entry: string, wanted: string): string {
  const [text, scalar] = [String.raw`"(?:[^"\\]|\\.)*"`, String.raw`[-+\d.eE]+|true|false|null`];
  const token = new RegExp(`${text}|[{[]|${scalar}`, 'g');
  token.lastIndex = entry.indexOf('{') + 1;
  for (let name = token.exec(entry); name; name = token.exec(entry)) {
    const value = token.exec(entry);
    if (!value) break;
    const raw = '{['.includes(value[0]) ? balanced(entry, value.index) : value[0];
    token.lastIndex = value.index + raw.length;
    if (name[0] === JSON.stringify(wanted)) return raw === 'null' ? '' : raw.startsWith('"') ? textOf(parse(raw)) : raw;
  }
  return '';
}

/** The object or list that begins there, to its end or that of the text. */
function balanced(text: string, start: number): string {
  const part = /"(?:[^"\\]|\\.)*"|[{}[\]]/g;
  part.lastIndex = start;
  for (let depth = 0, found = part.exec(text); found; found = part.exec(text)) {
    depth += '{['.includes(found[0]) ? 1 : '}]'.includes(found[0]) ? -1 : 0;
    if (depth === 0) return text.slice(start, part.lastIndex);
  }
  return text.slice(start);
}

/** Characters of an entry that is no JSON; what is looked for in longer ones takes too long. */
const LONGEST_LOOSE = 10_000;

/** A field of an entry as text; empty where it is missing or null. */
function entryText(entry: string, name: 'key' | 'value'): string {
  const value = parse(entry);
  if (typeof value === 'object' && value !== null) return textOf((value as Record<string, unknown>)[name]);
  return entry.length <= LONGEST_LOOSE ? looseText(entry, name) : '';
}

function updateAndCopy(json: unknown, path: unknown, changes: unknown): string {
  let value = parse(copy(json, path));
  for (const change of list(changes)) {
    const [key, text] = [entryText(strval(change), 'key'), entryText(strval(change), 'value')];
    if (key === '') throw new Fault('each change must be a JSON object with key and value');
    const given = parse(text);
    value = put(value, segments(key), given === undefined ? text : given);
  }
  return JSON.stringify(JSON.stringify(value ?? null));
}

function stringify(value: unknown): string {
  if (value === null) return '';
  return value instanceof RawJson || value instanceof NamedText ? value.text : printedInside(value);
}

export const OWN: Functions = {
  contains: (json, part) => rawText(json).includes(strval(part)),
  Join: (items) =>
    list(items ?? [])
      .map((item) => JSON.stringify(strval(item)))
      .join(', '),
  copy,
  updateAndCopy,
  mkslice: (...items) => items.map(strval),
  stringify,
};
