/** Headers and query parameters of a login: JSON texts on the wire, maps of lists inside (`reference: facts/bundles.md 2`). */
import { compareBytes } from '../../text/order.ts';
import { invalidData } from '../errors.ts';
import { jsonFault, jsonKind } from '../texts/json-fault.ts';
import { wireJson } from '../texts/json-text.ts';
import type { Multimap } from './records.ts';

const MAP_TYPE = 'map[string][]string';
const mismatch = (kind: string, type: string) => `json: cannot unmarshal ${kind} into Go value of type ${type}`;

function valuesFault(values: unknown): string | undefined {
  if (values === null) return undefined;
  if (!Array.isArray(values)) return mismatch(jsonKind(values), '[]string');
  const odd = values.find((value) => value !== null && typeof value !== 'string');
  return odd === undefined ? undefined : mismatch(jsonKind(odd), 'string');
}

function read(text: string): { readonly fault: string } | { readonly map: Multimap } {
  const fault = jsonFault(text);
  if (fault !== undefined) return { fault };
  const value: unknown = JSON.parse(text);
  if (value === null) return { map: {} };
  if (jsonKind(value) !== 'object') return { fault: mismatch(jsonKind(value), MAP_TYPE) };
  const entries = Object.entries(value as Readonly<Record<string, readonly (string | null)[] | null>>);
  for (const [, values] of entries) {
    const inner = valuesFault(values);
    if (inner !== undefined) return { fault: inner };
  }
  return { map: Object.fromEntries(entries.map(([name, values]) => [name, values && values.map((value) => value ?? '')])) };
}

/** Reads a serialized map; an empty one counts as none. `what` is `HTTP headers` or `query parameters`. @throws InvalidData */
export function readMultimap(text: string | null | undefined, what: string): Multimap | undefined {
  if (text === null || text === undefined) return undefined;
  const result = read(text);
  if ('fault' in result) throw invalidData(`unable to unmarshal ${what}: ${result.fault}`);
  return Object.keys(result.map).length === 0 ? undefined : result.map;
}

/** Lists that are null hold no values. */
export const listsOf = (map: Multimap): Record<string, readonly string[]> =>
  Object.fromEntries(Object.entries(map).map(([name, values]) => [name, values ?? []]));

/** Names in byte order. */
export const sortedMultimap = (map: Multimap): Multimap =>
  Object.fromEntries(
    Object.keys(map)
      .sort(compareBytes)
      .map((name) => [name, map[name]!]),
  );

/** Compact JSON, names in byte order. */
export const serializedMultimap = (map: Multimap): string =>
  `{${Object.keys(map)
    .sort(compareBytes)
    .map((name) => `${wireJson(name)}:${wireJson(map[name])}`)
    .join(',')}}`;
