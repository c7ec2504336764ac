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

const GAP = 'event: gap\ndata: {"message":"what happened in between is not known any more: read the present state"}\n\n';
/** Line breaks in the data would end an event early; JSON has none. */
const frame = ({ id, type, data }: SourceEvent) => `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`;

function answer(response: http.ServerResponse, { status, headers, body }: Outgoing): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  response.end(body);
}

/** What a client asks for: from where on, and which types. */
function wishOf({ headers, query }: Incoming): { readonly after: string | undefined; readonly types: ReadonlySet<string> } {
  const parameters = new URLSearchParams(query);
  const types = parameters
    .get('types')
    ?.split(',')
    .filter((type) => TYPES.includes(type));
  return { after: headers['last-event-id'] || parameters.get('after') || undefined, types: new Set(types ?? TYPES) };
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
};

/** One stream: ended once, by whoever ends it first. */
class Stream {
  #isOver = false;
  readonly #last: (() => void)[] = [];

  constructor(
    private readonly response: http.ServerResponse,
    private readonly backlog: number,
  ) {
    response.on('close', this.end);
    response.on('error', this.end);
    response.writeHead(200, HEADERS);
  }

  readonly end = (): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    for (const work of this.#last) work();
    this.response.end();
  };

  /** Done at the end, which may have come. */
  atEnd(work: () => void): void {
    if (this.#isOver) work();
    else this.#last.push(work);
  }

  write(text: string): void {
    if (this.#isOver) return;
    this.response.write(text);
    if (this.response.writableLength <= this.backlog) return;
    this.end();
    this.response.destroy();
  }
}

/** Streams of `/events`. `heartbeat`: milliseconds between two signs of life; `backlog`: bytes that a slow listener may fall behind before it is cut off; `streams`: how many there may be. */
export function createEventStreams(options: EventStreamOptions): EventStreams {
  const { source, identify, hosts, heartbeat = 15_000, backlog = 1_000_000, streams = 200 } = options;
  const open = new Set<Stream>();

  async function begin(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const incoming = incomingOf(request, '', randomUUID(), options.trustsProxy);
    if (hosts && fromElsewhere(incoming, hosts)) return answer(response, FROM_ELSEWHERE);
    if (incoming.method !== 'GET') return answer(response, NOT_ALLOWED);
    const identified = await identify(incoming);
    if ('denied' in identified) return answer(response, identified.denied);
    const refused = refusalOf(identified.caller);
    if (refused) return answer(response, refused);
    if (open.size >= streams) return answer(response, TOO_MANY);
    await tell(opened(incoming, response, identified.caller), identified.caller.tenant!, incoming);
  }

  function opened(incoming: Incoming, response: http.ServerResponse, caller: Identity): Stream {
    const stream = new Stream(response, backlog);
    const beat = setInterval(() => {
      stream.write(': alive\n\n');
      void stillLetIn(incoming, caller).then((isIn) => (isIn ? undefined : stream.end()));
    }, heartbeat);
    beat.unref();
    open.add(stream);
    stream.atEnd(() => {
      clearInterval(beat);
      open.delete(stream);
    });
    return stream;
  }

  async function tell(stream: Stream, { id, externalId }: NonNullable<Identity['tenant']>, incoming: Incoming): Promise<void> {
    const { after, types } = wishOf(incoming);
    const position = after ?? (await source.position());
    const head = after === undefined ? `id: ${position}\n` : '';
    stream.write(`retry: ${RETRY}\n${head}event: open\ndata: ${JSON.stringify({ tenant: externalId })}\n\n`);
    const endFollowing = await source.follow(
      position,
      (event) => {
        if (event.tenant === id && types.has(event.type)) stream.write(frame(event));
      },
      () => stream.write(GAP),
    );
    stream.atEnd(endFollowing);
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
      for (const stream of open) stream.end();
    },
  };
}
