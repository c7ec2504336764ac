/** What the Provisioner asks of the Director, and how the Director's errors become its own (`reference: facts/provisioner.md 2, 8`). */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '../../client/client.ts';
import {
  ProvisionerDropLabelDocument,
  ProvisionerDropWebhookDocument,
  ProvisionerOrderedDocument,
  ProvisionerRegisterDocument,
  ProvisionerRuntimeDocument,
  ProvisionerTokenDocument,
  ProvisionerUnregisterDocument,
  ProvisionerUpdateDocument,
  type RuntimeRegisterInput,
  SetRuntimeLabelDocument,
} from '../../client/director.generated.ts';
import { GraphQLError } from '../../client/errors.ts';
import { ProvisionerError } from '../errors.ts';

const REFUSED_CREDENTIALS = new Set([23, 26]);
const BAD_REQUESTS = new Set([20, 21, 22, 24, 25, 27]);

const ITS_OWN_FAULTS = new Set([10, 11]);
const CLIENT = 'compass director client';
const INTERNAL = 'err_provisioner_internal';

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The Director's own error, in the words of this wire. */
function translated(error: GraphQLError): ProvisionerError {
  const { error_code: code, error: name } = error.errors[0]?.extensions ?? {};
  const reason = typeof name === 'string' ? name : INTERNAL;
  const of = (kind: number, message = error.message) => new ProvisionerError(message, kind, reason, 'compass director');
  if (typeof code !== 'number') return of(500, `Failed to read the error code from the error response. Original error: ${error.message}`);
  if (REFUSED_CREDENTIALS.has(code)) return of(502);
  if (BAD_REQUESTS.has(code)) return of(400);
  if (ITS_OWN_FAULTS.has(code)) return of(500);
  return of(500, `Did not recognize the error code from the error response. Original error: ${error.message}`);
}

const TRIES = 3;
const PAUSE = 500;

/** What the Director answers is final; what did not reach it is tried again. */
async function asking<T>(context: string, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GraphQLError) && attempt < TRIES) await sleep(PAUSE * attempt);
      else {
        const told = error instanceof GraphQLError ? translated(error) : new ProvisionerError(textOf(error), 500, INTERNAL, CLIENT);
        throw told.within(`${context}, Failed to execute GraphQL request to Director`);
      }
    }
}

const isUnknown = (error: unknown) =>
  error instanceof GraphQLError && error.errors.some(({ extensions }) => extensions?.error_code === 20 || extensions?.error_code === 25);

/** Undefined where the Director knows no such object or tenant any more. */
const unlessUnknown = <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: unknown) => {
    if (isUnknown(error)) return undefined;
    throw error;
  });

/** The label of a runtime that tells which order it was registered for, until its cluster is announced: so it is found although its id was never heard. */
const ORDER_LABEL = 'provisioning_order';

interface Registered {
  readonly id: string;
  readonly webhooks?: readonly { readonly id: string; readonly type: string; readonly url?: string | null }[] | null;
}

async function registeredFor(director: Client, order: string): Promise<readonly Registered[]> {
  const { runtimes } = await director.request(ProvisionerOrderedDocument, {
    filter: [{ key: ORDER_LABEL, query: JSON.stringify(order) }],
  });
  return (runtimes?.data ?? []).filter((runtime) => runtime !== null);
}

/**
 * Registers a runtime for that order, once however often it is tried; answers its id. The webhook that comes with it leads nowhere here and is
 * taken off. @throws ProvisionerError
 */
export async function registerRuntime(
  director: Client,
  { labels, ...input }: Pick<RuntimeRegisterInput, 'name' | 'description' | 'labels'>,
  order: string,
): Promise<string> {
  const context = 'Failed to register Runtime, Failed to register runtime in Director. Request failed';
  const marked = { ...input, labels: { ...labels, [ORDER_LABEL]: order }, statusCondition: 'PROVISIONING' as const };
  let tried = false;
  return asking(context, async () => {
    // The answer of an earlier attempt may be all that was lost.
    const [known] = tried ? await registeredFor(director, order) : [];
    tried = true;
    const runtime: Registered = known ?? (await director.request(ProvisionerRegisterDocument, { in: marked })).runtime;
    for (const hook of runtime.webhooks ?? [])
      if (hook.type === 'CONFIGURATION_CHANGED' && hook.url === null)
        await director.request(ProvisionerDropWebhookDocument, { id: hook.id });
    return runtime.id;
  });
}

/** Takes off whatever was registered for an order that came to nothing. @throws ProvisionerError */
export const unregisterOrdered = (director: Client, order: string): Promise<void> =>
  asking('Failed to unregister Runtime', async () => {
    const registered = await unlessUnknown(registeredFor(director, order));
    for (const { id } of registered ?? []) await unlessUnknown(director.request(ProvisionerUnregisterDocument, { id }));
  });

/** A runtime that is not there any more is no error. @throws ProvisionerError */
export const unregisterRuntime = (director: Client, id: string): Promise<void> =>
  asking('Failed to unregister Runtime', async () => {
    await unlessUnknown(director.request(ProvisionerUnregisterDocument, { id }));
  });

/** Tells which cluster the runtime got. @throws ProvisionerError */
export const announceCluster = (director: Client, id: string, name: string, domain: string): Promise<void> =>
  asking('Failed to update Runtime', async () => {
    await director.request(SetRuntimeLabelDocument, { id, key: 'gardenerClusterName', value: name });
    await director.request(SetRuntimeLabelDocument, { id, key: 'gardenerClusterDomain', value: domain });
    await unlessUnknown(director.request(ProvisionerDropLabelDocument, { id, key: ORDER_LABEL }));
  });

/** Tells how a runtime does, where the Director does not know yet; the rest of it stays as it is. @throws ProvisionerError */
export const markRuntime = (director: Client, id: string, condition: 'CONNECTED' | 'FAILED'): Promise<void> =>
  asking('Failed to update Runtime', async () => {
    const { runtime } = await director.request(ProvisionerRuntimeDocument, { id });
    if (!runtime || runtime.status.condition === condition) return;
    const { name, description } = runtime;
    const { scenarios: _derived, [ORDER_LABEL]: _settled, ...labels } = runtime.labels ?? {};
    await director.request(ProvisionerUpdateDocument, { id, in: { name, description, labels, statusCondition: condition } });
  });

/** A one-time token for the runtime's agent. @throws ProvisionerError */
export const requestToken = (director: Client, id: string): Promise<{ readonly token: string; readonly connectorURL: string }> =>
  asking('Failed to get a one-time token', async () => (await director.request(ProvisionerTokenDocument, { id })).token);
