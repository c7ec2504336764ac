/** Changes of an application by its input (`reference: facts/applications.md 2.6`). */
import type { WriteCall } from '../../call.ts';
import { withLabel } from '../../label/rules.ts';
import type { ApplicationUpdateInput } from '../../schema/types.generated.ts';
import { addDiscoveryWebhook } from '../webhooks/discovery.ts';
import { checkStoredLengths } from '../input.ts';
import { normalizeName } from '../name.ts';
import { type ApplicationRecord, applications } from '../records.ts';
import { requireChangeableApplication, requireIntegrationSystem } from '../rules.ts';

const TEXTS = [
  'providerName',
  'description',
  'healthCheckURL',
  'baseUrl',
  'applicationNamespace',
  'localTenantID',
  'integrationSystemID',
] as const;

/** The record with the texts that the input gives: null leaves one as it is, an empty text takes it away. */
function withTexts(record: ApplicationRecord, input: ApplicationUpdateInput): ApplicationRecord {
  const changed: Partial<Record<(typeof TEXTS)[number], string | undefined>> = {};
  for (const field of TEXTS) {
    const value = input[field];
    if (value !== undefined && value !== null) changed[field] = value === '' ? undefined : value;
  }
  return { ...record, ...changed } as ApplicationRecord;
}

/**
 * Updates an application. Its status is what the input says, INITIAL where it says nothing.
 * @throws NotFound for the application or the integration system, Unauthorized for tenants that only read it, NotUnique [object=appWebhook]
 */
export async function updateApplication(call: WriteCall, id: string, input: ApplicationUpdateInput): Promise<ApplicationRecord> {
  const record = await requireChangeableApplication(call, id);
  const system = input.integrationSystemID;
  if (system !== undefined && system !== null) await requireIntegrationSystem(call, system);
  checkStoredLengths('ApplicationUpdateInput', input);
  const now = call.now();
  const named = withLabel(record.labels, 'name', normalizeName(record.name));
  const updated: ApplicationRecord = {
    ...withTexts(record, input),
    labels: system ? withLabel(named, 'integrationSystemID', system) : named,
    status: { condition: input.statusCondition ?? 'INITIAL', timestamp: now },
    updatedAt: now,
  };
  await call.tx.put(applications, updated);
  if (input.baseUrl) await addDiscoveryWebhook(call, updated, input.baseUrl);
  return updated;
}
