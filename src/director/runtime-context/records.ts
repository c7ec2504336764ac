import { collection, type Stored } from '../../registry/contract.ts';
import type { Labels, Scenarios } from '../label/records.ts';
import { type Access, accessKeys } from '../tenant-access/records.ts';

/** One customer of a multi-tenant runtime. */
export interface RuntimeContextRecord extends Stored {
  readonly runtimeID: string;
  readonly key: string;
  readonly value: string;
  readonly labels: Labels;
  readonly scenarios: Scenarios;
  readonly access: readonly Access[];
  readonly createdAt: string;
}

export const runtimeContexts = collection<RuntimeContextRecord>()('runtimeContexts', {
  tenant: { keys: accessKeys },
  runtime: { keys: (context) => [context.runtimeID] },
  /** `<runtime>|<tenant>` for each tenant that sees it. */
  runtimeAndTenant: { keys: (context) => accessKeys(context).map((tenant) => `${context.runtimeID}|${tenant}`) },
  scenario: { keys: (context) => Object.entries(context.scenarios).flatMap(([tenant, names]) => names.map((name) => `${tenant}|${name}`)) },
});
