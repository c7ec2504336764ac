/** Subscriptions to a provider's runtime: each customer gets a context there (`reference: facts/runtimes.md 14.1`). */
import type { Call, WriteCall } from '../call.ts';
import { withLabel } from '../label/rules.ts';
import { createContext } from '../runtime-context/rules.ts';
import { runtimeContexts, type RuntimeContextRecord } from '../runtime-context/records.ts';
import { removeContext } from '../runtime-context/removal.ts';
import { runtimes, type RuntimeRecord } from '../runtime/records.ts';
import { GLOBAL_SUBACCOUNT_ID } from '../runtime/subaccount.ts';
import { granted } from '../tenant-access/inheritance.ts';
import { sees } from '../tenant-access/rules.ts';
import type { TenantRecord } from '../tenant/records.ts';
import { ancestorLinks, requireTenantByExternalID } from '../tenant/rules.ts';
import { SUBSCRIPTIONS, withoutSubscription, withSubscription } from './ids.ts';
import { answered, type Outcome } from './outcome.ts';
import type { Instance } from './payload.ts';
import type { Subscription } from './subscription.ts';

/** Key of the contexts that subscriptions make; their value is the consumer's id at the provider. */
const CONTEXT_KEY = 'subscription';

interface Parties {
  readonly runtime: RuntimeRecord;
  readonly consumer: TenantRecord;
}

/** @throws NotFound [object=tenant] for an unknown provider or consumer */
async function partiesOf(
  call: Call,
  candidates: readonly RuntimeRecord[],
  instance: Instance,
  { subaccountID }: Subscription,
): Promise<Parties | undefined> {
  const provider = await requireTenantByExternalID(call, instance.providerSubaccountID);
  const runtime = candidates.find((candidate) => sees(candidate, provider.id));
  return runtime && { runtime, consumer: await requireTenantByExternalID(call, subaccountID) };
}

async function subscribedContext(
  call: Call,
  { runtime, consumer }: Parties,
  consumerTenantID: string,
): Promise<RuntimeContextRecord | undefined> {
  const seen = await call.tx.find(runtimeContexts, 'runtimeAndTenant', `${runtime.id}|${consumer.id}`);
  return seen.find(({ value, labels }) => value === consumerTenantID && labels[GLOBAL_SUBACCOUNT_ID] === consumer.externalID);
}

async function openRuntime(call: WriteCall, { runtime, consumer }: Parties, appName: string): Promise<void> {
  await call.tx.put(runtimes, {
    ...runtime,
    labels: withLabel(runtime.labels, 'runtimeType', appName),
    access: granted(runtime.access, consumer.id, false, await ancestorLinks(call, consumer.id)),
  });
}

/** Not done where the provider subaccount does not see the runtime. @throws NotFound [object=tenant] */
export async function subscribeToRuntime(
  call: WriteCall,
  candidates: readonly RuntimeRecord[],
  instance: Instance,
  subscription: Subscription,
): Promise<Outcome> {
  const parties = await partiesOf(call, candidates, instance, subscription);
  if (!parties) return answered(false);
  const { consumerTenantID, subscriptionID } = subscription;
  const known = await subscribedContext(call, parties, consumerTenantID);
  if (known) {
    await call.tx.put(runtimeContexts, { ...known, labels: withSubscription(known.labels, subscriptionID) });
    return answered(true);
  }
  await openRuntime(call, parties, instance.appName);
  const { moves } = await createContext(
    call,
    parties.runtime.id,
    parties.consumer.id,
    { key: CONTEXT_KEY, value: consumerTenantID },
    { [GLOBAL_SUBACCOUNT_ID]: parties.consumer.externalID, [SUBSCRIPTIONS]: [subscriptionID] },
  );
  return { ...answered(true), moves: [moves] };
}

/** A context that goes with its last subscription, in the name of its tenant and that one's parents. */
export interface Departure {
  readonly context: RuntimeContextRecord;
  /** Internal ids. */
  readonly by: readonly string[];
}

const actingFor = ({ id, parents }: TenantRecord) => [id, ...parents];

/** What is about to go if the subscription ends. @throws NotFound [object=tenant] */
export async function departureFromRuntime(
  call: Call,
  candidates: readonly RuntimeRecord[],
  instance: Instance,
  subscription: Subscription,
): Promise<Departure | undefined> {
  const parties = await partiesOf(call, candidates, instance, subscription);
  const context = parties && (await subscribedContext(call, parties, subscription.consumerTenantID));
  const goes = context && !withoutSubscription(context.labels, subscription.subscriptionID);
  return goes ? { context, by: actingFor(parties.consumer) } : undefined;
}

/** The context goes with its last subscription. The consumer keeps its sight of the runtime. */
export async function unsubscribeFromRuntime(
  call: WriteCall,
  candidates: readonly RuntimeRecord[],
  instance: Instance,
  subscription: Subscription,
): Promise<Outcome> {
  const parties = await partiesOf(call, candidates, instance, subscription);
  if (!parties) return answered(false);
  const context = await subscribedContext(call, parties, subscription.consumerTenantID);
  if (!context) return answered(true);
  const labels = withoutSubscription(context.labels, subscription.subscriptionID);
  if (labels) await call.tx.put(runtimeContexts, { ...context, labels });
  else await removeContext(call, context, actingFor(parties.consumer));
  return answered(true);
}
