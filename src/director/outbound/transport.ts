/** One outgoing HTTP call: bounded in time, size and redirects, and kept from private addresses where the plane's settings say so. */
import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { AddressRefused, checkLiteralAddress, publicLookup } from './addresses.ts';

export interface OutboundRequest {
  readonly method: string;
  readonly url: string;
  /** One value or several for each name. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

export interface OutboundResponse {
  readonly status: number;
  /** Such as `Not Found`. */
  readonly statusText: string;
  /** Names in lower case; of headers that came more than once the first value. */
  readonly headers: Readonly<Record<string, string>>;
  /** `set-cookie` headers, each by itself. */
  readonly cookies: readonly string[];
  readonly body: Buffer;
}

/** What the plane shows to servers that want a client certificate: chain and key, PEM. */
export interface PlaneCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface OutboundOptions {
  /** Whether loopback, link-local and private addresses may be called: `DirectorSettings.privateAddresses`. */
  readonly privateAddresses: boolean;
  /** Goes out as `x-request-id`. */
  readonly requestId?: string;
  /** Headers of the trace that the call belongs to, names in lower case. */
  readonly trace?: Readonly<Record<string, string>>;
  /** Milliseconds for the whole call, redirects and body included. */
  readonly timeout?: number;
  /** Greatest size of an answer, in bytes. */
  readonly maxBytes?: number;
  /** How many redirects are followed; further ones are answered as they are. */
  readonly maxRedirects?: number;
  /** The plane's client certificate and its key, for servers that want one; PEM. */
  readonly certificate?: PlaneCertificate;
}

export type OutboundFault = 'address' | 'refused' | 'unresolved' | 'timeout' | 'size' | 'url' | 'transport';

/** The call got no answer. The message is one that the caller may see. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  constructor(
    readonly fault: OutboundFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether the same call may go better next time. */
  get passing(): boolean {
    return this.fault !== 'address';
  }
}

const DEFAULTS = { timeout: 20_000, maxBytes: 20 * 1024 * 1024, maxRedirects: 0 };
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** Headers that a redirect to another origin must not get to see. */
const CONFIDENTIAL = new Set(['authorization', 'cookie', 'x-csrf-token']);

type ErrorOfNode = NodeJS.ErrnoException & { address?: string; port?: number; hostname?: string };

/** What went wrong, in the words that the reference's transport uses for the common cases. */
function faultOf(error: ErrorOfNode): OutboundError {
  const cause = { cause: error };
  if (error instanceof OutboundError) return error;
  if (error instanceof AddressRefused) return new OutboundError('address', error.message, cause);
  const nested = (error as unknown as AggregateError).errors as ErrorOfNode[] | undefined;
  const first = nested?.[0] ?? error;
  const place =
    first.address === undefined ? 'tcp' : `tcp ${first.address.includes(':') ? `[${first.address}]` : first.address}:${first.port}`;
  if (first.code === 'ECONNREFUSED') return new OutboundError('refused', `dial ${place}: connect: connection refused`, cause);
  if (first.code === 'ENOTFOUND') return new OutboundError('unresolved', `dial tcp: lookup ${first.hostname}: no such host`, cause);
  if (first.code === 'ECONNRESET') return new OutboundError('transport', 'EOF', cause);
  return new OutboundError('transport', first.message || String(first.code), cause);
}

function targetOf(url: string): URL {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? '';
  if (scheme !== 'http' && scheme !== 'https') throw new OutboundError('url', `unsupported protocol scheme "${scheme}"`);
  if (URL.canParse(url)) return new URL(url);
  const port = /^[^/]*\/\/[^/?#]*:(\d+)(?:[/?#]|$)/.exec(url)?.[1];
  throw new OutboundError('url', Number(port) > 65_535 ? `dial tcp: address ${port}: invalid port` : 'the address cannot be read');
}

function headersOf(response: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headersDistinct).flatMap(([name, values]) => (values?.[0] === undefined ? [] : [[name, values[0]]])),
  );
}

/** One hop. `signal` ends it whatever it is doing. */
function exchange(
  request: OutboundRequest,
  target: URL,
  options: OutboundOptions & typeof DEFAULTS,
  signal: AbortSignal,
): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const headers: OutgoingHttpHeaders = {
      'user-agent': 'compass',
      ...options.trace,
      ...(options.requestId === undefined ? {} : { 'x-request-id': options.requestId }),
    };
    for (const [name, value] of Object.entries(request.headers ?? {}))
      headers[name.toLowerCase()] = typeof value === 'string' ? value : [...value];
    if (request.body !== undefined) headers['content-length'] = Buffer.byteLength(request.body);
    const settings: RequestOptions = {
      method: request.method,
      headers,
      signal,
      agent: false,
      ...(options.privateAddresses ? {} : { lookup: publicLookup }),
      ...options.certificate,
    };
    const fail = (error: Error) => reject(faultOf(error));
    const outgoing = (target.protocol === 'https:' ? httpsRequest : httpRequest)(target, settings, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('error', fail);
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size <= options.maxBytes) return void chunks.push(chunk);
        // A short answer may have ended already: what is destroyed then tells nobody.
        fail(new OutboundError('size', `the answer is longer than ${options.maxBytes} bytes`));
        outgoing.destroy();
      });
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          headers: headersOf(response),
          cookies: response.headers['set-cookie'] ?? [],
          body: Buffer.concat(chunks),
        }),
      );
    });
    outgoing.on('error', fail);
    outgoing.end(request.body);
  });
}

/** The request that a redirect asks for; undefined where the answer is no redirect that can be followed. */
function redirected(request: OutboundRequest, from: URL, response: OutboundResponse): OutboundRequest | undefined {
  const location = response.headers['location'];
  if (!REDIRECTS.has(response.status) || location === undefined || !URL.canParse(location, from.href)) return undefined;
  const to = new URL(location, from);
  const headers = Object.entries(request.headers ?? {}).filter(
    ([name]) => to.origin === from.origin || !CONFIDENTIAL.has(name.toLowerCase()),
  );
  const asGet = response.status === 303 || (response.status < 303 && request.method === 'POST');
  const kept = asGet ? headers.filter(([name]) => name.toLowerCase() !== 'content-type') : headers;
  const body = asGet ? undefined : request.body;
  return {
    method: asGet ? 'GET' : request.method,
    url: to.href,
    headers: Object.fromEntries(kept),
    ...(body === undefined ? {} : { body }),
  };
}

/**
 * Sends the request and reads the whole answer, whatever its status.
 * @throws OutboundError where there is no answer
 */
export async function send(request: OutboundRequest, options: OutboundOptions): Promise<OutboundResponse> {
  const bounds = { ...DEFAULTS, ...options };
  const signal = AbortSignal.timeout(bounds.timeout);
  try {
    let hop = request;
    for (let followed = 0; ; followed += 1) {
      const target = targetOf(hop.url);
      if (!bounds.privateAddresses) checkLiteralAddress(target);
      const response = await exchange(hop, target, bounds, signal);
      const next = followed < bounds.maxRedirects ? redirected(hop, target, response) : undefined;
      if (!next) return response;
      hop = next;
    }
  } catch (error) {
    if (signal.aborted) throw new OutboundError('timeout', `no answer within ${bounds.timeout} ms`, { cause: error });
    throw faultOf(error as ErrorOfNode);
  }
}
