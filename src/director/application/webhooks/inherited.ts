import { andThen, type Awaitable } from '../../../registry/contract.ts';
import { type Call, tenantOf } from '../../call.ts';
import { sees } from '../../tenant-access/rules.ts';
import type { WebhookRecord } from '../../webhook/records.ts';
import { webhooksOf } from '../../webhook/rules.ts';
import type { ApplicationRecord } from '../records.ts';

/**
 * The webhooks of an application: its own, where the tenant sees it, and those of its template for the types that it has none of
 * (`reference: facts/applications.md 7`).
 */
export function webhooksOfApplication(call: Call, application: ApplicationRecord): Awaitable<readonly WebhookRecord[]> {
  const templateID = application.applicationTemplateID;
  const isSeen = sees(application, tenantOf(call));
  return andThen(isSeen ? webhooksOf(call, 'application', application.id) : [], (own) => {
    if (!templateID) return own;
    const types = new Set(own.map((webhook) => webhook.type));
    return andThen(webhooksOf(call, 'applicationTemplate', templateID), (inherited) => [
      ...own,
      ...inherited.filter((webhook) => !types.has(webhook.type)),
    ]);
  });
}
