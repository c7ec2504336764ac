/** Every address of the Director below its base, and which of them ask for a credential (`reference: facts/security.md 1.1`). */
import type { Director } from '../director.ts';
import { answerStatusReport, isStatusPath } from '../notification/reports/status-api.ts';
import { lastOperation } from '../operation/last-operation.ts';
import type { Answer, Request } from './exchange.ts';
import { answerNotifications, isNotificationsPath } from './notifications.ts';
import { playground } from '../../wire/playground.ts';

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const JSON_UTF8 = { 'content-type': 'application/json;charset=UTF-8' };
const PLAYGROUND = playground({
  system: 'Director',
  query: '{ applications { data { id name labels } totalCount } }',
  headers: { authorization: 'Token' },
});
const NOT_FOUND: Answer = { status: 404, headers: TEXT, body: '404 page not found\n' };

interface Route {
  readonly matches: (path: string) => boolean;
  readonly needsCredential: boolean;
  readonly answer: (director: Director, request: Request) => Promise<Answer> | Answer;
}

const exactly = (wanted: string) => (path: string) => path === wanted;
const below = (prefix: string) => (path: string) => path.startsWith(prefix);

async function alive(director: Director): Promise<boolean> {
  try {
    await director.registry.info();
    return true;
  } catch {
    return false;
  }
}

const ROUTES: readonly Route[] = [
  { matches: exactly('/graphql'), needsCredential: true, answer: (director, request) => director.graphql(request) },
  { matches: below('/last_operation/'), needsCredential: true, answer: (director, request) => lastOperation(director, request) },
  { matches: isStatusPath, needsCredential: true, answer: (director, request) => answerStatusReport(director, request) },
  { matches: isNotificationsPath, needsCredential: true, answer: (director, request) => answerNotifications(director, request) },
  {
    matches: exactly('/'),
    needsCredential: false,
    answer: () => PLAYGROUND,
  },
  {
    matches: exactly('/healthz'),
    needsCredential: false,
    answer: async (director) =>
      (await alive(director)) ? { status: 200, headers: JSON_UTF8, body: 'UP' } : { status: 500, headers: JSON_UTF8, body: 'DOWN' },
  },
  { matches: exactly('/livez'), needsCredential: false, answer: () => ({ status: 200, headers: JSON_UTF8, body: '' }) },
  {
    matches: exactly('/readyz'),
    needsCredential: false,
    answer: async (director) => ({ status: (await alive(director)) ? 200 : 500, headers: JSON_UTF8, body: '' }),
  },
  {
    matches: exactly('/v1/info'),
    needsCredential: false,
    answer: (_, { method }) =>
      method === 'GET'
        ? {
            status: 200,
            headers: JSON_UTF8,
            body: JSON.stringify({ certIssuer: 'CN=local', certSubject: 'CN=local', rootCA: '', ordAggregatorVersion: '1.8.5' }),
          }
        : { status: 405, headers: JSON_UTF8, body: '' },
  },
];

const routeOf = (path: string) => ROUTES.find((route) => route.matches(path));

/** Whether a request to this path must say who is calling. Unknown paths are answered to everybody. */
export const needsCredential = (path: string): boolean => routeOf(path)?.needsCredential ?? false;

export async function answerDirector(director: Director, request: Request): Promise<Answer> {
  const route = routeOf(request.path);
  return route ? route.answer(director, request) : NOT_FOUND;
}
