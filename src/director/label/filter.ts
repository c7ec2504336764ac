/** Lists by labels: what a filter asks for, as terms of the indexes `label` and `scenario` and a judge for what they cannot tell (`reference: facts/applications.md 3.2`). */
import type { Term } from '../../registry/contract.ts';
import { isObject } from '../../text/json.ts';
import { DEEPEST, isDeeperThan } from '../texts/depth.ts';
import { invalidData } from '../errors.ts';
import { SCENARIOS } from './rules.ts';
import type { Labels, Scenarios } from './records.ts';
import { keyToken, valueTokens } from './tokens.ts';

export interface LabelFilter {
  readonly key: string;
  readonly query?: string | null;
}

export interface LabelledRecord {
  readonly labels: Labels;
  readonly scenarios?: Scenarios;
}

export interface LabelTerms {
  readonly terms: readonly Term<'label' | 'scenario'>[];
  readonly match?: (record: LabelledRecord) => boolean;
}

const NAME_LIST = /^\$\[\*\]\s*\?\s*\(\s*@\s*==\s*"[a-zA-Z0-9_\-\s]+"(\s*\|\|\s*@\s*==\s*"[a-zA-Z0-9_\-\s]+")*\s*\)\s*$/;

/** The names that `$[*] ? (@ == "a" || @ == "b")` asks for. @throws InvalidData for anything else */
function namesOf(filter: LabelFilter): string[] {
  const query = filter.query ?? '';
  if (!NAME_LIST.test(query))
    throw invalidData(`the filter of label ${filter.key} must look like $[*] ? (@ == "name" || @ == "other name")`);
  return [...query.matchAll(/"([^"]*)"/g)].map((found) => found[1]!);
}

function parseQuery(filter: LabelFilter): unknown {
  const query = readJson(filter);
  if (isDeeperThan(query, DEEPEST))
    throw invalidData(`the query of the filter for label ${filter.key} is more than ${DEEPEST} levels deep`);
  return query;
}

function readJson(filter: LabelFilter): unknown {
  try {
    return JSON.parse(filter.query ?? '');
  } catch {
    throw invalidData(`the query of the filter for label ${filter.key} is not valid JSON`);
  }
}

const isScalar = (value: unknown) => typeof value !== 'object' || value === null;

function holds(value: unknown, query: unknown): boolean {
  if (Array.isArray(query)) return Array.isArray(value) && query.every((wanted) => value.some((item) => holds(item, wanted)));
  if (!isObject(query)) return value === query;
  return isObject(value) && Object.entries(query).every(([key, wanted]) => Object.hasOwn(value, key) && holds(value[key], wanted));
}

/** Whether a label's value contains the query, as PostgreSQL's `@>` means it: a list also contains the bare scalar that is among its elements. */
export const contains = (value: unknown, query: unknown): boolean =>
  Array.isArray(value) && isScalar(query) ? value.includes(query) : holds(value, query);

const hasKey = (key: string): Term<'label'> => ({ index: 'label', anyOf: [keyToken(key)] });

function containment(filter: LabelFilter): LabelTerms {
  const query = parseQuery(filter);
  if (isScalar(query))
    return { terms: [{ index: 'label', anyOf: [...valueTokens(filter.key, query), ...valueTokens(filter.key, [query])] }] };
  return {
    terms: [hasKey(filter.key), ...valueTokens(filter.key, query).map((token) => ({ index: 'label' as const, anyOf: [token] }))],
    match: (record) => Object.hasOwn(record.labels, filter.key) && contains(record.labels[filter.key], query),
  };
}

/** The label is one of the names, or a list with one, or an object with that member. */
function anyName(filter: LabelFilter): LabelTerms {
  const token = keyToken(filter.key);
  const anyOf = namesOf(filter).flatMap((name) => [
    ...valueTokens(filter.key, name),
    ...valueTokens(filter.key, [name]),
    `${token}.${JSON.stringify(name)}`,
  ]);
  return { terms: [{ index: 'label', anyOf }] };
}

function inFormations(filter: LabelFilter, tenant: string | undefined): LabelTerms {
  const names = namesOf(filter);
  if (tenant !== undefined) return { terms: [{ index: 'scenario', anyOf: names.map((name) => `${tenant}|${name}`) }] };
  return { terms: [], match: (record) => Object.values(record.scenarios ?? {}).some((list) => list.some((name) => names.includes(name))) };
}

/** An object that does not say `"exists": true`, in whatever case; null is an empty one. @throws InvalidData where "exists" is no truth value */
function asksForAbsence(query: unknown): boolean {
  if (!isObject(query) || Array.isArray(query)) return query === null;
  const exists: unknown = Object.entries(query).findLast(([key]) => key.toLowerCase() === 'exists')?.[1] ?? false;
  if (typeof exists !== 'boolean') throw invalidData('"exists" in the filter of a label must be true or false');
  return !exists;
}

function termsOf(filter: LabelFilter, options: FilterOptions): LabelTerms {
  if (filter.key === SCENARIOS) return inFormations(filter, options.tenant);
  if (filter.query === undefined || filter.query === null) return { terms: [hasKey(filter.key)] };
  if (filter.key === 'runtimeType' || filter.key === 'systemRole' || filter.key.toLowerCase() === SCENARIOS) return anyName(filter);
  if (options.absence && filter.key === 'global_subaccount_id' && asksForAbsence(parseQuery(filter)))
    return { terms: [], match: (record) => !Object.hasOwn(record.labels, filter.key) };
  return containment(filter);
}

export interface FilterOptions {
  /** Internal id of the tenant whose formations the key `scenarios` means; none: those of all tenants. */
  readonly tenant: string | undefined;
  /** Whether `{"exists": false}` for global_subaccount_id means "without that label": so for applications alone. */
  readonly absence?: boolean;
}

/** What all filters together ask for; no filters: everything. @throws InvalidData for a query that is no JSON or not of the form that its key needs */
export function labelTerms(filters: readonly (LabelFilter | null | undefined)[] | null | undefined, options: FilterOptions): LabelTerms {
  const parts = (filters ?? []).filter((filter) => filter !== null && filter !== undefined).map((filter) => termsOf(filter, options));
  const judges = parts.flatMap((part) => part.match ?? []);
  const terms = parts.flatMap((part) => part.terms);
  return judges.length === 0 ? { terms } : { terms, match: (record) => judges.every((judge) => judge(record)) };
}
