import { collection, type Stored } from '../../registry/contract.ts';
import type { FetchRequestRecord, SpecRecord, VersionRecord } from '../spec/records.ts';

export interface ApiDefinitionRecord extends Stored {
  readonly applicationID: string;
  /** The bundles that it is part of; none where it hangs on the application alone. */
  readonly bundleIDs: readonly string[];
  readonly name: string;
  readonly description?: string;
  readonly targetURL: string;
  readonly group?: string;
  readonly version?: VersionRecord;
  readonly spec?: SpecRecord;
  /** Of the spec; apart from it because it may hold credentials. */
  readonly fetchRequest?: FetchRequestRecord;
  readonly createdAt: string;
  readonly updatedAt?: string;
}

export const apiDefinitions = collection<ApiDefinitionRecord>()(
  'apiDefinitions',
  { application: { keys: (definition) => [definition.applicationID] }, bundle: { keys: (definition) => definition.bundleIDs } },
  { sealed: ['fetchRequest'] },
);
