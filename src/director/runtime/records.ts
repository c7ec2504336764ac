import { collection, type Stored } from '../../registry/contract.ts';
import type { Labels, Scenarios } from '../label/records.ts';
import { labelTokens } from '../label/tokens.ts';
import { type Access, accessKeys } from '../tenant-access/records.ts';

export interface RuntimeRecord extends Stored {
  readonly name: string;
  readonly description?: string;
  readonly applicationNamespace?: string;
  readonly status: { readonly condition: string; readonly timestamp: string };
  readonly labels: Labels;
  readonly scenarios: Scenarios;
  /** Formations that it is in but that its labels do not show: an update has wiped the label for that tenant. */
  readonly unlisted?: Scenarios;
  readonly access: readonly Access[];
  readonly createdAt: string;
}

export const runtimes = collection<RuntimeRecord>()('runtimes', {
  /** By each tenant that sees it. */
  tenant: { keys: accessKeys, order: (runtime) => runtime.name },
  label: { keys: (runtime) => labelTokens(runtime.labels) },
  /** `<tenant of the formations>|<formation name>`. */
  scenario: { keys: (runtime) => Object.entries(runtime.scenarios).flatMap(([tenant, names]) => names.map((name) => `${tenant}|${name}`)) },
});
