/** In which tenant a runtime is registered: label global_subaccount_id names one below the caller (`reference: facts/runtimes.md 6.2`). */
import { tenantOf, type Call } from '../call.ts';
import { invalidOperation, unclassified } from '../errors.ts';
import type { Labels } from '../label/records.ts';
import { requireTenantByExternalID } from '../tenant/rules.ts';
import type { TenantRecord } from '../tenant/records.ts';

export const GLOBAL_SUBACCOUNT_ID = 'global_subaccount_id';

const refused = (reason: string) => unclassified(`while converting ${GLOBAL_SUBACCOUNT_ID} label: ${reason}`);

function externalIDOf(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string'))
    throw refused('cannot cast label value: expected []string or string');
  if (value.length !== 1) throw refused('expected single value for label');
  return value[0]!;
}

/**
 * The tenant that the label names; undefined without the label.
 * @throws NotFound [object=tenant]; InvalidOperation unless it is the caller's tenant or a direct child of it; UnclassifiedError for values that name no tenant
 */
export async function namedSubaccount(call: Call, labels: Labels): Promise<TenantRecord | undefined> {
  const tenant = tenantOf(call);
  if (!Object.hasOwn(labels, GLOBAL_SUBACCOUNT_ID)) return undefined;
  const subaccount = await requireTenantByExternalID(call, externalIDOf(labels[GLOBAL_SUBACCOUNT_ID]));
  if (subaccount.id !== tenant && !subaccount.parents.includes(tenant))
    throw invalidOperation(`Tenant provided in ${GLOBAL_SUBACCOUNT_ID} label should be child of the caller tenant`);
  return subaccount;
}
