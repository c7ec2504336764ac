import type { AuthRecord } from '../auth/records.ts';

/** Where a specification or document comes from, and how the last attempt to get it ended. */
export interface FetchRequestRecord {
  /** Tells one fetch request of a spec from the next: an outcome belongs to the one that was carried out. */
  readonly id: string;
  readonly url: string;
  readonly auth?: AuthRecord;
  readonly mode: 'SINGLE' | 'BUNDLE' | 'INDEX';
  readonly filter?: string;
  readonly status: FetchStatus;
}

export interface FetchStatus {
  readonly condition: 'INITIAL' | 'SUCCEEDED' | 'FAILED';
  readonly message?: string;
  readonly timestamp: string;
}

export interface SpecRecord {
  readonly id: string;
  /** OPEN_API, ODATA or ASYNC_API. */
  readonly type: string;
  readonly format: 'YAML' | 'JSON' | 'XML';
  readonly data?: string;
}

export interface VersionRecord {
  readonly value: string;
  readonly deprecated?: boolean;
  readonly deprecatedSince?: string;
  readonly forRemoval?: boolean;
}

/** What APIs and events have in common: a spec, and where it is fetched from. */
export interface Specified {
  readonly spec?: SpecRecord;
  /** Of the spec; apart from it because it may hold credentials. */
  readonly fetchRequest?: FetchRequestRecord;
}

/** Whether the fetch request is kept, but never carried out; then its message says why. */
export const isHindered = ({ status }: FetchRequestRecord): boolean => status.condition === 'INITIAL' && status.message !== undefined;

/** Whether the fetch request was not carried out yet. */
const isPending = ({ fetchRequest }: Specified): boolean =>
  fetchRequest !== undefined && fetchRequest.status.condition === 'INITIAL' && !isHindered(fetchRequest);

/** Key under which `pendingKeys` has what is still to be fetched, of whatever application. */
export const ANY_APPLICATION = '*';

/** Index of what is still to be fetched: by application, and all together. */
export const pendingKeys = (record: Specified & { readonly applicationID: string }): readonly string[] =>
  isPending(record) ? [record.applicationID, ANY_APPLICATION] : [];
