/** What a request asks of the Director, be it by the hash of a document (`reference: facts/security.md 1.2`). */
import { mediaTypeOf, type NotWanted, type Wanted, wanted } from '../../wire/asked.ts';
import type { Request } from './exchange.ts';
import type { PersistedQueries } from './persisted-queries.ts';

export type Asked = Omit<Wanted, 'extensions'>;

/** What other transports say that the reference's Director has on, and that carry nothing here: there is nothing to upload. */
function elsewhere(request: Request): NotWanted | undefined {
  if (request.method === 'HEAD') return { status: 405, message: 'method not allowed' };
  if (request.method !== 'POST' || mediaTypeOf(request) !== 'multipart/form-data') return undefined;
  const hasParts = /;\s*boundary=/i.test(request.headers['content-type'] ?? '');
  return { status: 422, message: hasParts ? 'first part must be operations' : 'failed to parse multipart form' };
}

export function asked(request: Request, persisted: PersistedQueries): Asked | NotWanted {
  const wish = elsewhere(request) ?? wanted(request);
  if ('status' in wish) return wish;
  const { extensions, ...rest } = wish;
  const meant = persisted.resolve(wish.query, extensions?.persistedQuery);
  if ('fault' in meant) return { status: 200, fault: meant.fault };
  if (meant.query === '') return { status: 422, fault: 'no operation provided' };
  return { ...rest, query: meant.query };
}
