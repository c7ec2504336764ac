/** How people see applications. */
import type { ApplicationDetailsFragment, ApplicationRowFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const applicationColumns: readonly Column<ApplicationRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'STATUS', of: ({ status }) => status.condition },
  { title: 'PROVIDER', of: ({ providerName }) => providerName },
  { title: 'DESCRIPTION', of: ({ description }) => description },
];

export function applicationCard(application: ApplicationDetailsFragment, headline?: string): Card {
  return card(
    application,
    {
      Name: application.name,
      ID: application.id,
      Status: application.status.condition,
      Provider: application.providerName,
      Description: application.description,
      'Base URL': application.baseUrl,
      Labels: application.labels,
      Bundles: application.bundles?.data.map(({ name }) => name),
    },
    headline,
  );
}
