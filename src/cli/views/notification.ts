/** How people see deliveries of notifications. */
import type { Content, Delivery } from '../../client/notifications.ts';
import { card, type Card, type Column } from '../output/view.ts';

/** Names of objects by id, as far as they are known. */
export type Names = ReadonlyMap<string, string>;

/** What came of it, in a word or a sentence. */
export const outcomeOf = ({ error, answer, response }: Delivery): string =>
  error ?? (answer?.error ? answer.error : (answer?.state ?? '') || (response && response.status < 400 ? 'accepted' : ''));

export const deliveryColumns = (names: Names): readonly Column<Delivery>[] => [
  { title: 'TIME', of: ({ sentAt }) => sentAt },
  { title: 'ID', of: ({ id }) => id },
  { title: 'FORMATION', of: ({ formationName }) => formationName },
  { title: 'WHAT', of: ({ kind, operation }) => (kind === 'report' ? `report (${operation})` : operation) },
  { title: 'TOLD', of: ({ target }) => (target === undefined ? '' : (names.get(target) ?? target)) },
  { title: 'ABOUT', of: ({ source }) => (source === undefined ? '' : (names.get(source) ?? source)) },
  { title: 'STATUS', of: ({ response }) => response?.status },
  { title: 'MS', of: ({ duration }) => duration },
  { title: 'OUTCOME', of: outcomeOf },
];

const headerLines = (content: Partial<Content> | undefined) =>
  Object.entries(content?.headers ?? {}).flatMap(([name, values]) => values.map((value) => `${name}: ${value}`));

function bodyOf(content: Partial<Content> | undefined): string | undefined {
  if (content?.body === undefined) return undefined;
  return content.isCut === true ? `${content.body}… (${content.length} characters)` : content.body;
}

export const deliveryCard = (delivery: Delivery, names: Names = new Map()): Card =>
  card(delivery, {
    ID: delivery.id,
    Time: `${delivery.sentAt} (${delivery.duration} ms)`,
    Formation: `${delivery.formationName} ${delivery.formationID}`,
    What: delivery.kind === 'report' ? `report (${delivery.operation}) by ${delivery.by ?? ''}` : delivery.operation,
    ...(delivery.target !== undefined && {
      Told: `${names.get(delivery.target) ?? ''} ${delivery.target}`.trim(),
      About: `${names.get(delivery.source ?? '') ?? ''} ${delivery.source ?? ''}`.trim(),
      Assignment: delivery.assignmentID,
    }),
    ...(delivery.webhook && {
      Webhook: `${delivery.webhook.type} ${delivery.webhook.mode ?? ''} ${delivery.webhook.id}`.replace('  ', ' '),
    }),
    'Request id': delivery.requestID,
    Request: delivery.request ? `${delivery.request.method} ${delivery.request.url}` : 'none was made',
    'Request headers': headerLines(delivery.request),
    'Request body': bodyOf(delivery.request),
    Response: delivery.response ? String(delivery.response.status) : 'none came',
    'Response headers': headerLines(delivery.response),
    'Response body': bodyOf(delivery.response),
    Outcome: outcomeOf(delivery),
  });
