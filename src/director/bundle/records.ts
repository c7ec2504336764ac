import { collection, type Stored } from '../../registry/contract.ts';
import type { AuthRecord } from '../auth/records.ts';

/** What an application offers together, under one set of credentials. Access is that of its application. */
export interface BundleRecord extends Stored {
  readonly applicationID: string;
  readonly name: string;
  readonly description?: string;
  /** JSON text as the wire shows it. */
  readonly instanceAuthRequestInputSchema?: string;
  readonly defaultInstanceAuth?: AuthRecord;
  readonly correlationIDs?: readonly string[];
  readonly createdAt: string;
  readonly updatedAt?: string;
}

export const bundles = collection<BundleRecord>()(
  'bundles',
  { application: { keys: (bundle) => [bundle.applicationID] } },
  { sealed: ['defaultInstanceAuth'] },
);
