/** How people see integration systems. */
import type { IntegrationSystemRowFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const integrationSystemColumns: readonly Column<IntegrationSystemRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'DESCRIPTION', of: ({ description }) => description },
];

export const integrationSystemCard = (system: IntegrationSystemRowFragment, headline?: string): Card =>
  card(system, { Name: system.name, ID: system.id, Description: system.description }, headline);
