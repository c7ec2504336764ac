/**
 * Operations on an application that go on after their answer: how they begin, what they keep from happening meanwhile, and how they end
 * (`reference: facts/security.md 1.7, 7.2`). What is done outside is `run.ts`'s business.
 */
import { type Call, tenantOf, type WriteCall } from '../../call.ts';
import { DirectorError, invalidOperation } from '../../errors.ts';
import type { ApplicationRegisterInput } from '../../schema/types.generated.ts';
import { removeSystemAuthsOf } from '../../system-auth/rules.ts';
import { webhookOwnerKey, type WebhookRecord, webhooks } from '../../webhook/records.ts';
import { type ApplicationRecord, applications } from '../records.ts';
import { registerApplication, removeApplication, requireChangeableApplication } from '../rules.ts';
import { requireNoFormation, requireNoRuntime } from '../changes/unregister.ts';

/** @throws ConcurrentOperation while an operation on it is under way */
export function requireIdle({ ready, deletedAt, updatedAt }: ApplicationRecord): void {
  if (ready) return;
  const operation = deletedAt ? 'delete' : updatedAt ? 'another' : 'create';
  throw new DirectorError('ConcurrentOperation', { reason: `${operation} operation is in progress` });
}

/** Which webhook carries an operation out, by the condition of the application meanwhile. */
const WEBHOOK_TYPES: Readonly<Record<string, string>> = {
  CREATING: 'REGISTER_APPLICATION',
  UNPAIRING: 'UNREGISTER_APPLICATION',
  DELETING: 'UNREGISTER_APPLICATION',
};

/** The webhook of the operation under way, the application's own or its template's. @throws InvalidOperation where both have one */
export async function operationWebhook(call: Call, application: ApplicationRecord): Promise<WebhookRecord | undefined> {
  const type = WEBHOOK_TYPES[application.status.condition];
  const owners = [webhookOwnerKey('application', application.id)];
  if (application.applicationTemplateID) owners.push(webhookOwnerKey('applicationTemplate', application.applicationTemplateID));
  const found = await call.tx.findMany(
    webhooks,
    'ownerAndType',
    owners.map((owner) => `${owner}|${type}`),
  );
  const [webhook, ...more] = found.flat();
  if (more.length > 0) throw invalidOperation(`there is more than one webhook of type ${type}`, 'application');
  return webhook;
}

async function begin(call: WriteCall, record: ApplicationRecord, condition: string): Promise<ApplicationRecord> {
  const { error: _, ...rest } = record;
  const begun: ApplicationRecord = { ...rest, status: { condition, timestamp: call.now() }, ready: false };
  await operationWebhook(call, begun);
  await call.tx.put(applications, begun);
  return begun;
}

/** Refused as `registerApplication` is. */
export async function beginRegistration(call: WriteCall, input: ApplicationRegisterInput): Promise<ApplicationRecord> {
  return begin(call, await registerApplication(call, input), 'CREATING');
}

/** Refused as `unregisterApplication` is. */
export async function beginUnregistration(call: WriteCall, id: string): Promise<ApplicationRecord> {
  const record = await requireChangeableApplication(call, id);
  requireNoFormation(record, tenantOf(call));
  return begin(call, { ...record, deletedAt: call.now() }, 'DELETING');
}

/** Refused as `unpairApplication` is. */
export async function beginUnpairing(call: WriteCall, id: string): Promise<ApplicationRecord> {
  const record = await requireChangeableApplication(call, id);
  await requireNoRuntime(call, record);
  return begin(call, { ...record, updatedAt: call.now() }, 'UNPAIRING');
}

/** How an operation ends, by the condition of the application meanwhile. */
const ENDS: Readonly<Record<string, { readonly success: string; readonly failure: string }>> = {
  CREATING: { success: 'CREATE_SUCCEEDED', failure: 'CREATE_FAILED' },
  UPDATING: { success: 'UPDATE_SUCCEEDED', failure: 'UPDATE_FAILED' },
  UNPAIRING: { success: 'INITIAL', failure: 'UNPAIR_FAILED' },
  DELETING: { success: 'DELETE_SUCCEEDED', failure: 'DELETE_FAILED' },
};

/** Ends the operation under way, with an error or well; nothing where it has ended already. */
export async function finishOperation(call: WriteCall, id: string, error?: string): Promise<void> {
  const record = await call.tx.get(applications, id);
  if (!record || record.ready) return;
  const { condition } = record.status;
  const joined = condition === 'DELETING' && Object.values(record.scenarios).some((names) => names.length > 0);
  const fault = error ?? (joined ? `System ${record.name} joined a formation meanwhile` : undefined);
  if (fault === undefined && condition === 'DELETING') return removeApplication(call, record);
  if (fault === undefined && condition === 'UNPAIRING') await removeSystemAuthsOf(call, 'application', id);
  const end = ENDS[condition] ?? ENDS['UPDATING']!;
  await call.tx.put(applications, {
    ...record,
    status: { condition: fault === undefined ? end.success : end.failure, timestamp: call.now() },
    ready: true,
    ...(fault === undefined ? {} : { error: JSON.stringify({ error: fault }) }),
  });
}
