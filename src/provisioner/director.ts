/** What the Provisioner asks of the Director, and how the Director's errors become its own (`reference: facts/provisioner.md 2, 8`). */
import type { Client } from '../client/client.ts';
import {
  ProvisionerDropWebhookDocument,
  ProvisionerRegisterDocument,
  ProvisionerRuntimeDocument,
  ProvisionerTokenDocument,
  ProvisionerUnregisterDocument,
  ProvisionerUpdateDocument,
  type RuntimeRegisterInput,
  SetRuntimeLabelDocument,
} from '../client/director.generated.ts';
import { GraphQLError } from '../client/errors.ts';
import { ProvisionerError } from './errors.ts';

const REFUSED_CREDENTIALS = new Set([23, 26]);
const BAD_REQUESTS = new Set([20, 21, 22, 24, 25, 27]);

function categorized(context: string, error: unknown): ProvisionerError {
  const message = `${context}, Failed to execute GraphQL request to Director, ${error instanceof Error ? error.message : String(error)}`;
  if (!(error instanceof GraphQLError)) return new ProvisionerError(message, 500, 'err_provisioner_internal', 'compass director client');
  const { error_code: code, error: reason } = error.errors[0]?.extensions ?? {};
  const kind = typeof code !== 'number' ? 500 : REFUSED_CREDENTIALS.has(code) ? 502 : BAD_REQUESTS.has(code) ? 400 : 500;
  return new ProvisionerError(message, kind, typeof reason === 'string' ? reason : 'err_provisioner_internal', 'compass director');
}

async function asking<T>(context: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw categorized(context, error);
  }
}

const isUnknown = (error: unknown) =>
  error instanceof GraphQLError && error.errors.some(({ extensions }) => extensions?.error_code === 20 || extensions?.error_code === 25);

/** Registers a runtime; answers its id. The webhook that comes with it leads nowhere here and is taken off. @throws ProvisionerError */
export async function registerRuntime(
  director: Client,
  input: Pick<RuntimeRegisterInput, 'name' | 'description' | 'labels'>,
): Promise<string> {
  const context = 'Failed to register Runtime, Failed to register runtime in Director. Request failed';
  return asking(context, async () => {
    const { runtime } = await director.request(ProvisionerRegisterDocument, { in: { ...input, statusCondition: 'PROVISIONING' } });
    for (const hook of runtime.webhooks ?? [])
      if (hook.type === 'CONFIGURATION_CHANGED' && hook.url === null)
        await director.request(ProvisionerDropWebhookDocument, { id: hook.id });
    return runtime.id;
  });
}

/** A runtime that is not there any more is no error. @throws ProvisionerError */
export const unregisterRuntime = (director: Client, id: string): Promise<void> =>
  asking('Failed to unregister Runtime', async () => {
    await director.request(ProvisionerUnregisterDocument, { id }).catch((error: unknown) => {
      if (!isUnknown(error)) throw error;
    });
  });

/** Tells which cluster the runtime got. @throws ProvisionerError */
export const announceCluster = (director: Client, id: string, name: string, domain: string): Promise<void> =>
  asking('Failed to update Runtime', async () => {
    await director.request(SetRuntimeLabelDocument, { id, key: 'gardenerClusterName', value: name });
    await director.request(SetRuntimeLabelDocument, { id, key: 'gardenerClusterDomain', value: domain });
  });

/** Marks a runtime as failed; its labels stay. @throws ProvisionerError */
export const markFailed = (director: Client, id: string): Promise<void> =>
  asking('Failed to update Runtime', async () => {
    const { runtime } = await director.request(ProvisionerRuntimeDocument, { id });
    if (!runtime) return;
    const { scenarios: _derived, ...labels } = runtime.labels ?? {};
    await director.request(ProvisionerUpdateDocument, { id, in: { name: runtime.name, labels, statusCondition: 'FAILED' } });
  });

/** A one-time token for the runtime's agent. @throws ProvisionerError */
export const requestToken = (director: Client, id: string): Promise<{ readonly token: string; readonly connectorURL: string }> =>
  asking('Failed to get a one-time token', async () => (await director.request(ProvisionerTokenDocument, { id })).token);
