import { collection, type Stored } from '../../registry/contract.ts';
import type { AuthRecord } from '../auth/records.ts';

export type WebhookOwnerKind = 'application' | 'applicationTemplate' | 'runtime' | 'formationTemplate' | 'integrationSystem';

/** An address that the Director calls; one for each type and owner. */
export interface WebhookRecord extends Stored {
  readonly owner: { readonly kind: WebhookOwnerKind; readonly id: string };
  readonly type: string;
  readonly url?: string;
  readonly auth?: AuthRecord;
  readonly mode?: string;
  readonly correlationIdKey?: string;
  readonly retryInterval?: number;
  readonly timeout?: number;
  readonly urlTemplate?: string;
  readonly inputTemplate?: string;
  readonly headerTemplate?: string;
  readonly outputTemplate?: string;
  readonly statusTemplate?: string;
  readonly createdAt: string;
  /** Its place among those that were made with it, from 0, which is left out. */
  readonly place?: number;
}

export const webhookOwnerKey = (kind: WebhookOwnerKind, id: string) => `${kind}|${id}`;

export const webhooks = collection<WebhookRecord>()(
  'webhooks',
  {
    owner: { keys: (webhook) => [webhookOwnerKey(webhook.owner.kind, webhook.owner.id)] },
    ownerAndType: { keys: (webhook) => [`${webhookOwnerKey(webhook.owner.kind, webhook.owner.id)}|${webhook.type}`], unique: true },
  },
  { sealed: ['auth'] },
);
