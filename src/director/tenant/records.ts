import { collection, type Stored } from '../../registry/contract.ts';
import type { Labels } from '../label/records.ts';

/** An owner of applications, runtimes and formations. Its id is the internal one. */
export interface TenantRecord extends Stored {
  readonly externalID: string;
  readonly name: string;
  /** customer, account, subaccount, organization, folder, resource-group, cost-object or unknown. */
  readonly type: string;
  readonly provider: string;
  /** Internal ids. */
  readonly parents: readonly string[];
  readonly labels: Labels;
}

export const tenants = collection<TenantRecord>()('tenants', {
  externalID: { keys: (tenant) => [tenant.externalID], unique: true },
  parent: { keys: (tenant) => tenant.parents },
  all: { keys: () => ['all'], order: (tenant) => tenant.name },
});
