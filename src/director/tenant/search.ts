/** Lists of tenants (`reference: facts/runtimes.md 12.5`). */
import type { Call } from '../call.ts';
import { pageInOrder, type Page } from '../page.ts';
import type { QueryTenantsArgs } from '../schema/types.generated.ts';
import { tenants, type TenantRecord } from './records.ts';
import { ancestorsOf, tenantByExternalID } from './rules.ts';

/** What SQL's `ILIKE '%term%'` matches: `_` is any character, `%` any text, `\` takes the next one as it is. */
function searchPattern(term: string): RegExp {
  const parts = `%${term}%`.match(/\\?[^]/gu) ?? [];
  const source = parts.map((part) => {
    if (part === '%') return '[^]*';
    if (part === '_') return '[^]';
    return part.replace(/^\\(?=[^])/, '').replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  // any text at either end is no condition, and costs five times the rest when it is looked for
  const anywhere = `^${source.join('')}$`.replace(/^\^\[\^\]\*/, '').replace(/\[\^\]\*\$$/, '');
  return new RegExp(anywhere, 'iu');
}

/** All tenants of the landscape, by name; those that the term is found in. */
export async function listTenants(call: Call, args: QueryTenantsArgs): Promise<Page<TenantRecord>> {
  const pattern = args.searchTerm ? searchPattern(args.searchTerm) : undefined;
  const match = pattern && (({ id, name, externalID }: TenantRecord) => [id, name, externalID].some((text) => pattern.test(text)));
  return pageInOrder<TenantRecord>(
    args,
    null,
    ({ name }) => name,
    (part) => call.tx.page(tenants, { all: [{ index: 'all', anyOf: ['all'] }], ...(match && { match }), ...part }),
  );
}

/** The topmost ancestors; none for a tenant without parents and for an unknown one. */
export async function rootTenants(call: Call, externalID: string): Promise<TenantRecord[]> {
  const tenant = await tenantByExternalID(call, externalID);
  return tenant ? (await ancestorsOf(call, tenant.id)).filter(({ parents }) => parents.length === 0) : [];
}
