/** How people see tenants. */
import type { TenantRowFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const tenantColumns: readonly Column<TenantRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'TYPE', of: ({ type }) => type },
  { title: 'PROVIDER', of: ({ provider }) => provider },
];

export function tenantCard(tenant: TenantRowFragment & { labels?: Record<string, unknown> | null | undefined }, headline?: string): Card {
  return card(
    tenant,
    {
      Name: tenant.name,
      ID: tenant.id,
      'Internal ID': tenant.internalID,
      Type: tenant.type,
      Provider: tenant.provider,
      Parents: tenant.parents,
      Labels: tenant.labels,
    },
    headline,
  );
}
