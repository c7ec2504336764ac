/** Whose runtimes a caller reaches. */
import type { ProvisionerCall } from '../call.ts';
import { badRequest, internalError, notFound } from '../errors.ts';
import { provisionedRuntimes, type RuntimeRecord } from '../records.ts';

/** @throws ProvisionerError without a tenant */
export function requireTenant({ tenant }: ProvisionerCall): string {
  if (tenant === undefined) throw badRequest('tenant header is empty');
  return tenant;
}

/** A runtime of the caller's tenant; those of others are as unknown. @throws ProvisionerError */
export async function requireRuntime(call: ProvisionerCall, id: string): Promise<RuntimeRecord> {
  const tenant = requireTenant(call);
  const runtime = await call.options.registry.latest.get(provisionedRuntimes, id);
  if (runtime?.tenant !== tenant) throw notFound(`Cannot find Tenant for runtimeID:'${id}`);
  return runtime;
}

/** @throws ProvisionerError where a runtime has no cluster, or none any more */
export async function requireCluster({ options }: ProvisionerCall, id: string): Promise<void> {
  if (!(await options.provider.state(id))) throw internalError(`Failed to get shoot, failed to find shoot for Runtime ${id}`);
}
