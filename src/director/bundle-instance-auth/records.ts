import { collection, type Stored } from '../../registry/contract.ts';
import type { AuthRecord } from '../auth/records.ts';

/** Credentials handed out for a bundle, or asked for. Access is that of the bundle's application. */
export interface BundleInstanceAuthRecord extends Stored {
  readonly applicationID: string;
  readonly bundleID: string;
  /** Whom it is for, where a runtime asked or one was named. */
  readonly runtimeID?: string;
  readonly runtimeContextID?: string;
  /** JSON text as the wire shows it. */
  readonly context?: string;
  /** JSON text as the wire shows it. */
  readonly inputParams?: string;
  /** Absent until it is given. */
  readonly auth?: AuthRecord;
  readonly status: InstanceAuthStatus;
}

export interface InstanceAuthStatus {
  readonly condition: 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'UNUSED';
  readonly reason: string;
  readonly message: string;
  readonly timestamp: string;
}

export const bundleInstanceAuths = collection<BundleInstanceAuthRecord>()(
  'bundleInstanceAuths',
  {
    application: { keys: (auth) => [auth.applicationID] },
    bundle: { keys: (auth) => [auth.bundleID] },
    runtime: { keys: (auth) => (auth.runtimeID ? [auth.runtimeID] : []) },
    runtimeContext: { keys: (auth) => (auth.runtimeContextID ? [auth.runtimeContextID] : []) },
    /** `<bundle>|<runtime>`. */
    bundleAndRuntime: { keys: (auth) => (auth.runtimeID ? [`${auth.bundleID}|${auth.runtimeID}`] : []) },
  },
  { sealed: ['auth', 'inputParams', 'context'] },
);
