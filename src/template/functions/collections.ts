/** sprig's functions on lists, maps and kinds. Lists and maps are never changed in place but by `set` and `unset`, which exist for that. */
import { Fault } from '../error.ts';
import type { Functions } from '../evaluator.ts';
import { fromJson, GoMap, kindOf, sortedKeys, toJson, typeOf } from '../values.ts';
import { bool, empty, list, map, same, str, strval } from './check.ts';

const uniq = (items: readonly unknown[]) => items.filter((item, index) => items.findIndex((other) => same(other, item)) === index);

function dict(...pairs: unknown[]): GoMap {
  const result = new GoMap();
  for (let i = 0; i < pairs.length; i += 2) result.set(strval(pairs[i]), i + 1 < pairs.length ? pairs[i + 1] : '');
  return result;
}

const deepCopy = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (value instanceof GoMap)
    return new GoMap(
      [...value].map(([key, inner]) => [key, deepCopy(inner)]),
      value.zero,
    );
  return value;
};

function merged(target: GoMap, sources: readonly GoMap[], overwrite: boolean): GoMap {
  for (const source of sources)
    for (const [key, value] of source) {
      const present = target.get(key);
      if (present instanceof GoMap && value instanceof GoMap) merged(present, [value], overwrite);
      else if (overwrite ? !empty(value) || !target.has(key) : empty(present)) target.set(key, value);
    }
  return target;
}

function dig(...args: unknown[]): unknown {
  if (args.length < 3) throw new Fault('dig needs at least three arguments');
  let value: unknown = map(args.at(-1));
  const otherwise = args.at(-2);
  for (const key of args.slice(0, -2)) {
    if (!(value instanceof GoMap) || !value.has(str(key))) return otherwise;
    value = value.get(str(key));
  }
  return value;
}

const slice = (items: unknown, from: unknown = 0n, to?: unknown) =>
  list(items).slice(Number(from), to === undefined ? undefined : Number(to));

function chunk(size: unknown, items: unknown): unknown[][] {
  const width = Number(size);
  if (!(width > 0)) throw new Fault('the size of a chunk must be more than 0');
  return Array.from({ length: Math.ceil(list(items).length / width) }, (_, index) => list(items).slice(index * width, (index + 1) * width));
}

const parsed = (text: unknown) => {
  try {
    return fromJson(JSON.parse(strval(text)));
  } catch (error) {
    throw new Fault(error instanceof Error ? error.message : 'no JSON');
  }
};

const LISTS: Functions = {
  first: (items) => list(items)[0],
  rest: (items) => list(items).slice(1),
  last: (items) => list(items).at(-1),
  initial: (items) => list(items).slice(0, -1),
  append: (items, item) => [...list(items), item],
  push: (items, item) => [...list(items), item],
  prepend: (items, item) => [item, ...list(items)],
  reverse: (items) => [...list(items)].reverse(),
  uniq: (items) => uniq(list(items)),
  without: (items, ...left) => list(items).filter((item) => !left.some((other) => same(other, item))),
  has: (needle, items) => (items === null || items === undefined ? false : list(items).some((item) => same(item, needle))),
  compact: (items) => list(items).filter((item) => !empty(item)),
  slice,
  chunk,
};

export const COLLECTIONS: Functions = {
  list: (...items) => items,
  tuple: (...items) => items,
  ...LISTS,
  ...Object.fromEntries(Object.entries(LISTS).map(([name, fn]) => [`must${name[0]!.toUpperCase()}${name.slice(1)}`, fn])),
  concat: (...lists) => lists.flatMap((items) => [...list(items)]),
  dict,
  get: (from, key) => (map(from).has(str(key)) ? map(from).get(str(key)) : ''),
  set: (into, key, value) => map(into).set(str(key), value),
  unset: (from, key) => {
    map(from).delete(str(key));
    return from;
  },
  hasKey: (from, key) => map(from).has(str(key)),
  pluck: (key, ...maps) => maps.filter((from) => map(from).has(str(key))).map((from) => map(from).get(str(key))),
  keys: (...maps) => maps.flatMap((from) => sortedKeys(map(from))),
  values: (from) => sortedKeys(map(from)).map((key) => map(from).get(key)),
  pick: (from, ...keys) => new GoMap(keys.filter((key) => map(from).has(str(key))).map((key) => [str(key), map(from).get(str(key))])),
  omit: (from, ...keys) => new GoMap([...map(from)].filter(([key]) => !keys.includes(key))),
  merge: (target, ...sources) => merged(map(target), sources.map(map), false),
  mustMerge: (target, ...sources) => merged(map(target), sources.map(map), false),
  mergeOverwrite: (target, ...sources) => merged(map(target), sources.map(map), true),
  mustMergeOverwrite: (target, ...sources) => merged(map(target), sources.map(map), true),
  dig,
  deepCopy,
  mustDeepCopy: deepCopy,
  default: (otherwise, ...given) => (given.length === 0 || empty(given[0]) ? otherwise : given[0]),
  empty,
  coalesce: (...values) => values.find((value) => !empty(value)),
  all: (...values) => values.every((value) => !empty(value)),
  any: (...values) => values.some((value) => !empty(value)),
  ternary: (yes, no, condition) => (bool(condition) ? yes : no),
  fromJson: (text) => {
    try {
      return parsed(text);
    } catch {
      return undefined;
    }
  },
  mustFromJson: parsed,
  toJson: (value) => toJson(value),
  mustToJson: (value) => toJson(value),
  toPrettyJson: (value) => toJson(value, { indent: '  ' }),
  mustToPrettyJson: (value) => toJson(value, { indent: '  ' }),
  toRawJson: (value) => toJson(value, { raw: true }),
  mustToRawJson: (value) => toJson(value, { raw: true }),
  typeOf,
  typeIs: (name, value) => typeOf(value) === name,
  typeIsLike: (name, value) => typeOf(value) === name || `*${typeOf(value)}` === name,
  kindOf,
  kindIs: (name, value) => kindOf(value) === name,
  deepEqual: same,
};
