/** Lists of applications and look-ups other than by id (`reference: facts/applications.md 3`). */
import type { Awaitable, Term } from '../../../registry/contract.ts';
import { type Call, tenantOf } from '../../call.ts';
import { notFound } from '../../errors.ts';
import { type LabelFilter, labelTerms } from '../../label/filter.ts';
import { type Page, type PageArguments, pageById } from '../../page.ts';
import { sees } from '../../tenant-access/rules.ts';
import { tenants, type TenantRecord } from '../../tenant/records.ts';
import { isUUID } from '../../../text/uuid.ts';
import { type ApplicationRecord, applications } from '../records.ts';

export interface ListArguments extends PageArguments {
  readonly filter?: readonly (LabelFilter | null | undefined)[] | null;
}

type ApplicationTerm = Term<keyof typeof applications.indexes>;

function pageBy(
  call: Call,
  terms: readonly [ApplicationTerm, ...ApplicationTerm[]],
  args: ListArguments,
  max: number | null,
): Awaitable<Page<ApplicationRecord>> {
  return pageById(args, max, (part) => {
    const labels = labelTerms(args.filter, { tenant: call.caller.tenant?.id, absence: true });
    return call.tx.page(applications, { all: [...terms, ...labels.terms], ...(labels.match && { match: labels.match }), ...part });
  });
}

/** Those that the tenant of the call sees, by id. */
export const listApplications = (call: Call, args: ListArguments): Awaitable<Page<ApplicationRecord>> =>
  pageBy(call, [{ index: 'tenant', anyOf: [tenantOf(call)] }], args, 200);

/** Those with that local tenant id; pages of any size. */
export const listByLocalTenantID = (call: Call, localTenantID: string, args: ListArguments): Awaitable<Page<ApplicationRecord>> =>
  pageBy(
    call,
    [
      { index: 'localTenant', anyOf: [localTenantID] },
      { index: 'tenant', anyOf: [tenantOf(call)] },
    ],
    args,
    null,
  );

/** The one of that template with that local tenant id. @throws NotFound for a template's id that is none */
export async function findByLocalTenantIDAndTemplate(
  call: Call,
  localTenantID: string,
  templateID: string,
): Promise<ApplicationRecord | undefined> {
  const tenant = tenantOf(call);
  if (!isUUID(templateID)) throw notFound('applicationTemplate');
  const found = await call.tx.find(applications, 'localTenant', localTenantID);
  return found.find((record) => record.applicationTemplateID === templateID && sees(record, tenant));
}

export async function findBySystemNumber(call: Call, systemNumber: string): Promise<ApplicationRecord | undefined> {
  const tenant = tenantOf(call);
  return (await call.tx.find(applications, 'systemNumber', systemNumber)).find((record) => sees(record, tenant));
}

export interface ApplicationWithTenants {
  readonly application: ApplicationRecord;
  readonly tenants: readonly TenantRecord[];
}

/** Applications of all tenants, each with the customers and cost objects that see it. */
export async function listGlobally(
  call: Call,
  args: ListArguments,
): Promise<Omit<Page<ApplicationRecord>, 'data'> & { data: readonly ApplicationWithTenants[] }> {
  const page = await pageBy(call, [{ index: 'all', anyOf: ['all'] }], args, 200);
  const data = await Promise.all(page.data.map(async (application) => ({ application, tenants: await rootsOf(call, application) })));
  return { ...page, data };
}

async function rootsOf(call: Call, application: ApplicationRecord): Promise<TenantRecord[]> {
  const ids = [...new Set(application.access.map((access) => access.tenant))];
  const found = await call.tx.getMany(tenants, ids);
  return found.filter((tenant) => tenant?.type === 'customer' || tenant?.type === 'cost-object') as TenantRecord[];
}
