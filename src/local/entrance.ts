/** The entrance of a plane, composed: who may come in, what is answered, and which events are streamed. */
import http from 'node:http';
import type { Director } from '../director/director.ts';
import { createFeed } from '../director/notification/feed.ts';
import { createEventStreams } from '../gateway/event-stream.ts';
import { createGateway, type Mount } from '../gateway/gateway.ts';
import { guessRefusal } from '../gateway/guessing.ts';
import { type Incoming, requestListener } from '../gateway/listener.ts';
import type { Metrics } from '../gateway/metrics.ts';
import { requestMetrics } from '../gateway/request-metrics.ts';
import type { Throttle } from '../identity/throttle.ts';
import type { bearers } from './identity.ts';
import { type Listening, openDoors } from './listeners.ts';
import { type PlaneOptions, publicHosts, type System } from './options.ts';
import { proxiesBelieved } from './proxy.ts';
import type { Trust } from './trust.ts';

export interface EntranceOptions {
  readonly systems: ReadonlySet<System>;
  readonly options: PlaneOptions;
  readonly director: Director;
  readonly trust: Trust;
  readonly mounts: readonly Mount[];
  /** Who holds a bearer token. */
  readonly identify: ReturnType<typeof bearers>;
  readonly guesses: Throttle;
  readonly metrics: Metrics;
}

export interface Entrance extends Listening {
  /** Ends the streams of events, which would never end by themselves. */
  endStreams(): void;
}

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];

/** Opens the doors. @throws the system's error, such as EADDRINUSE */
export async function openEntrance({ systems, options, director, trust, ...parts }: EntranceOptions): Promise<Entrance> {
  const { mounts, identify, guesses, metrics } = parts;
  const identifyAny = (request: Incoming) =>
    (request.headers.authorization === undefined || request.tls || request.presented ? trust.clients.identify(request) : undefined) ??
    identify(request);
  const who = {
    identify: identifyAny,
    trustsProxy: proxiesBelieved(options),
    ...(options.local ? { hosts: new Set([...LOOPBACK, options.host, ...publicHosts(options)]) } : {}),
  };
  const handle = createGateway({ mounts, ...who, observe: requestMetrics(metrics) });
  const events = systems.has('gateway')
    ? createEventStreams({
        source: createFeed(director.registry),
        ...who,
        identify: (request) => {
          const denied = guessRefusal(request, guesses);
          return denied ? { denied } : identifyAny(request);
        },
      })
    : undefined;
  const listener = requestListener({
    handle: async (request) => guessRefusal(request, guesses) ?? handle(request),
    ...(events && { stream: events.stream }),
    bodyLimit: options.bodyLimit,
    trustsProxy: who.trustsProxy,
    report: options.report,
  });
  const listening = await openDoors(
    { http: http.createServer(listener), mtls: systems.has('gateway') ? await trust.mtlsServer(listener) : undefined },
    options,
  );
  return { ...listening, endStreams: () => events?.close() };
}
