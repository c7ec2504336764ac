/** Access given and taken by hand (`reference: facts/runtimes.md 13.2`), and who is nearest to an object. */
import type { Call, WriteCall } from '../call.ts';
import { invalidOperation, notFound, REFERRED_MISSING, unclassified } from '../errors.ts';
import type { TenantAccess, TenantAccessInput, TenantAccessObjectType } from '../schema/types.generated.ts';
import { ancestorLinks, ancestorsOf, requireTenantByExternalID } from '../tenant/rules.ts';
import { granted, revoked } from './inheritance.ts';
import { objectOfType, putAccess } from './objects.ts';
import { owns } from './rules.ts';

/**
 * Gives a tenant, and by inheritance its ancestors, access to an object. Access that is there already keeps its level, which the answer shows.
 * @throws NotFound [object=tenant]; InvalidOperation for an unknown object
 */
export async function addTenantAccess(call: WriteCall, input: TenantAccessInput): Promise<TenantAccess> {
  const tenant = await requireTenantByExternalID(call, input.tenantID);
  const object = await objectOfType(call, input.resourceType, input.resourceID);
  if (!object) throw invalidOperation(REFERRED_MISSING, 'tenantAccess');
  const access = granted(object.access, tenant.id, input.owner, await ancestorLinks(call, tenant.id));
  await putAccess(call, input.resourceType, object, access);
  return { tenantID: tenant.externalID, resourceType: input.resourceType, resourceID: object.id, owner: owns({ access }, tenant.id) };
}

/**
 * Takes the tenant's own record and what others had by it alone. Access that it has by a child or by its root stays.
 * @throws NotFound [object=tenant] or [object=tenantAccess]
 */
export async function removeTenantAccess(
  call: WriteCall,
  tenantID: string,
  resourceID: string,
  resourceType: TenantAccessObjectType,
): Promise<TenantAccess> {
  const tenant = await requireTenantByExternalID(call, tenantID);
  const object = await objectOfType(call, resourceType, resourceID);
  const records = object?.access.filter((record) => record.tenant === tenant.id) ?? [];
  if (!object || records.length === 0) throw notFound('tenantAccess');
  const own = records.find(({ source }) => source === tenant.id);
  if (own)
    await putAccess(
      call,
      resourceType,
      object,
      revoked(object.access, (record) => record === own),
    );
  return { tenantID: tenant.externalID, resourceType, resourceID, owner: (own ?? records[0]!).owner };
}

const RESOURCE_TYPES: Readonly<Record<string, TenantAccessObjectType>> = {
  application: 'APPLICATION',
  runtime: 'RUNTIME',
  runtimeContext: 'RUNTIME_CONTEXT',
};

/** Internal id of the owner that no other owner is below. @throws UnclassifiedError for an unknown type; NotFound [object=tenantAccess] without object or owner */
export async function lowestOwner(call: Call, id: string, resource: string): Promise<string> {
  const type = RESOURCE_TYPES[resource];
  if (!type) throw unclassified(`No tenant access table for ${resource}`);
  const object = await objectOfType(call, type, id);
  if (!object) throw notFound('tenantAccess');
  const owners = object.access.filter(({ tenant, source, owner }) => owner && tenant === source).map(({ tenant }) => tenant);
  const above = new Set<string>();
  for (const owner of owners) for (const ancestor of await ancestorsOf(call, owner)) above.add(ancestor.id);
  const lowest = owners.find((owner) => !above.has(owner));
  if (lowest === undefined) throw notFound('tenantAccess');
  return lowest;
}
