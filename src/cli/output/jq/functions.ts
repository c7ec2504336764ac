/** Functions of filters, by name. What they take are filters, too. */
import { each, type Filter, isTrue, kindOf, list, order, plus, same, text, told, Unfit } from './values.ts';

type Fn = (value: unknown, ...filters: Filter[]) => unknown[];

export interface Known {
  /** How many filters it takes. */
  readonly takes: number;
  readonly run: Fn;
}

const first = (values: readonly unknown[]) => values[0] ?? null;
const by = (values: readonly unknown[], filter: Filter) =>
  values.map((value) => ({ value, key: filter(value) })).sort((a, b) => order(a.key, b.key));
function texts(what: string, ...values: unknown[]): string[] {
  const other = values.find((value) => typeof value !== 'string');
  if (other !== undefined) throw new Unfit(`${what} is asked of ${told(other)}`);
  return values as string[];
}

function length(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'number') return Math.abs(value);
  if (typeof value === 'object') return Object.keys(value).length;
  throw new Unfit(`length is asked of ${told(value)}`);
}

function contains(value: unknown, part: unknown): boolean {
  if (typeof value === 'string' && typeof part === 'string') return value.includes(part);
  if (Array.isArray(value) && Array.isArray(part)) return part.every((wanted) => value.some((item) => contains(item, wanted)));
  if (kindOf(value) === 'object' && kindOf(part) === 'object')
    return Object.entries(part as object).every(([key, wanted]) => contains((value as Record<string, unknown>)[key], wanted));
  return same(value, part);
}

function has(value: unknown, key: unknown): boolean {
  if (Array.isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
  if (kindOf(value) === 'object' && typeof key === 'string') return Object.hasOwn(value as object, key);
  throw new Unfit(`has(${JSON.stringify(key)}) is asked of ${told(value)}`);
}

const keys = (value: unknown): unknown[] => {
  if (value === null || value === undefined) return [];
  if (typeof value !== 'object') throw new Unfit(`keys is asked of ${told(value)}`);
  return Array.isArray(value) ? [...value.keys()] : Object.keys(value).sort();
};

function matches(whole: string, expression: string): boolean {
  try {
    return new RegExp(expression, 'u').test(whole);
  } catch {
    throw new Unfit(`${JSON.stringify(expression)} is no regular expression`);
  }
}

const grouped = (value: unknown, filter: Filter, what: string) => {
  const groups: { key: unknown[]; values: unknown[] }[] = [];
  for (const { value: item, key } of by(list(value, what), filter)) {
    const last = groups.at(-1);
    if (last !== undefined && same(last.key, key)) last.values.push(item);
    else groups.push({ key, values: [item] });
  }
  return groups.map(({ values }) => values);
};
const itself: Filter = (value) => [value];

const plain = (run: (value: unknown) => unknown): Known => ({ takes: 0, run: (value) => [run(value)] });
/** For each value of the filter that it takes. */
const withValue = (run: (value: unknown, given: unknown) => unknown): Known => ({
  takes: 1,
  run: (value, filter) => filter!(value).map((given) => run(value, given)),
});
const ofTexts = (what: string, run: (whole: string, given: string) => unknown) =>
  withValue((value, given) => {
    const [whole, part] = texts(what, value, given);
    return run(whole!, part!);
  });
const withFilter = (run: (value: unknown, filter: Filter) => unknown[]): Known => ({
  takes: 1,
  run: (value, filter) => run(value, filter!),
});

export const FUNCTIONS: Readonly<Record<string, readonly Known[]>> = {
  length: [plain(length)],
  keys: [plain(keys)],
  not: [plain((value) => !isTrue(value))],
  type: [plain(kindOf)],
  empty: [{ takes: 0, run: () => [] }],
  first: [plain((value) => first(list(value, 'first'))), withFilter((value, filter) => filter(value).slice(0, 1))],
  last: [plain((value) => list(value, 'last').at(-1) ?? null)],
  reverse: [plain((value) => list(value, 'reverse').toReversed())],
  sort: [plain((value) => list(value, 'sort').toSorted(order))],
  min: [plain((value) => first(list(value, 'min').toSorted(order)))],
  max: [plain((value) => list(value, 'max').toSorted(order).at(-1) ?? null)],
  unique: [plain((value) => grouped(value, itself, 'unique').map(first))],
  flatten: [plain((value) => list(value, 'flatten').flat(Infinity))],
  add: [plain((value) => each(value).reduce(plus, null))],
  any: [plain((value) => each(value).some(isTrue)), withFilter((value, filter) => [each(value).some((item) => filter(item).some(isTrue))])],
  all: [
    plain((value) => each(value).every(isTrue)),
    withFilter((value, filter) => [each(value).every((item) => filter(item).every(isTrue))]),
  ],
  tostring: [plain(text)],
  tonumber: [plain(numberOf)],
  fromjson: [plain(parsed)],
  ascii_downcase: [plain((value) => texts('ascii_downcase', value)[0]!.toLowerCase())],
  ascii_upcase: [plain((value) => texts('ascii_upcase', value)[0]!.toUpperCase())],
  to_entries: [plain((value) => Object.entries(Object(value)).map(([key, item]) => ({ key, value: item as unknown })))],
  map: [withFilter((value, filter) => [each(value).flatMap((item) => filter(item))])],
  select: [withFilter((value, filter) => filter(value).flatMap((found) => (isTrue(found) ? [value] : [])))],
  sort_by: [withFilter((value, filter) => [by(list(value, 'sort_by'), filter).map((item) => item.value)])],
  group_by: [withFilter((value, filter) => [grouped(value, filter, 'group_by')])],
  unique_by: [withFilter((value, filter) => [grouped(value, filter, 'unique_by').map(first)])],
  has: [withValue(has)],
  contains: [withValue(contains)],
  startswith: [ofTexts('startswith', (whole, start) => whole.startsWith(start))],
  endswith: [ofTexts('endswith', (whole, end) => whole.endsWith(end))],
  test: [ofTexts('test', matches)],
  split: [ofTexts('split', (whole, separator) => whole.split(separator))],
  join: [
    withValue((value, separator) =>
      list(value, 'join')
        .map((item) => (item === null ? '' : text(item)))
        .join(String(separator)),
    ),
  ],
};

function numberOf(value: unknown): number {
  const number = Number(value);
  if (Number.isNaN(number) || (typeof value !== 'string' && typeof value !== 'number'))
    throw new Unfit(`${JSON.stringify(value)} is no number`);
  return number;
}

function parsed(value: unknown): unknown {
  try {
    return JSON.parse(String(value)) as unknown;
  } catch {
    throw new Unfit(`${JSON.stringify(value)} is no JSON`);
  }
}
