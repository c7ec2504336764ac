/** What a webhook's template is tried with when it is saved: an empty object of all that it will know (`reference: facts/security.md 5.2`). */
import { TemplateError, textMap } from '../../template/template.ts';
import { emptyWebhookData } from '../notification/templates/empty-data.ts';
import { renderText } from '../notification/templates/render.ts';

/** What a template is filled in with depends on what it is for and, but for answers, on the type of the webhook. */
export type TemplateKind = 'url' | 'input' | 'headers' | 'output' | 'status';

const NOTHING = textMap({});
const ANSWER = { Body: NOTHING, Headers: NOTHING };
/** Webhooks that no formation calls are told about an application alone. */
const REQUEST = { Application: emptyWebhookData('CONFIGURATION_CHANGED')?.['Application'], TenantID: '', Headers: NOTHING };

const dataFor = (kind: TemplateKind, webhookType: string) =>
  kind === 'output' || kind === 'status' ? ANSWER : (emptyWebhookData(webhookType) ?? REQUEST);

/** The text that an empty object makes of the template, or why it can not. */
export function fillEmpty(
  template: string,
  kind: TemplateKind,
  webhookType: string,
): { readonly text: string } | { readonly fault: string } {
  try {
    return { text: renderText(template, dataFor(kind, webhookType)) };
  } catch (error) {
    if (error instanceof TemplateError) return { fault: error.message };
    throw error;
  }
}
