/** `/events`: what happens to the formations of the caller's tenant, as server-sent events that go on until somebody ends them. */
import { randomUUID } from 'node:crypto';
import type http from 'node:http';
import type { Identity } from '../identity/identity.ts';
import { FROM_ELSEWHERE, fromElsewhere, type Identified } from './gateway.ts';
import { type Incoming, incomingOf, type Outgoing, refusal, type Streamer } from './listener.ts';

/** What is told; the Director's feed. */
export interface EventSource {
  follow(after: string, listener: (event: SourceEvent) => void, onGap: () => void): Promise<() => void>;
  position(): Promise<string>;
}

export interface SourceEvent {
  readonly id: string;
  readonly type: string;
  readonly tenant: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EventStreamOptions {
  readonly source: EventSource;
  readonly identify: (request: Incoming) => Promise<Identified> | Identified;
  /** Names that a Host header may have; undefined: any. */
  readonly hosts?: ReadonlySet<string>;
  /** As of the listener. */
  readonly trustsProxy?: (address: string) => boolean;
  /** Milliseconds between two signs of life; with each the credential is looked at again. */
  readonly heartbeat?: number;
  /** Bytes that may wait for a reader; one that is further behind is cut, and may come back with Last-Event-ID. */
  readonly backlog?: number;
  /** Streams at a time. */
  readonly streams?: number;
}

const PATH = '/events';
const NEEDED = 'formation:read';
/** Milliseconds after which a client that was cut comes back. */
const RETRY = 1_000;
const TYPES = ['formation', 'assignment', 'notification'];

export interface EventStreams {
  readonly stream: Streamer;
  /** Ends all streams. */
  close(): void;
}

const NOT_ALLOWED = { ...refusal(405, 'Method Not Allowed', 'events are read with GET'), headers: { allow: 'GET' } };
const TOO_MANY = refusal(503, 'Service Unavailable', 'too many streams are open');
const NO_TENANT = refusal(400, 'Bad Request', 'events are those of a tenant: name one with the header Tenant');
const NO_SCOPE = refusal(403, 'Forbidden', `insufficient scopes provided [required=${NEEDED}]`);

function refusalOf({ tenant, scopes }: Identity): Outgoing | undefined {
  if (!scopes.includes(NEEDED)) return NO_SCOPE;
  return tenant ? undefined : NO_TENANT;
}

/** Line breaks in the data would end an event early; JSON has none. */
const frame = ({ id, type, data }: SourceEvent) => `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

function answer(response: http.ServerResponse, { status, headers, body }: Outgoing): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  response.end(body);
}

/** Streams of `/events`. `heartbeat`: milliseconds between two signs of life; `backlog`: bytes that a slow listener may fall behind before it is cut off; `streams`: how many there may be. */
export function createEventStreams(options: EventStreamOptions): EventStreams {
  const { source, identify, hosts, heartbeat = 15_000, backlog = 1_000_000, streams = 200 } = options;
  const open = new Set<() => void>();

  async function begin(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const incoming = incomingOf(request, '', randomUUID(), options.trustsProxy);
    if (hosts && fromElsewhere(incoming, hosts)) return answer(response, FROM_ELSEWHERE);
    if (incoming.method !== 'GET') return answer(response, NOT_ALLOWED);
    const identified = await identify(incoming);
    if ('denied' in identified) return answer(response, identified.denied);
    const refused = refusalOf(identified.caller);
    if (refused) return answer(response, refused);
    if (open.size >= streams) return answer(response, TOO_MANY);
    await stream(incoming, response, identified.caller);
  }

  async function stream(incoming: Incoming, response: http.ServerResponse, caller: Identity): Promise<void> {
    let endFollowing: (() => void) | undefined;
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearInterval(beat);
      endFollowing?.();
      open.delete(end);
      response.end();
    };
    const write = (text: string) => {
      if (isOver) return;
      response.write(text);
      if (response.writableLength <= backlog) return;
      end();
      response.destroy();
    };
    const beat = setInterval(() => {
      write(': alive\n\n');
      void stillLetIn(incoming, caller).then((isIn) => (isIn ? undefined : end()));
    }, heartbeat);
    beat.unref();
    open.add(end);
    response.on('close', end);
    response.on('error', end);
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      connection: 'keep-alive',
    });
    const query = new URLSearchParams(incoming.query);
    const after = incoming.headers['last-event-id'] || query.get('after') || undefined;
    const position = after ?? (await source.position());
    const wanted = new Set(
      query
        .get('types')
        ?.split(',')
        .filter((type) => TYPES.includes(type)) ?? TYPES,
    );
    const head = after === undefined ? `id: ${position}\n` : '';
    write(`retry: ${RETRY}\n${head}event: open\ndata: ${JSON.stringify({ tenant: caller.tenant!.externalId })}\n\n`);
    const following = await source.follow(
      position,
      (event) => {
        if (event.tenant === caller.tenant!.id && wanted.has(event.type)) write(frame(event));
      },
      () => write('event: gap\ndata: {"message":"what happened in between is not known any more: read the present state"}\n\n'),
    );
    if (isOver) following();
    endFollowing = following;
  }

  /** Whether the credential still opens the same tenant. */
  async function stillLetIn(incoming: Incoming, caller: Identity): Promise<boolean> {
    const identified = await Promise.resolve(identify(incoming)).catch(() => undefined);
    if (!identified) return true;
    return !('denied' in identified) && refusalOf(identified.caller) === undefined && identified.caller.tenant?.id === caller.tenant?.id;
  }

  return {
    stream(request, response) {
      if ((request.url ?? '').split('?', 1)[0] !== PATH) return false;
      begin(request, response).catch(() => response.destroy());
      return true;
    },
    close() {
      for (const end of open) end();
    },
  };
}
