/** What a subscription's payload tells: JSON text with the subscription's id and the instances that it is for (`reference: facts/runtimes.md 14`). */
import { unclassified } from '../errors.ts';

/** One provider that the subscription reaches. */
export interface Instance {
  /** What the label subscriptionProviderId of a runtime or template is compared with. */
  readonly providerID: string;
  readonly appName: string;
  /** External id. */
  readonly providerSubaccountID: string;
}

export interface SubscriptionPayload {
  /** All of it: what the placeholders of a product are filled from. */
  readonly payload: unknown;
  readonly subscriptionID: string;
  readonly instances: readonly Instance[];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unclassified('subscription payload is not valid JSON');
  }
}

/** @throws UnclassifiedError for a text that is no JSON */
export function readPayload(text: string): SubscriptionPayload {
  const payload = parsed(text);
  const { subscriptionGUID, dependentServiceInstancesInfo: instances } = fieldsOf(payload);
  return {
    payload,
    subscriptionID: textOf(subscriptionGUID),
    instances: (Array.isArray(instances) ? instances : []).map((instance) => {
      const { appId, appName, providerSubaccountId } = fieldsOf(instance);
      return { providerID: textOf(appId), appName: textOf(appName), providerSubaccountID: textOf(providerSubaccountId) };
    }),
  };
}

/** Nobody subscribes without saying to what, as what and where. @throws UnclassifiedError */
export function checkInstance(instance: Instance, subscriptionID: string): void {
  if (!instance.providerID) throw unclassified('Provider ID should not be empty');
  if (!instance.providerSubaccountID) throw unclassified('Provider subaccount ID should not be empty');
  if (!instance.appName) throw unclassified('Subscription app name should not be empty');
  if (!subscriptionID) throw unclassified('Subscription ID should not be empty');
}
