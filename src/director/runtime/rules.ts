/** Runtimes as their tenants find and list them (`reference: facts/runtimes.md 2, 3`). */
import type { Term } from '../../registry/contract.ts';
import { tenantOf, type Call } from '../call.ts';
import { isNeighbour } from '../consumer/neighbour.ts';
import { notFound } from '../errors.ts';
import { labelTerms } from '../label/filter.ts';
import { emptyPageAt, LARGEST_PAGE, pageInOrder, pageSize, type Page } from '../page.ts';
import type { QueryRuntimesArgs } from '../schema/types.generated.ts';
import { sees } from '../tenant-access/rules.ts';
import { isUUID } from '../../text/uuid.ts';
import { runtimes, type RuntimeRecord } from './records.ts';

/** The runtime, if the calling tenant sees it. */
export async function findRuntime(call: Call, id: string): Promise<RuntimeRecord | undefined> {
  const tenant = tenantOf(call);
  const runtime = await call.tx.get(runtimes, id);
  return runtime && sees(runtime, tenant) ? runtime : undefined;
}

/** The same for a query. @throws NotFound [object=runtime] for a text that is no id */
export async function readRuntime(call: Call, id: string): Promise<RuntimeRecord | undefined> {
  tenantOf(call);
  if (!isUUID(id)) throw notFound('runtime');
  return findRuntime(call, id);
}

/** The runtime, if the caller may hope to change it; ownership is asked for later. */
export async function findRuntimeToChange(call: Call, id: string): Promise<RuntimeRecord | undefined> {
  const runtime = await findRuntime(call, id);
  return runtime && !isNeighbour(call, 'runtime', id) ? runtime : undefined;
}

/** @throws NotFound [object=runtime] */
export async function requireRuntimeToChange(call: Call, id: string): Promise<RuntimeRecord> {
  const runtime = await findRuntimeToChange(call, id);
  if (!runtime) throw notFound('runtime');
  return runtime;
}

/** Whether the terms name formations that nobody is in. */
async function namesEmptyFormations(call: Call, terms: readonly Term<'label' | 'scenario'>[]): Promise<boolean> {
  for (const { index, anyOf } of terms) {
    if (index !== 'scenario') continue;
    const counts = await Promise.all(anyOf.map((key) => call.tx.count(runtimes, 'scenario', key)));
    if (counts.every((count) => count === 0)) return true;
  }
  return false;
}

/** All that the calling tenant sees, by name. The cursor is looked at last, and not where formations without members are asked for. */
export async function listRuntimes(call: Call, args: QueryRuntimesArgs): Promise<Page<RuntimeRecord>> {
  const tenant = tenantOf(call);
  pageSize(args);
  const { terms, match } = labelTerms(args.filter, { tenant });
  if (await namesEmptyFormations(call, terms)) return emptyPageAt(args);
  return pageInOrder<RuntimeRecord>(
    args,
    LARGEST_PAGE,
    ({ name }) => name,
    (part) => call.tx.page(runtimes, { all: [{ index: 'tenant', anyOf: [tenant] }, ...terms], ...(match && { match }), ...part }),
  );
}
