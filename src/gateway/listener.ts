/** The sockets: reads requests within their limits, hands them to the Gateway, writes its answers. Knows nothing of what is behind. */
import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import type https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { WireRequest } from '../wire/exchange.ts';
import { clientAddress } from './forwarded.ts';
import type { PresentedCertificate } from './proxied-certificate.ts';

/** A request before anybody knows who is calling. */
export interface Incoming extends WireRequest {
  readonly requestId: string;
  /** Address of the caller, for throttling: behind trusted proxies the one that they tell. */
  readonly remote: string;
  /** Address of the proxy that handed the request on, where that is not the caller's. */
  readonly proxy?: string;
  /** The TLS connection on the mTLS listener. */
  readonly tls?: TLSSocket;
  /** Client certificates that a trusted proxy tells of. */
  readonly presented?: readonly PresentedCertificate[];
}

export interface Outgoing {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export type Handler = (request: Incoming) => Promise<Outgoing>;

/** An answer that goes on: takes over the response, for event streams. */
export type Streamer = (request: http.IncomingMessage, response: http.ServerResponse) => boolean;

export interface ListenerOptions {
  readonly handle: Handler;
  /** Asked first; true where it took the response over. */
  readonly stream?: Streamer;
  /** Largest body in bytes; a larger one is answered 413. */
  readonly bodyLimit: number;
  /** Which addresses are those of proxies that are believed in who has called; nobody is unless given. */
  readonly trustsProxy?: (address: string) => boolean;
  readonly report: (message: string, details?: Record<string, unknown>) => void;
}

/** An answer of the Gateway itself, before any system was asked. */
export const refusal = (code: number, status: string, message: string, headers: Readonly<Record<string, string>> = {}): Outgoing => ({
  status: code,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ error: { code, status, message } }),
});
const tooLarge = (limit: number) => refusal(413, 'Payload Too Large', `the body may have at most ${limit} bytes`, { connection: 'close' });

/**
 * Bodies of up to so many times the limit are read to their end and forgotten. Most clients read no answer before they have sent everything:
 * a connection that was cut meanwhile would look to them as if nobody were there.
 */
const READ_ON = 10;

/** The body, or undefined where it is over the limit (then nothing of it is kept). */
function readBody(request: http.IncomingMessage, limit: number): Promise<string | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit * READ_ON) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) return void chunks.push(chunk);
      chunks = [];
      if (size <= limit * READ_ON) return;
      request.pause();
      resolve(undefined);
    });
    request.on('end', () => {
      if (size > limit) return resolve(undefined);
      resolve(chunks.length === 1 ? chunks[0]!.toString('utf8') : Buffer.concat(chunks).toString('utf8'));
    });
    request.on('error', reject);
    request.on('aborted', () => reject(new Error('the caller went away')));
  });
}

const flat = (headers: http.IncomingHttpHeaders): Record<string, string | undefined> => {
  const result: Record<string, string | undefined> = {};
  for (const name in headers) {
    const value = headers[name];
    result[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
};

/** What the Gateway is given of a request whose body was read. */
export function incomingOf(
  request: http.IncomingMessage,
  body: string,
  requestId: string,
  trustsProxy?: (address: string) => boolean,
): Incoming {
  const peer = request.socket.remoteAddress ?? '';
  const headers = flat(request.headers);
  const remote = trustsProxy ? clientAddress(peer, headers['x-forwarded-for'], trustsProxy) : peer;
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    headers,
    body,
    requestId,
    remote,
    ...(remote !== peer && { proxy: peer }),
    ...('getPeerX509Certificate' in request.socket ? { tls: request.socket as TLSSocket } : {}),
  };
}

const REQUEST_ID = /^[\x21-\x7e]{1,200}$/;

/** The caller's own where it is short and printable: it goes into logs, headers and messages. */
const requestIdIn = (header: string | string[] | undefined) =>
  typeof header === 'string' && REQUEST_ID.test(header) ? header : randomUUID();

/** A listener for plain or TLS servers alike. */
export function requestListener({ handle, stream, bodyLimit, trustsProxy, report }: ListenerOptions): http.RequestListener {
  const send = (response: http.ServerResponse, { status, headers, body }: Outgoing, requestId: string) => {
    if (response.headersSent || response.destroyed) return;
    // nothing is to be asked again of a listener that closes
    if ((response.socket as { server?: http.Server } | null)?.server?.listening === false) response.shouldKeepAlive = false;
    response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), 'x-request-id': requestId });
    response.end(body);
  };
  return (request, response) => {
    if (stream?.(request, response)) return;
    const requestId = requestIdIn(request.headers['x-request-id']);
    void (async () => {
      try {
        const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
        const body = hasBody ? await readBody(request, bodyLimit) : '';
        if (body === undefined) return send(response, tooLarge(bodyLimit), requestId);
        send(response, await handle(incomingOf(request, body, requestId, trustsProxy)), requestId);
      } catch (error) {
        // a request whose body was read is destroyed, too: the connection tells whether anybody waits
        if (response.destroyed) return;
        report('a request failed', { error: error instanceof Error ? (error.stack ?? error.message) : String(error), requestId });
        send(response, refusal(500, 'Internal Server Error', `something went wrong; request ${requestId}`), requestId);
      }
    })();
  };
}

/** Listens on loopback unless told otherwise; resolves to the port. @throws the system's error, such as EADDRINUSE */
export const listen = (server: http.Server | https.Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Takes no new connections, lets requests under way finish for so many milliseconds, then cuts the rest. */
export const drain = (server: http.Server | https.Server, patience: number): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), patience);
    late.unref();
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
