import { collection, type Stored } from '../../registry/contract.ts';
import { SHARED_WORK } from '../background.ts';
import { pendingKeys, type Specified, type VersionRecord } from '../spec/records.ts';

export interface EventDefinitionRecord extends Stored, Specified {
  readonly applicationID: string;
  /** The bundles that it is part of; none where it hangs on the application alone. */
  readonly bundleIDs: readonly string[];
  readonly name: string;
  readonly description?: string;
  readonly group?: string;
  readonly version?: VersionRecord;
  /** Gone after the first update, as in the reference. */
  readonly createdAt?: string;
}

export const eventDefinitions = collection<EventDefinitionRecord>()(
  'eventDefinitions',
  {
    application: { keys: (event) => [event.applicationID] },
    bundle: { keys: (event) => event.bundleIDs },
    /** Events whose spec is still to be fetched. */
    pending: { keys: pendingKeys },
  },
  { sealed: ['fetchRequest'], work: { index: 'pending', ...SHARED_WORK } },
);
