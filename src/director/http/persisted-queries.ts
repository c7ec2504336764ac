/** Automatic persisted queries: a client sends a document's hash, and the document itself only where the hash is not known (`reference: facts/security.md 1.2`). */
import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { isObject } from '../../text/json.ts';

const KEPT = 100;
/** Characters: a longer document is answered, but has to be sent each time. */
const LONGEST = 100_000;

/** Only the newest version of the protocol is spoken anywhere. */
const VERSION = 1;

interface Extension {
  readonly version: number;
  readonly sha256Hash: string;
}

export interface PersistedQueries {
  /** The document that is meant by what was sent of it, or what is wrong with that. */
  resolve(query: string, persistedQuery: unknown): { readonly query: string } | { readonly fault: string };
}

function extensionOf(value: unknown): Extension | undefined {
  if (!isObject(value)) return undefined;
  const { version = 0, sha256Hash = '' } = value as Partial<Record<keyof Extension, unknown>>;
  return typeof version === 'number' && typeof sha256Hash === 'string' ? { version, sha256Hash } : undefined;
}

const hashOf = (query: string) => createHash('sha256').update(query).digest('hex');

export function persistedQueries(): PersistedQueries {
  const known = new LRUCache<string, string>({ max: KEPT });
  return {
    resolve(query, persistedQuery) {
      if (persistedQuery === undefined || persistedQuery === null) return { query };
      const extension = extensionOf(persistedQuery);
      if (!extension) return { fault: 'invalid APQ extension data' };
      if (extension.version !== VERSION) return { fault: 'unsupported APQ version' };
      const hash = extension.sha256Hash;
      if (query === '') {
        const meant = known.get(hash);
        return meant === undefined ? { fault: 'PersistedQueryNotFound' } : { query: meant };
      }
      if (hashOf(query) !== hash) return { fault: 'provided APQ hash does not match query' };
      if (query.length <= LONGEST) known.set(hash, query);
      return { query };
    },
  };
}
