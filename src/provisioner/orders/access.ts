/** Whose runtimes a caller reaches. */
import type { ProvisionerCall } from '../call.ts';
import { badRequest, notFound } from '../errors.ts';
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
