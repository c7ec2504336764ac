/** How people see application templates. */
import type { ApplicationTemplateDetailsFragment, ApplicationTemplateRowFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const applicationTemplateColumns: readonly Column<ApplicationTemplateRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'DESCRIPTION', of: ({ description }) => description },
];

export function applicationTemplateCard(template: ApplicationTemplateDetailsFragment, headline?: string): Card {
  return card(
    template,
    {
      Name: template.name,
      ID: template.id,
      Description: template.description,
      Access: template.accessLevel,
      Placeholders: template.placeholders.map(({ name }) => name),
      Application: template.applicationInput,
      Labels: template.labels,
    },
    headline,
  );
}
