import type { AuthRecord } from '../auth/records.ts';

/** Where a specification or document comes from, and how the last attempt to get it ended. */
export interface FetchRequestRecord {
  readonly url: string;
  readonly auth?: AuthRecord;
  readonly mode: 'SINGLE' | 'BUNDLE' | 'INDEX';
  readonly filter?: string;
  readonly status: { readonly condition: 'INITIAL' | 'SUCCEEDED' | 'FAILED'; readonly message?: string; readonly timestamp: string };
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
