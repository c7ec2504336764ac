/** A receiver of webhooks: takes every request, answers it, and tells what came. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { send as sendOn } from '../../client/http.ts';
import type { Reply } from './replies.ts';

export interface Received {
  /** ISO 8601. */
  readonly time: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ListenerOptions {
  readonly port: number;
  readonly host: string;
  readonly reply: (received: Received) => Reply;
  /** Requests go on to this address, and its answers come back. */
  readonly forwardTo?: string | undefined;
  /** Told of each request when it was answered. */
  readonly onRequest: (received: Received, reply: Reply) => void;
}

export interface Listener {
  readonly url: string;
  close(): Promise<void>;
}

/** Bytes; what is longer is refused. */
const LONGEST = 20 * 1024 * 1024;
/** Of one hop alone. */
const OWN_HEADERS = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

async function read(request: http.IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The path and query of the request below the address, which may have a path and a query of its own. */
export function forwardAddress(base: string, path: string): string {
  const target = new URL(base);
  const asked = new URL(path, 'http://any');
  target.pathname = `${target.pathname.replace(/\/$/, '')}${asked.pathname}`;
  for (const [name, value] of asked.searchParams) target.searchParams.append(name, value);
  return target.href;
}

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
const passedOn = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name)));

async function forward(base: string, { method, path, headers, body }: Received): Promise<Reply> {
  try {
    const answer = await sendOn(forwardAddress(base, path), { method, headers: passedOn(headers), ...(body !== '' && { body }) });
    return { status: answer.status, headers: passedOn(flat(answer.headers)), body: answer.body, delay: 0 };
  } catch (error) {
    return { status: 502, headers: { 'content-type': 'text/plain' }, body: (error as Error).message, delay: 0 };
  }
}

export async function startListener({ port, host, reply, forwardTo, onRequest }: ListenerOptions): Promise<Listener> {
  async function serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const time = new Date().toISOString();
    const body = await read(request);
    if (body === undefined) return void response.writeHead(413).end();
    const received = { time, method: request.method ?? '', path: request.url ?? '/', headers: flat(request.headers), body };
    const given = forwardTo === undefined ? reply(received) : await forward(forwardTo, received);
    if (given.delay > 0) await new Promise((done) => setTimeout(done, given.delay));
    if (given.trouble === 'close') request.socket.destroy();
    else if (given.trouble !== 'hang') response.writeHead(given.status, given.headers).end(given.body);
    onRequest(received, given);
  }
  const server = http.createServer((request, response) => void serve(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
