import { collection, type Stored } from '../../registry/contract.ts';
import type { Labels } from '../label/records.ts';
import type { VersionRecord } from '../spec/records.ts';

/** What an application needs from others. Access is that of its application. */
export interface IntegrationDependencyRecord extends Stored {
  readonly applicationID: string;
  readonly packageID: string;
  readonly name: string;
  readonly description?: string;
  readonly ordID: string;
  readonly visibility: string;
  readonly releaseStatus: string;
  readonly mandatory: boolean;
  readonly aspects: readonly AspectRecord[];
  readonly version?: VersionRecord;
  readonly labels?: Labels;
  readonly createdAt: string;
}

/** One thing that is needed: any of these API resources, and these event resources. */
export interface AspectRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly mandatory: boolean;
  readonly apiResources?: readonly { readonly ordID: string }[];
  readonly eventResources: readonly AspectEventRecord[];
}

export interface AspectEventRecord {
  readonly ordID: string;
  readonly subset?: readonly ({ readonly eventType?: string } | null)[];
}

export const integrationDependencies = collection<IntegrationDependencyRecord>()('integrationDependencies', {
  application: { keys: (dependency) => [dependency.applicationID] },
  /** By application: those that callers without the scope for internal ones are shown. */
  public: { keys: (dependency) => (dependency.visibility === 'public' ? [dependency.applicationID] : []) },
  package: { keys: (dependency) => [dependency.packageID] },
  /** `<application>|<ordID>`. */
  ordID: { keys: (dependency) => [`${dependency.applicationID}|${dependency.ordID}`], unique: true },
});

/** What dependencies lie in: made with the first one of an application and namespace, gone with the last. Not the old word for bundles. */
export interface PackageRecord extends Stored {
  readonly applicationID: string;
  /** That of the application, or else of its template, when the package was made. */
  readonly namespace?: string;
}

export const packages = collection<PackageRecord>()('packages', {
  application: { keys: (record) => [record.applicationID] },
});
