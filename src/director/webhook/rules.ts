/** Webhooks of applications, templates, runtimes and formation templates (`reference: facts/security.md 5`). */
import { authFromInput } from '../auth/rules.ts';
import type { Call, WriteCall } from '../call.ts';
import { notFound, notUnique } from '../errors.ts';
import type { MutationAddWebhookArgs, WebhookInput } from '../schema/types.generated.ts';
import { ownerToAddTo, requireRightTo } from './owners.ts';
import { type WebhookOwnerKind, webhookOwnerKey, type WebhookRecord, webhooks } from './records.ts';

export { webhookFault } from './input.ts';

type Owner = WebhookRecord['owner'];

/** What the wire calls a webhook of each owner where its type is taken. */
const OBJECT: Readonly<Record<WebhookOwnerKind, string>> = {
  application: 'appWebhook',
  runtime: 'runtimeWebhook',
  applicationTemplate: 'webhook',
  formationTemplate: 'formationTemplateWebhook',
  integrationSystem: 'webhook',
};

function contentOf(input: WebhookInput) {
  return {
    type: input.type,
    url: input.url ?? undefined,
    auth: input.auth ? authFromInput(input.auth) : undefined,
    mode: input.mode ?? undefined,
    retryInterval: input.retryInterval ?? undefined,
    timeout: input.timeout ?? undefined,
    urlTemplate: input.urlTemplate ?? undefined,
    inputTemplate: input.inputTemplate ?? undefined,
    headerTemplate: input.headerTemplate ?? undefined,
    outputTemplate: input.outputTemplate ?? undefined,
    statusTemplate: input.statusTemplate || undefined,
  };
}

async function requireFreeType(call: Call, owner: Owner, type: string, object = OBJECT[owner.kind]): Promise<void> {
  if ((await call.tx.count(webhooks, 'ownerAndType', `${webhookOwnerKey(owner.kind, owner.id)}|${type}`)) > 0) throw notUnique(object);
}

async function createWebhook(call: WriteCall, owner: Owner, input: WebhookInput, place = 0): Promise<WebhookRecord> {
  await requireFreeType(call, owner, input.type);
  const record: WebhookRecord = {
    id: call.newId(),
    owner,
    ...contentOf(input),
    correlationIdKey: input.correlationIdKey || undefined,
    createdAt: call.now(),
    ...(place > 0 && { place }),
  };
  await call.tx.put(webhooks, record);
  return record;
}

/** What is read before anything is looked up. @throws InvalidData for serialized texts of an auth that can not be read */
export function requireReadableWebhooks(inputs: readonly WebhookInput[]): void {
  for (const { auth } of inputs) if (auth) authFromInput(auth);
}

/** Adds webhooks, already judged by `webhookFault`, to an owner that the caller may change. @throws NotUnique where two have the same type */
export async function createWebhooks(call: WriteCall, owner: Owner, inputs: readonly WebhookInput[]): Promise<void> {
  for (const [place, input] of inputs.entries()) await createWebhook(call, owner, input, place);
}

/** Of an owner that the caller has found already: nothing is checked here. */
export const webhooksOf = async (call: Call, kind: WebhookOwnerKind, id: string): Promise<readonly WebhookRecord[]> =>
  call.tx.find(webhooks, 'owner', webhookOwnerKey(kind, id));

/** Those of an owner that goes. */
export async function removeWebhooksOf(call: WriteCall, kind: WebhookOwnerKind, id: string): Promise<void> {
  for (const { id: webhookID } of await webhooksOf(call, kind, id)) await call.tx.delete(webhooks, webhookID);
}

/** @throws InvalidData without exactly one existing owner, Unauthorized where that is another tenant's, NotUnique where it has one of that type */
export async function addWebhook(call: WriteCall, args: MutationAddWebhookArgs): Promise<WebhookRecord> {
  return createWebhook(call, await ownerToAddTo(call, args), args.in);
}

async function requireWebhook(call: Call, id: string): Promise<WebhookRecord> {
  const record = await call.tx.get(webhooks, id);
  if (!record) throw notFound('webhook');
  await requireRightTo(call, record.owner);
  return record;
}

/** Replaces everything but the owner and the correlation key. @throws NotFound, Unauthorized, NotUnique, TenantRequired */
export async function updateWebhook(call: WriteCall, id: string, input: WebhookInput): Promise<WebhookRecord> {
  const { owner, correlationIdKey, createdAt, place, type } = await requireWebhook(call, id);
  // callers without a tenant change webhooks of templates alone, which then have one name
  if (input.type !== type) await requireFreeType(call, owner, input.type, call.caller.tenant ? undefined : 'webhook');
  const record: WebhookRecord = { id, owner, correlationIdKey, createdAt, place, ...contentOf(input) };
  await call.tx.put(webhooks, record);
  return record;
}

/** Answers the last state. @throws NotFound, Unauthorized, TenantRequired */
export async function deleteWebhook(call: WriteCall, id: string): Promise<WebhookRecord> {
  const record = await requireWebhook(call, id);
  await call.tx.delete(webhooks, id);
  return record;
}
