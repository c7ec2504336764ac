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

/** @throws UnclassifiedError for what is no text */
function textOf(value: unknown, name: string): string {
  if (value !== undefined && value !== null && typeof value !== 'string') throw unclassified(`${name} is not a text`);
  return value ?? '';
}

/** Null stands for nothing in it. @throws UnclassifiedError for what is no object */
function fieldsOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || Array.isArray(value)) throw unclassified(`${what} is not an object`);
  return (value ?? {}) as Readonly<Record<string, unknown>>;
}

/** @throws UnclassifiedError for what is no list */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unclassified('dependentServiceInstancesInfo is not a list');
  return value;
}

/** Ids are also taken as numbers. @throws UnclassifiedError for what has members */
const idOf = (value: unknown, name: string) => textOf(typeof value === 'number' ? String(value) : value, name);

/** The first member with that name, else the first in letters of another case. */
function member(fields: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(fields, name)) return fields[name];
  return Object.entries(fields).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unclassified('subscription payload is not valid JSON');
  }
}

/** @throws UnclassifiedError for a text that is no JSON, or JSON of another form */
export function readPayload(text: string): SubscriptionPayload {
  const payload = parsed(text);
  const told = fieldsOf(payload, 'subscription payload');
  return {
    payload,
    subscriptionID: idOf(told['subscriptionGUID'], 'subscriptionGUID'),
    instances: listOf(member(told, 'dependentServiceInstancesInfo')).map((instance) => {
      const fields = fieldsOf(instance, 'an instance of the payload');
      const text = (name: string) => textOf(member(fields, name), name);
      return {
        providerID: text('appId'),
        appName: text('appName'),
        providerSubaccountID: text('providerSubaccountId'),
      };
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
