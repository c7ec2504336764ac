/** A GraphQL client for one system of a Compass: graphql-request over a transport of ours. */
import { ClientError, GraphQLClient } from 'graphql-request';
import { GraphQLError, type GraphQLFault, HttpError } from './errors.ts';
import { send, type Tls } from './http.ts';

/** A document that knows what it takes and what it answers. */
export interface TypedDocument<Result, Variables> {
  __apiType?: (variables: Variables) => Result;
  toString(): string;
}

export interface ClientOptions {
  /** GraphQL address. */
  readonly url: string;
  readonly token?: string;
  /** External id of the Tenant to act in. */
  readonly tenant?: string;
  readonly tls?: Tls;
  /** Sent with each request, beside those of the client itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends requests under way. */
  readonly signal?: AbortSignal;
  /** For one request, in milliseconds; 30 s unless given. */
  readonly timeout?: number;
  /** Told about each request when it is over. */
  readonly onRequest?: (report: {
    readonly url: string;
    readonly status: number;
    readonly milliseconds: number;
    readonly requestId: string;
  }) => void;
}

export interface Client {
  /** @throws GraphQLError, HttpError, UnreachableError, CertificateError, TimeoutError */
  request<Result, Variables>(
    document: TypedDocument<Result, Variables>,
    ...variables: Record<string, never> extends Variables ? [Variables?] : [Variables]
  ): Promise<Result>;
}

interface FetchInit {
  readonly method?: string;
  readonly headers: Iterable<readonly [string, string]>;
  readonly body?: string;
}

/** The `fetch` that graphql-request is given: as much of one as it uses. */
function transport(options: ClientOptions) {
  return async (url: URL, init: FetchInit) => {
    const requestId = newRequestId();
    const started = performance.now();
    const answer = await send(url.href, {
      method: init.method ?? 'POST',
      headers: { ...Object.fromEntries(init.headers), 'x-request-id': requestId },
      ...(init.body === undefined ? {} : { body: init.body }),
      ...(options.tls === undefined ? {} : { tls: options.tls }),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    options.onRequest?.({ url: url.href, status: answer.status, milliseconds: performance.now() - started, requestId });
    // The body as it came stands in the message where it is no GraphQL.
    if (!isGraphQL(answer.body)) throw new HttpError(url.href, answer.status, answer.body);
    return {
      ok: answer.status >= 200 && answer.status < 300,
      status: answer.status,
      headers: { get: (name: string) => (name.toLowerCase() === 'content-type' ? 'application/json' : null) },
      text: async () => answer.body,
    };
  };
}

/** Names a request in the logs of both sides; it is no secret, so node:crypto need not be loaded for it. */
const newRequestId = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}`;

function isGraphQL(body: string): boolean {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && ('data' in value || Array.isArray((value as { errors?: unknown }).errors));
  } catch {
    return false;
  }
}

export function createClient(options: ClientOptions): Client {
  const client = new GraphQLClient(options.url, {
    fetch: transport(options) as never,
    excludeOperationName: true,
    headers: {
      ...options.headers,
      ...(options.token === undefined ? {} : { authorization: `Bearer ${options.token}` }),
      ...(options.tenant === undefined ? {} : { tenant: options.tenant }),
    },
  });
  return {
    async request(document, ...[variables]) {
      try {
        return await client.request<never>({
          document: String(document),
          ...(variables === undefined ? {} : { variables: variables as object }),
        });
      } catch (error) {
        if (error instanceof ClientError)
          throw new GraphQLError(
            error.response.status,
            (error.response.errors ?? []) as unknown as readonly GraphQLFault[],
            error.response.data,
          );
        throw error;
      }
    },
  };
}
