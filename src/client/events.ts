/** Server-sent events of a Compass, over node:http: goes on where it was when the connection breaks. */
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpError, UnreachableError } from './errors.ts';
import { headersFor, type RestOptions } from './notifications.ts';

export interface StreamedEvent {
  readonly id: string | undefined;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Cuts a stream of text into events. */
export class EventParser {
  #rest = '';
  #id: string | undefined;

  /** The id of the last event: where to go on. */
  get position(): string | undefined {
    return this.#id;
  }

  push(text: string): StreamedEvent[] {
    const blocks = (this.#rest + text).split(/\r?\n\r?\n/);
    this.#rest = blocks.pop()!;
    return blocks.flatMap((block) => this.#event(block));
  }

  #event(block: string): StreamedEvent[] {
    let type = 'message';
    const data: string[] = [];
    let id: string | undefined;
    for (const line of block.split(/\r?\n/)) {
      const [, field, value = ''] = /^([a-z]+)(?:: ?(.*))?$/.exec(line) ?? [];
      if (field === 'event') type = value;
      else if (field === 'data') data.push(value);
      else if (field === 'id') id = value;
    }
    if (id !== undefined) this.#id = id;
    if (data.length === 0) return [];
    try {
      return [{ id, type, data: JSON.parse(data.join('\n')) as StreamedEvent['data'] }];
    } catch {
      return [];
    }
  }
}

export interface FollowOptions extends RestOptions {
  readonly types?: readonly string[];
  readonly signal: AbortSignal;
  /** Told when the connection is lost and will be tried again. */
  readonly onLost?: (error: Error) => void;
}

/** Milliseconds between two attempts. */
const PAUSE = 1_000;
/** Signs of life come every 15 seconds: a connection that is silent for longer is dead. */
const SILENCE = 40_000;

/**
 * Events of the gateway at `url` until the signal ends it. A connection that is lost is made again, and goes on behind the last event.
 * @throws HttpError where the gateway refuses, or has no events; UnreachableError where the first connection fails
 */
export async function* follow(options: FollowOptions): AsyncGenerator<StreamedEvent> {
  const parser = new EventParser();
  for (let isFirst = true; !options.signal.aborted; isFirst = false) {
    try {
      const response = await connect(options, parser.position);
      response.setEncoding('utf8');
      for await (const text of response) yield* parser.push(String(text));
      throw new Error('the stream ended');
    } catch (error) {
      if (options.signal.aborted) return;
      if (isFirst || error instanceof HttpError) throw error;
      options.onLost?.(error as Error);
      await sleep(PAUSE, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
}

async function connect(options: FollowOptions, position: string | undefined): Promise<http.IncomingMessage> {
  const query = options.types ? `?types=${options.types.join(',')}` : '';
  const url = new URL(`${options.url}/events${query}`);
  const isSecure = url.protocol === 'https:';
  const request = isSecure ? (await import('node:https')).default.request : http.request;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      headers: { ...headersFor(options), accept: 'text/event-stream', ...(position === undefined ? {} : { 'last-event-id': position }) },
      signal: options.signal,
      ...(isSecure ? options.tls : {}),
    });
    outgoing.setTimeout(SILENCE, () => outgoing.destroy(new Error('nothing was heard for a while')));
    outgoing.on('error', (error) => reject(error.name === 'AbortError' ? error : new UnreachableError(url.href, error)));
    outgoing.on('response', (response) => {
      if (response.statusCode === 200) return resolve(response);
      response.resume();
      reject(new HttpError(url.href, response.statusCode ?? 0, ''));
    });
    outgoing.end();
  });
}
