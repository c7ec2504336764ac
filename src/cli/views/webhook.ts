/** How people see webhooks. */
import type { WebhookDetailsFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const webhookColumns: readonly Column<WebhookDetailsFragment>[] = [
  { title: 'ID', of: ({ id }) => id },
  { title: 'TYPE', of: ({ type }) => type },
  { title: 'MODE', of: ({ mode }) => mode },
  { title: 'URL', of: ({ url, urlTemplate }) => url ?? urlTemplate },
];

export const webhookCard = (webhook: WebhookDetailsFragment, headline?: string): Card =>
  card(
    webhook,
    {
      ID: webhook.id,
      Type: webhook.type,
      Mode: webhook.mode,
      URL: webhook.url ?? webhook.urlTemplate,
      'Input template': webhook.inputTemplate,
      'Header template': webhook.headerTemplate,
      'Output template': webhook.outputTemplate,
      'Status template': webhook.statusTemplate,
    },
    headline,
  );
