/** What the reference's API does not tell: the runtimes of a tenant, the operations of a runtime with their stages, its agent's log; and the call that wakes one. JSON below `/v1`. */
import { decodedPart } from '../../text/uri.ts';
import type { WireAnswer, WireRequest } from '../../wire/exchange.ts';
import type { ProvisionerCall } from '../call.ts';
import { notFound, ProvisionerError } from '../errors.ts';
import { newest, provisionedRuntimes, provisioningOperations, type OperationRecord, type RuntimeRecord } from '../records.ts';
import { requireRuntime, requireTenant } from '../orders/access.ts';
import { wakeRuntime } from '../orders/hibernate.ts';
import { begunIn, stagesOf } from '../profiles.ts';
import { operationView } from './status.ts';

/** An operation with its way: all stages that it goes through, and what happened in them. */
async function operationDetails(operation: OperationRecord, call: ProvisionerCall) {
  const { stage, stageSince, startedAt, endedAt = null, events = [] } = operation;
  const stages = stagesOf(operation.operation, begunIn(operation, call.options));
  return { ...(await operationView(operation, call)), stage, stageSince, startedAt, endedAt, stages, events };
}

/** Settings of Kyma may be secrets: what is installed is told, not how. */
const runtimeDetails = ({ id, name, cluster, kyma, deleted, createdAt }: RuntimeRecord, last: object | null) => ({
  id,
  name,
  cluster: cluster.name,
  provider: cluster.provider,
  region: cluster.region,
  kyma: kyma ? { version: kyma.version, components: kyma.components.map(({ component }) => component) } : null,
  deleted,
  createdAt,
  lastOperation: last,
});

const operationsOf = ({ options }: ProvisionerCall, id: string) => options.registry.latest.find(provisioningOperations, 'runtime', id);

async function lastOf(call: ProvisionerCall, id: string) {
  const last = newest(await operationsOf(call, id));
  return last ? operationDetails(last, call) : null;
}

async function runtimes(call: ProvisionerCall) {
  const known = await call.options.registry.latest.find(provisionedRuntimes, 'tenant', requireTenant(call));
  return Promise.all(known.map(async (runtime) => runtimeDetails(runtime, await lastOf(call, runtime.id))));
}

async function runtime(call: ProvisionerCall, id: string) {
  const found = await requireRuntime(call, id);
  // A provider that does not answer keeps nobody from reading what is known here.
  const cluster = await call.options.provider.state(id).catch(() => undefined);
  return { ...runtimeDetails(found, await lastOf(call, id)), asleep: cluster?.hibernation?.hibernated === true };
}

async function operations(call: ProvisionerCall, id: string) {
  await requireRuntime(call, id);
  return Promise.all((await operationsOf(call, id)).map((operation) => operationDetails(operation, call)));
}

async function operation(call: ProvisionerCall, id: string) {
  const { latest } = call.options.registry;
  const found = await latest.get(provisioningOperations, id);
  const tenant = requireTenant(call);
  // Operations of others are as unknown, and so are their runtimes.
  if (!found || (await latest.get(provisionedRuntimes, found.runtimeId))?.tenant !== tenant)
    throw notFound(`Operation not found for id: ${id}`);
  return operationDetails(found, call);
}

async function log(call: ProvisionerCall, id: string) {
  await requireRuntime(call, id);
  return { lines: (await call.options.provider.agentLog?.(id)) ?? [] };
}

async function wake(call: ProvisionerCall, id: string) {
  await wakeRuntime(call, id);
  return runtime(call, id);
}

type Answer = (call: ProvisionerCall, id: string) => Promise<unknown>;

const PATHS: readonly (readonly ['GET' | 'POST', RegExp, Answer])[] = [
  ['GET', /^\/v1\/runtimes$/, runtimes],
  ['GET', /^\/v1\/runtimes\/([^/]+)$/, runtime],
  ['GET', /^\/v1\/runtimes\/([^/]+)\/operations$/, operations],
  ['GET', /^\/v1\/runtimes\/([^/]+)\/log$/, log],
  ['POST', /^\/v1\/runtimes\/([^/]+)\/wake$/, wake],
  ['GET', /^\/v1\/operations\/([^/]+)$/, operation],
];

const json = (status: number, value: unknown): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** Undefined where there is no such path. */
export async function answerDetails({ method, path }: WireRequest, call: ProvisionerCall): Promise<WireAnswer | undefined> {
  for (const [allowed, pattern, answer] of PATHS) {
    const found = pattern.exec(path);
    if (!found) continue;
    if (method !== allowed) return json(405, { error: { code: 405, message: `this takes ${allowed} alone` } });
    try {
      return json(200, await answer(call, decodedPart(found[1] ?? '')));
    } catch (error) {
      if (!(error instanceof ProvisionerError)) throw error;
      const status = error.reason === 'err_db_not_found' ? 404 : error.code >= 400 && error.code < 500 ? error.code : 500;
      return json(status, { error: { code: status, message: error.message, reason: error.reason } });
    }
  }
  return undefined;
}
