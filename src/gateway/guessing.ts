/** Slows down who guesses one-time tokens: a source whose tokens keep opening nothing has to wait before the next one is looked at. */
import { NOBODY } from '../identity/identity.ts';
import type { Throttle } from '../identity/throttle.ts';
import type { Clients } from './clients.ts';
import { type Incoming, type Outgoing, refusal } from './listener.ts';

/** Where clients put a one-time token. */
const bringsToken = ({ headers, query }: Incoming): boolean =>
  Boolean(headers['connector-token']) || (query.includes('token=') && Boolean(new URLSearchParams(query).get('token')));

/** The same clients; every token that opens nothing counts against its source. */
export function countingGuesses(clients: Clients, throttle: Throttle): Clients {
  const count = (request: Incoming, opened: boolean) => {
    if (bringsToken(request)) (opened ? throttle.succeeded : throttle.failed)(request.remote);
  };
  return {
    identify(request) {
      return clients.identify(request)?.then((identified) => {
        if (!request.tls) count(request, !('caller' in identified) || identified.caller !== NOBODY);
        return identified;
      });
    },
    async session(request) {
      const session = await clients.session(request);
      count(request, session !== undefined);
      return session;
    },
  };
}

/** The answer to a token from a source that has to wait; undefined where the request may go on. */
export function guessRefusal(request: Incoming, throttle: Throttle): Outgoing | undefined {
  const wait = bringsToken(request) ? throttle.waitOf(request.remote) : 0;
  if (wait === 0) return undefined;
  return refusal(429, 'Too Many Requests', 'too many tokens that opened nothing, try again later', {
    'retry-after': String(Math.ceil(wait / 1000)),
  });
}
