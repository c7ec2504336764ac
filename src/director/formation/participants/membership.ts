/** Who shares a formation with whom, for everything that depends on it: lists, credentials, eventing. */
import { type ApplicationRecord, applications } from '../../application/records.ts';
import type { Call } from '../../call.ts';
import type { Scenarios } from '../../label/records.ts';
import { type RuntimeRecord, runtimes } from '../../runtime/records.ts';
import { sees } from '../../tenant-access/rules.ts';

interface Member {
  readonly id: string;
  readonly scenarios: Scenarios;
}

/** Names of the tenant's formations that the object is in, in order of assignment. */
export const scenariosOf = (record: Pick<Member, 'scenarios'>, tenant: string): readonly string[] => record.scenarios[tenant] ?? [];

const scenarioKeys = (record: Member, tenant: string) => scenariosOf(record, tenant).map((name) => `${tenant}|${name}`);

const once = <R extends { readonly id: string }>(lists: readonly (readonly R[])[]): R[] => [
  ...new Map(lists.flat().map((record) => [record.id, record])).values(),
];

/** Applications that the tenant sees and that share one of its formations with the runtime, each once. Formations of its contexts do not count. */
export async function applicationsSharedWith(call: Call, runtime: Member, tenant: string): Promise<ApplicationRecord[]> {
  const found = await call.tx.findMany(applications, 'scenario', scenarioKeys(runtime, tenant));
  return once(found).filter((application) => sees(application, tenant));
}

/** Runtimes that the tenant sees and that share one of its formations with the application, each once. */
export async function runtimesSharedWith(call: Call, application: Member, tenant: string): Promise<RuntimeRecord[]> {
  const found = await call.tx.findMany(runtimes, 'scenario', scenarioKeys(application, tenant));
  return once(found).filter((runtime) => sees(runtime, tenant));
}
