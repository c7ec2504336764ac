/** Contexts of runtimes: each is one customer's, owned by the tenant that registered it (`reference: facts/runtimes.md 5`). */
import { tenantOf, type Call, type WriteCall } from '../call.ts';
import { isNeighbour } from '../consumer/neighbour.ts';
import { invalidData, invalidOperation, notFound, REFERRED_MISSING } from '../errors.ts';
import { joinAutomatically, type AutomaticMoves } from '../formation/automatic/moves.ts';
import { LARGEST_PAGE, pageById, type Page, type PageArguments } from '../page.ts';
import { runtimes, type RuntimeRecord } from '../runtime/records.ts';
import type { RuntimeContextInput } from '../schema/types.generated.ts';
import { accessForOwner, requireOwner, sees } from '../tenant-access/rules.ts';
import { ancestorsOf } from '../tenant/rules.ts';
import type { Labels } from '../label/records.ts';
import { isUUID } from '../../text/uuid.ts';
import { runtimeContexts, type RuntimeContextRecord } from './records.ts';
import { removeContext } from './removal.ts';

const LONGEST_VALUE = 512;

/** The context, if the calling tenant sees it. */
export async function findRuntimeContext(call: Call, id: string): Promise<RuntimeContextRecord | undefined> {
  const tenant = tenantOf(call);
  const context = await call.tx.get(runtimeContexts, id);
  return context && sees(context, tenant) ? context : undefined;
}

/** One of that runtime's contexts, if the calling tenant sees it. @throws NotFound [object=runtimeContext] for a text that is no id */
export async function contextOfRuntime(call: Call, runtimeID: string, id: string): Promise<RuntimeContextRecord | undefined> {
  if (!isUUID(id)) throw notFound('runtimeContext');
  const context = await findRuntimeContext(call, id);
  return context?.runtimeID === runtimeID ? context : undefined;
}

/** Those of the runtime's contexts that the calling tenant sees. */
export async function listContextsOf(call: Call, runtimeID: string, args: PageArguments): Promise<Page<RuntimeContextRecord>> {
  const tenant = tenantOf(call);
  return pageById(args, LARGEST_PAGE, (part) =>
    call.tx.page(runtimeContexts, { all: [{ index: 'runtimeAndTenant', anyOf: [`${runtimeID}|${tenant}`] }], ...part }),
  );
}

const withAncestors = async (call: Call, tenant: string) => [tenant, ...(await ancestorsOf(call, tenant)).map(({ id }) => id)];

/** Whether the tenant stands in one tree with an owner of the runtime. */
async function inTreeOfOwner(call: Call, runtime: RuntimeRecord, tenant: string): Promise<boolean> {
  const around = new Set(await withAncestors(call, tenant));
  const owners = new Set(runtime.access.filter((access) => access.owner && access.source === access.tenant).map((access) => access.tenant));
  for (const owner of owners) if ((await withAncestors(call, owner)).some((id) => around.has(id))) return true;
  return false;
}

async function runtimeForContext(call: Call, id: string, tenant: string): Promise<RuntimeRecord> {
  const runtime = isNeighbour(call, 'runtime', id) ? undefined : await call.tx.get(runtimes, id);
  if (!runtime || !(sees(runtime, tenant) || (await inTreeOfOwner(call, runtime, tenant))))
    throw invalidOperation(REFERRED_MISSING, 'runtimeContext');
  return runtime;
}

function checkValue({ value }: RuntimeContextInput): void {
  if ([...value].length > LONGEST_VALUE) throw invalidData(`value of a runtime context must be no more than ${LONGEST_VALUE} characters`);
}

export interface RegisteredContext {
  readonly context: RuntimeContextRecord;
  /** The formations that it joined by itself: whoever is to be told of it is told after the transaction. */
  readonly moves: AutomaticMoves;
}

/** A context owned by that tenant, which joins the formations that await it. */
export async function createContext(
  call: WriteCall,
  runtimeID: string,
  owner: string,
  input: RuntimeContextInput,
  labels: Labels = {},
): Promise<RegisteredContext> {
  const context: RuntimeContextRecord = {
    id: call.newId(),
    runtimeID,
    key: input.key,
    value: input.value,
    labels,
    scenarios: {},
    access: await accessForOwner(call, owner),
    createdAt: call.now(),
  };
  await call.tx.put(runtimeContexts, context);
  const moves = await joinAutomatically(call, context);
  return { context: (await call.tx.get(runtimeContexts, context.id)) ?? context, moves };
}

/** @throws InvalidOperation for a runtime that the calling tenant has nothing to do with, as for an unknown one */
export async function registerRuntimeContext(call: WriteCall, runtimeID: string, input: RuntimeContextInput): Promise<RegisteredContext> {
  const tenant = tenantOf(call);
  checkValue(input);
  await runtimeForContext(call, runtimeID, tenant);
  return createContext(call, runtimeID, tenant, input);
}

/** @throws NotFound [object=runtimeContext]; Unauthorized without ownership */
export async function requireContextToChange(call: Call, id: string): Promise<RuntimeContextRecord> {
  const context = await findRuntimeContext(call, id);
  if (!context || isNeighbour(call, 'runtime', context.runtimeID)) throw notFound('runtimeContext');
  requireOwner(context, tenantOf(call));
  return context;
}

/** @throws NotFound [object=runtimeContext], Unauthorized without ownership, InvalidData for a value that is too long to be kept */
export async function updateRuntimeContext(call: WriteCall, id: string, input: RuntimeContextInput): Promise<RuntimeContextRecord> {
  const context = await requireContextToChange(call, id);
  checkValue(input);
  const updated = { ...context, key: input.key, value: input.value };
  await call.tx.put(runtimeContexts, updated);
  return updated;
}

/** Answers the context as it was. */
export async function unregisterRuntimeContext(call: WriteCall, id: string): Promise<RuntimeContextRecord> {
  const context = await requireContextToChange(call, id);
  await removeContext(call, context);
  return context;
}
