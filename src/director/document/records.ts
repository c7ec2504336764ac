import { collection, type Stored } from '../../registry/contract.ts';
import type { FetchRequestRecord } from '../spec/records.ts';

export interface DocumentRecord extends Stored {
  readonly applicationID: string;
  readonly bundleID: string;
  readonly title: string;
  readonly displayName: string;
  readonly description: string;
  readonly format: 'MARKDOWN';
  readonly kind?: string;
  readonly data?: string;
  readonly fetchRequest?: FetchRequestRecord;
  readonly createdAt: string;
}

export const documents = collection<DocumentRecord>()(
  'documents',
  { application: { keys: (document) => [document.applicationID] }, bundle: { keys: (document) => [document.bundleID] } },
  { sealed: ['fetchRequest'] },
);
