/** Integration systems: global, the same for every tenant (`reference: facts/security.md 4`). */
import { applications } from '../application/records.ts';
import type { Call, WriteCall } from '../call.ts';
import { invalidOperation, notFound, notUnique, STILL_REFERRED } from '../errors.ts';
import { type Page, type PageArguments, pageById } from '../page.ts';
import type { IntegrationSystemInput } from '../schema/types.generated.ts';
import { removeSystemAuthsOf } from '../system-auth/rules.ts';
import { isUUID } from '../../text/uuid.ts';
import { removeWebhooksOf } from '../webhook/rules.ts';
import { type IntegrationSystemRecord, integrationSystems } from './records.ts';

const OBJECT = 'integrationSystem';

/** @throws NotFound for texts that are no id */
export async function findIntegrationSystem(call: Call, id: string): Promise<IntegrationSystemRecord | undefined> {
  if (!isUUID(id)) throw notFound(OBJECT);
  return call.tx.get(integrationSystems, id);
}

async function requireIntegrationSystem(call: Call, id: string): Promise<IntegrationSystemRecord> {
  const record = await findIntegrationSystem(call, id);
  if (!record) throw notFound(OBJECT);
  return record;
}

/** Those of the installation: integration systems belong to no tenant. @throws InvalidData for a bad page */
export async function listIntegrationSystems(call: Call, args: PageArguments): Promise<Page<IntegrationSystemRecord>> {
  return pageById(args, 200, (part) => call.tx.page(integrationSystems, { all: [{ index: 'all', anyOf: ['all'] }], ...part }));
}

async function putIntegrationSystem(call: WriteCall, id: string, input: IntegrationSystemInput): Promise<IntegrationSystemRecord> {
  const named = await call.tx.find(integrationSystems, 'name', input.name);
  if (named.some((other) => other.id !== id)) throw notUnique(OBJECT);
  const record: IntegrationSystemRecord = { id, name: input.name, description: input.description ?? undefined };
  await call.tx.put(integrationSystems, record);
  return record;
}

/** @throws NotUnique where the name is taken */
export const registerIntegrationSystem = (call: WriteCall, input: IntegrationSystemInput): Promise<IntegrationSystemRecord> =>
  putIntegrationSystem(call, call.newId(), input);

/** @throws NotFound, NotUnique */
export async function updateIntegrationSystem(
  call: WriteCall,
  id: string,
  input: IntegrationSystemInput,
): Promise<IntegrationSystemRecord> {
  const { id: own } = await requireIntegrationSystem(call, id);
  return putIntegrationSystem(call, own, input);
}

/** Its system auths and webhooks go with it. Answers the last state. @throws NotFound, InvalidOperation while an application refers to it */
export async function unregisterIntegrationSystem(call: WriteCall, id: string): Promise<IntegrationSystemRecord> {
  const record = await requireIntegrationSystem(call, id);
  if ((await call.tx.count(applications, 'integrationSystem', id)) > 0) throw invalidOperation(STILL_REFERRED, OBJECT);
  await removeSystemAuthsOf(call, 'integrationSystem', id);
  await removeWebhooksOf(call, 'integrationSystem', id);
  await call.tx.delete(integrationSystems, id);
  return record;
}
