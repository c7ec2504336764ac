import type { Call } from '../call.ts';
import type { WebhookRecord } from '../webhook/records.ts';
import { webhooksOf } from '../webhook/rules.ts';
import type { ApplicationRecord } from './records.ts';

/** The webhooks of an application: its own, and those of its template for the types that it has none of (`reference: facts/applications.md 7`). */
export async function webhooksOfApplication(call: Call, application: ApplicationRecord): Promise<readonly WebhookRecord[]> {
  const own = await webhooksOf(call, 'application', application.id);
  if (!application.applicationTemplateID) return own;
  const inherited = await webhooksOf(call, 'applicationTemplate', application.applicationTemplateID);
  const types = new Set(own.map((webhook) => webhook.type));
  return [...own, ...inherited.filter((webhook) => !types.has(webhook.type))];
}
