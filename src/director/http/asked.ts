/** What a request asks for, by each of the transports (`reference: facts/security.md 1.2`). */
import { isObject } from '../../text/json.ts';
import type { Request } from './exchange.ts';
import type { PersistedQueries } from './persisted-queries.ts';

export interface Asked {
  readonly query: string;
  readonly variables?: Record<string, unknown> | null;
  readonly operationName?: string;
  readonly readOnly: boolean;
}

/** Why it can't be told. A fault of GraphQL is an error with a code; one of the transport is a bare message. */
export type Refusal = { readonly status: number; readonly fault: string } | { readonly status: number; readonly message: string };

interface Parts {
  readonly query: string;
  readonly variables: Asked['variables'];
  readonly operationName?: string;
  readonly extensions?: { readonly persistedQuery?: unknown } | null;
}

const undecodable = (why: string): Refusal => ({ status: 400, fault: `json request body could not be decoded: ${why}` });

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

function partsOfQuery(search: string): Parts | Refusal {
  const parameters = new URLSearchParams(search);
  const variables = objectIn(parameters.get('variables'));
  if (variables === undefined) return { status: 400, message: 'variables could not be decoded' };
  const extensions = objectIn(parameters.get('extensions'));
  if (extensions === undefined) return { status: 400, message: 'extensions could not be decoded' };
  return { query: parameters.get('query') ?? '', variables, operationName: parameters.get('operationName') || undefined, extensions };
}

function partsOfBody(text: string): Parts | Refusal {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    return undecodable(error instanceof Error ? error.message : '');
  }
  if (!isObject(body)) return undecodable('an object is expected');
  const { query, variables, operationName, extensions } = body;
  for (const [name, value, ok] of [
    ['query', query, typeof (query ?? '') === 'string'],
    ['operationName', operationName, typeof (operationName ?? '') === 'string'],
    ['variables', variables, isObject(variables ?? {})],
    ['extensions', extensions, isObject(extensions ?? {})],
  ] as const)
    if (!ok) return undecodable(`${name} can not be ${Array.isArray(value) ? 'a list' : `a ${typeof value}`}`);
  return {
    query: (query as string | null | undefined) ?? '',
    variables: variables as Asked['variables'],
    operationName: (operationName as string | null | undefined) || undefined,
    extensions: extensions as Parts['extensions'],
  };
}

function partsOf(request: Request): Parts | Refusal {
  if (request.method === 'GET') return partsOfQuery(request.query);
  const contentType = request.headers['content-type'] ?? '';
  const type = contentType.split(';')[0]!.trim().toLowerCase();
  if (request.method === 'POST' && type === 'multipart/form-data')
    return {
      status: 422,
      message: /;\s*boundary=/i.test(contentType) ? 'first part must be operations' : 'failed to parse multipart form',
    };
  if (request.method !== 'POST' || type !== 'application/json') return { status: 400, message: 'transport not supported' };
  return partsOfBody(request.body);
}

export function asked(request: Request, persisted: PersistedQueries): Asked | Refusal {
  const parts = partsOf(request);
  if ('status' in parts) return parts;
  const meant = persisted.resolve(parts.query, parts.extensions?.persistedQuery);
  if ('fault' in meant) return { status: 200, fault: meant.fault };
  if (meant.query === '') return { status: 422, fault: 'no operation provided' };
  return { query: meant.query, variables: parts.variables, operationName: parts.operationName, readOnly: request.method === 'GET' };
}
