/** What a request asks for, by the transports that every GraphQL endpoint has. */
import { isObject } from '../text/json.ts';
import type { WireRequest } from './exchange.ts';

export interface Wanted {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string;
  readonly extensions?: Record<string, unknown> | null;
  /** Asked by GET, which changes nothing. */
  readonly readOnly: boolean;
}

/** Why it can't be told: a fault of GraphQL is an error in a system's words, one of the transport a bare message. */
export type NotWanted = { readonly status: number; readonly fault: string } | { readonly status: number; readonly message: string };

const undecodable = (why: string): NotWanted => ({ status: 400, fault: `json request body could not be decoded: ${why}` });

/** The JSON object of a parameter; null where there is none, undefined where it is something else. */
function objectIn(text: string | null): Record<string, unknown> | null | undefined {
  if (!text) return null;
  try {
    const value = JSON.parse(text) as unknown;
    return value === null || isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function inQuery(search: string): Wanted | NotWanted {
  const parameters = new URLSearchParams(search);
  const variables = objectIn(parameters.get('variables'));
  if (variables === undefined) return { status: 400, message: 'variables could not be decoded' };
  const extensions = objectIn(parameters.get('extensions'));
  if (extensions === undefined) return { status: 400, message: 'extensions could not be decoded' };
  return {
    query: parameters.get('query') ?? '',
    variables,
    operationName: parameters.get('operationName') || undefined,
    extensions,
    readOnly: true,
  };
}

const MEMBERS = ['query', 'operationName', 'variables', 'extensions'] as const;
type Members = Partial<Record<(typeof MEMBERS)[number], unknown>>;

/** Go finds members whatever the case of their letters, so some clients write `Query`. */
function membersOf(body: Record<string, unknown>): Members {
  const members: Members = {};
  for (const name in body) {
    const member = MEMBERS.find((known) => known === name || known.toLowerCase() === name.toLowerCase());
    if (member && (member === name || !(member in body))) members[member] = body[name];
  }
  return members;
}

function inBody(text: string): Wanted | NotWanted {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return undecodable(error instanceof Error ? error.message : '');
  }
  if (!isObject(body)) return undecodable('an object is expected');
  const { query, operationName, variables, extensions } = membersOf(body);
  for (const [name, value, fits] of [
    ['query', query, typeof (query ?? '') === 'string'],
    ['operationName', operationName, typeof (operationName ?? '') === 'string'],
    ['variables', variables, isObject(variables ?? {})],
    ['extensions', extensions, isObject(extensions ?? {})],
  ] as const)
    if (!fits) return undecodable(`${name} can not be ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`);
  return {
    query: (query as string | null | undefined) ?? '',
    variables: variables as Wanted['variables'],
    operationName: (operationName as string | null | undefined) || undefined,
    extensions: extensions as Wanted['extensions'],
    readOnly: false,
  };
}

/** The type of what a request carries, without its parameters. */
export const mediaTypeOf = ({ headers }: WireRequest): string => (headers['content-type'] ?? '').split(';')[0]!.trim().toLowerCase();

export function wanted(request: WireRequest): Wanted | NotWanted {
  if (request.method === 'GET') return inQuery(request.query);
  if (request.method === 'POST' && mediaTypeOf(request) === 'application/json') return inBody(request.body);
  return { status: 400, message: 'transport not supported' };
}
