import { collection, type Stored } from '../../registry/contract.ts';
import { SHARED_WORK } from '../background.ts';
import { pendingKeys, type Specified, type VersionRecord } from '../spec/records.ts';

/** That an API is part of a bundle. The link has a target URL of its own, which readers through the bundle are shown. */
export interface BundleLink {
  readonly bundleID: string;
  readonly targetURL: string;
}

export interface ApiDefinitionRecord extends Stored, Specified {
  readonly applicationID: string;
  /** None where the API hangs on the application alone. */
  readonly links: readonly BundleLink[];
  readonly name: string;
  readonly description?: string;
  readonly targetURL: string;
  readonly group?: string;
  readonly version?: VersionRecord;
  /** Gone after the first update, as in the reference. */
  readonly createdAt?: string;
}

export const apiDefinitions = collection<ApiDefinitionRecord>()(
  'apiDefinitions',
  {
    application: { keys: (api) => [api.applicationID] },
    bundle: { keys: (api) => api.links.map((link) => link.bundleID) },
    /** APIs whose spec is still to be fetched. */
    pending: { keys: pendingKeys },
  },
  { sealed: ['fetchRequest'], work: { index: 'pending', ...SHARED_WORK } },
);
