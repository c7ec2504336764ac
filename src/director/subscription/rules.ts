/** How consumers come to a provider's runtime or product (`reference: facts/runtimes.md 14`). */
import type { WriteCall } from '../call.ts';
import { subscribeToApplication, unsubscribeFromApplication } from './application.ts';
import { checkInstance, readPayload, type Instance } from './payload.ts';
import { providerOf } from './providers.ts';
import { subscribeToRuntime, unsubscribeFromRuntime } from './runtime.ts';

/** What both operations are told beside the payload; the provider's arguments do not count, as the payload names each provider. */
export interface SubscriptionArguments {
  /** External id of the consumer's subaccount. */
  readonly subaccountID: string;
  /** Id of the consumer at the provider. */
  readonly consumerTenantID: string;
  readonly region: string;
  /** JSON text. */
  readonly subscriptionPayload: string;
}

export interface Subscription extends SubscriptionArguments {
  readonly subscriptionID: string;
}

async function subscribeTo(call: WriteCall, instance: Instance, subscription: Subscription): Promise<boolean | undefined> {
  checkInstance(instance, subscription.subscriptionID);
  const provider = await providerOf(call, instance.providerID, subscription.region);
  if (!provider) return undefined;
  return provider.kind === 'runtime'
    ? subscribeToRuntime(call, provider.candidates, instance, subscription)
    : subscribeToApplication(call, provider.template, subscription);
}

async function unsubscribeFrom(call: WriteCall, instance: Instance, subscription: Subscription): Promise<boolean | undefined> {
  const provider = await providerOf(call, instance.providerID, subscription.region);
  if (!provider) return undefined;
  return provider.kind === 'runtime'
    ? unsubscribeFromRuntime(call, provider.candidates, instance, subscription)
    : unsubscribeFromApplication(call, provider.template, subscription);
}

/** Deals with the instances in their order; answers for the last one that had a provider, false if none had. */
async function forEachInstance(
  call: WriteCall,
  args: SubscriptionArguments,
  work: (call: WriteCall, instance: Instance, subscription: Subscription) => Promise<boolean | undefined>,
): Promise<boolean> {
  const { subscriptionID, instances } = readPayload(args.subscriptionPayload);
  let answer = false;
  for (const instance of instances) answer = (await work(call, instance, { ...args, subscriptionID })) ?? answer;
  return answer;
}

export const subscribeTenant = (call: WriteCall, args: SubscriptionArguments): Promise<boolean> => forEachInstance(call, args, subscribeTo);

export const unsubscribeTenant = (call: WriteCall, args: SubscriptionArguments): Promise<boolean> =>
  forEachInstance(call, args, unsubscribeFrom);
