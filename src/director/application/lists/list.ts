/** Lists of applications and look-ups other than by id (`reference: facts/applications.md 3`). */
import type { Awaitable, Term } from '../../../registry/contract.ts';
import { type Call, tenantOf } from '../../call.ts';
import { notFound } from '../../errors.ts';
import { type LabelFilter, labelTerms } from '../../label/filter.ts';
import { SCENARIOS } from '../../label/rules.ts';
import { emptyPageAt, type Page, type PageArguments, pageById, pageSize } from '../../page.ts';
import { sees } from '../../tenant-access/rules.ts';
import { tenants, type TenantRecord } from '../../tenant/records.ts';
import { isUUID } from '../../../text/uuid.ts';
import { type ApplicationRecord, applications } from '../records.ts';

export interface ListArguments extends PageArguments {
  readonly filter?: readonly (LabelFilter | null | undefined)[] | null;
}

type ApplicationTerm = Term<keyof typeof applications.indexes>;

interface ListOptions {
  /** The largest page; null: any size from 1. */
  readonly max: number | null;
  /** Internal id of the tenant whose formations a filter means; none: those of all tenants. */
  readonly tenant: string | undefined;
}

function pageBy(
  call: Call,
  terms: readonly [ApplicationTerm, ...ApplicationTerm[]],
  args: ListArguments,
  { max, tenant }: ListOptions,
): Awaitable<Page<ApplicationRecord>> {
  return pageById(args, max, (part) => {
    const labels = labelTerms(args.filter, { tenant, absence: true });
    return call.tx.page(applications, { all: [...terms, ...labels.terms], ...(labels.match && { match: labels.match }), ...part });
  });
}

/** Whether one of the filters names formations of the tenant that no application is in. @throws InvalidData for a query of another form */
async function namesEmptyFormations(call: Call, filters: ListArguments['filter'], tenant: string): Promise<boolean> {
  const { terms } = labelTerms(
    filters?.filter((filter) => filter?.key === SCENARIOS),
    { tenant },
  );
  for (const { anyOf } of terms) {
    const counts = await Promise.all(anyOf.map((key) => call.tx.count(applications, 'scenario', key)));
    if (counts.every((count) => count === 0)) return true;
  }
  return false;
}

/** Where formations without applications are asked for, neither the cursor nor the other filters are looked at. */
async function pageOfFormations(
  call: Call,
  { filter, after }: ListArguments,
  tenant: string,
  read: () => Awaitable<Page<ApplicationRecord>>,
): Promise<Page<ApplicationRecord>> {
  return (await namesEmptyFormations(call, filter, tenant)) ? emptyPageAt({ after: after ?? '' }) : read();
}

const namesFormations = ({ filter }: ListArguments) => filter?.some((one) => one?.key === SCENARIOS) ?? false;

/** Those that the tenant of the call sees, by id. */
export function listApplications(call: Call, args: ListArguments): Awaitable<Page<ApplicationRecord>> {
  const tenant = tenantOf(call);
  pageSize(args);
  const read = () => pageBy(call, [{ index: 'tenant', anyOf: [tenant] }], args, { max: 200, tenant });
  return namesFormations(args) ? pageOfFormations(call, args, tenant, read) : read();
}

/** Those with that local tenant id; pages of any size. */
export function listByLocalTenantID(call: Call, localTenantID: string, args: ListArguments): Awaitable<Page<ApplicationRecord>> {
  const tenant = tenantOf(call);
  const terms = [{ index: 'localTenant', anyOf: [localTenantID] } as const, { index: 'tenant', anyOf: [tenant] } as const] as const;
  const read = () => pageBy(call, terms, args, { max: null, tenant });
  return namesFormations(args) ? pageOfFormations(call, args, tenant, read) : read();
}

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
  const page = await pageBy(call, [{ index: 'all', anyOf: ['all'] }], args, { max: 200, tenant: undefined });
  const data = await Promise.all(page.data.map(async (application) => ({ application, tenants: await rootsOf(call, application) })));
  return { ...page, data };
}

async function rootsOf(call: Call, application: ApplicationRecord): Promise<TenantRecord[]> {
  const ids = [...new Set(application.access.map((access) => access.tenant))];
  const found = await call.tx.getMany(tenants, ids);
  return found.filter((tenant) => tenant?.type === 'customer' || tenant?.type === 'cost-object') as TenantRecord[];
}
