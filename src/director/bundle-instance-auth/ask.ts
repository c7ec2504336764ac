/**
 * Tells an application that credentials are asked for, or given back: its webhook CONFIGURATION_CHANGED is called if that is a plain address.
 * Those with templates are for formations, whose objects a request for credentials does not have. The request itself is what counts:
 * a call that fails is not repeated, and the application finds the request by reading its bundles.
 */
import { applications } from '../application/records.ts';
import type { DirectorContext } from '../context.ts';
import { inBackground } from '../background.ts';
import { exchange } from '../notification/send.ts';
import { webhookOwnerKey, type WebhookRecord, webhooks } from '../webhook/records.ts';
import { type BundleInstanceAuthRecord, bundleInstanceAuths } from './records.ts';

const WANTED = { PENDING: 'credentialsRequested', UNUSED: 'credentialsReturned' } as const;

/** The application's own, else that of its template. */
async function webhookOf({ call }: DirectorContext, applicationID: string): Promise<WebhookRecord | undefined> {
  const application = await call.tx.get(applications, applicationID);
  const owners = [
    webhookOwnerKey('application', applicationID),
    ...(application?.applicationTemplateID === undefined
      ? []
      : [webhookOwnerKey('applicationTemplate', application.applicationTemplateID)]),
  ];
  for (const owner of owners) {
    const [webhook] = await call.tx.find(webhooks, 'ownerAndType', `${owner}|CONFIGURATION_CHANGED`);
    if (webhook)
      return webhook.url !== undefined && webhook.inputTemplate === undefined && webhook.outputTemplate === undefined ? webhook : undefined;
  }
  return undefined;
}

const parsed = (json: string | undefined): unknown => (json === undefined ? null : JSON.parse(json));

/** Returns at once; what does not wait for the application is told to nobody. */
export function askApplication(ctx: DirectorContext, auth: BundleInstanceAuthRecord): void {
  const { condition } = auth.status;
  if (condition !== 'PENDING' && condition !== 'UNUSED') return;
  inBackground(ctx.director, 'asking an application for credentials', async () => {
    const webhook = await webhookOf(ctx, auth.applicationID);
    if (!webhook) return;
    // With default credentials what was given back is gone already.
    const stored = await ctx.call.tx.get(bundleInstanceAuths, auth.id);
    if (stored?.status.condition !== condition) return;
    const body = {
      event: WANTED[condition],
      bundleInstanceAuthID: auth.id,
      bundleID: auth.bundleID,
      applicationID: auth.applicationID,
      runtimeID: auth.runtimeID ?? null,
      runtimeContextID: auth.runtimeContextID ?? null,
      context: parsed(auth.context),
      inputParams: parsed(auth.inputParams),
    };
    await exchange(ctx, webhook, {
      method: 'POST',
      url: webhook.url!,
      headers: { 'content-type': ['application/json'] },
      body: JSON.stringify(body),
    });
  });
}
