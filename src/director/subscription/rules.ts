/** How consumers come to a provider's runtime or product (`reference: facts/runtimes.md 14`). */
import type { Call, WriteCall } from '../call.ts';
import { subscribeToApplication, unsubscribeFromApplication } from './application.ts';
import { answered, followedBy, type Outcome } from './outcome.ts';
import { checkInstance, readPayload, type Instance } from './payload.ts';
import { providerOf } from './providers.ts';
import { type Departure, departureFromRuntime, subscribeToRuntime, unsubscribeFromRuntime } from './runtime.ts';
import type { Subscription, SubscriptionArguments } from './subscription.ts';

/** What is done for one instance; undefined where nobody provides it. */
type InstanceRule = (call: WriteCall, instance: Instance, subscription: Subscription) => Promise<Outcome | undefined>;

const subscribeTo: InstanceRule = async (call, instance, subscription) => {
  checkInstance(instance, subscription.subscriptionID);
  const provider = await providerOf(call, instance.providerID, subscription.region);
  if (!provider) return undefined;
  if (provider.kind === 'runtime') return subscribeToRuntime(call, provider.candidates, instance, subscription);
  const registered = await subscribeToApplication(call, provider.template, subscription);
  return { ...answered(true), registered: registered ? [registered.id] : [] };
};

const unsubscribeFrom: InstanceRule = async (call, instance, subscription) => {
  const provider = await providerOf(call, instance.providerID, subscription.region);
  if (!provider) return undefined;
  if (provider.kind === 'runtime') return unsubscribeFromRuntime(call, provider.candidates, instance, subscription);
  await unsubscribeFromApplication(call, provider.template, subscription);
  return answered(true);
};

async function forEachInstance(call: WriteCall, args: SubscriptionArguments, rule: InstanceRule): Promise<Outcome> {
  const { instances, ...told } = readPayload(args.subscriptionPayload);
  let outcome = answered(false);
  for (const instance of instances) {
    const next = await rule(call, instance, { ...args, ...told });
    if (next) outcome = followedBy(outcome, next);
  }
  return outcome;
}

/** Deals with the instances in their order, all or none. */
export const subscribeTenant = (call: WriteCall, args: SubscriptionArguments): Promise<Outcome> => forEachInstance(call, args, subscribeTo);

/** The contexts that go with these subscriptions: whoever is to be told of it is told before. @throws what `unsubscribeTenant` throws */
export async function departuresOf(call: Call, args: SubscriptionArguments): Promise<Departure[]> {
  const { instances, ...told } = readPayload(args.subscriptionPayload);
  const departures: Departure[] = [];
  for (const instance of instances) {
    const provider = await providerOf(call, instance.providerID, args.region);
    if (provider?.kind !== 'runtime') continue;
    const departure = await departureFromRuntime(call, provider.candidates, instance, { ...args, ...told });
    if (departure) departures.push(departure);
  }
  return departures;
}

/** Deals with the instances in their order, all or none. */
export const unsubscribeTenant = (call: WriteCall, args: SubscriptionArguments): Promise<Outcome> =>
  forEachInstance(call, args, unsubscribeFrom);
