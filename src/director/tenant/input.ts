/** How a tenant is written: what its ids look like, which labels its fields make (`reference: facts/runtimes.md 12.2`). */
import { DirectorError, invalidData } from '../errors.ts';
import type { Labels } from '../label/records.ts';
import type { BusinessTenantMappingInput } from '../schema/types.generated.ts';

export const ACCOUNT = 'account';
export const CUSTOMER = 'customer';
export const COST_OBJECT = 'cost-object';
const TYPES = [CUSTOMER, ACCOUNT, 'subaccount', 'organization', 'folder', 'resource-group', COST_OBJECT];

/** Characters of the name, the external id and the provider. */
const LONGEST = 256;

/** The type as it is stored. */
export const tenantType = (given: string): string => (TYPES.includes(given) ? given : 'unknown');

/** Customers are numbers that some systems pad: `0000042` is `42`. */
export const withoutLeadingZeros = (id: string): string => id.replace(/^0+/, '');

/** The external id as it is stored. */
export const storedExternalID = (input: BusinessTenantMappingInput): string =>
  input.type === CUSTOMER ? withoutLeadingZeros(input.externalTenant) : input.externalTenant;

/** External ids of the parents as they were written, each once, without empty ones. */
export const writtenParents = (input: BusinessTenantMappingInput): string[] => [
  ...new Set((input.parents ?? []).filter((parent): parent is string => Boolean(parent))),
];

/** @throws InconsistentData for an empty id; InvalidData for a text that is too long */
export function checkTenantInput(input: BusinessTenantMappingInput): void {
  if (storedExternalID(input) === '') throw new DirectorError('InconsistentData', { object: 'tenant' });
  for (const field of ['name', 'externalTenant', 'provider'] as const)
    if ([...input[field]].length > LONGEST) throw invalidData(`${field} of a tenant must be no more than ${LONGEST} characters`);
}

/** Labels that the fields of the input make; empty ones make none. */
export function tenantLabels(input: BusinessTenantMappingInput): Labels {
  const labels = {
    subdomain: input.subdomain,
    region: input.region,
    licensetype: input.licenseType,
    customerId: input.customerId && withoutLeadingZeros(input.customerId),
    costObjectId: input.costObjectId,
    costObjectType: input.costObjectType,
  };
  return Object.fromEntries(Object.entries(labels).filter(([, value]) => value));
}
