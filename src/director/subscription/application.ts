/** Subscriptions to a product: the consumer gets an application made of its template (`reference: facts/runtimes.md 14.2`). */
import { compareBytes } from '../../text/order.ts';
import { payloadValue } from '../application-template/payload.ts';
import type { ApplicationTemplateRecord } from '../application-template/records.ts';
import { filledInput, registerFilled } from '../application-template/registration.ts';
import { applications, type ApplicationRecord } from '../application/records.ts';
import { removeApplication } from '../application/rules.ts';
import { requireNoFormation } from '../application/changes/unregister.ts';
import type { Call, WriteCall } from '../call.ts';
import { GLOBAL_SUBACCOUNT_ID } from '../runtime/subaccount.ts';
import type { TenantRecord } from '../tenant/records.ts';
import { requireTenantByExternalID } from '../tenant/rules.ts';
import { SUBSCRIPTIONS, withoutSubscription, withSubscription } from './ids.ts';
import type { Subscription } from './subscription.ts';

/** More applications of one template in one subaccount are not expected. */
const ENOUGH = 1000;

/** Regions of one platform are named with this in front, which the product does not want to hear. */
const PLATFORM_PREFIX = /^cf-/;

async function applicationsOf(
  call: Call,
  template: ApplicationTemplateRecord,
  consumer: TenantRecord,
): Promise<readonly ApplicationRecord[]> {
  const all = [
    { index: 'tenant', anyOf: [consumer.id] },
    { index: 'template', anyOf: [template.id] },
  ] as const;
  return (await call.tx.page(applications, { all, first: ENOUGH })).records;
}

const textOr = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);

async function registerFor(
  call: WriteCall,
  template: ApplicationTemplateRecord,
  consumer: TenantRecord,
  { payload, region, consumerTenantID, subscriptionID }: Subscription,
): Promise<ApplicationRecord> {
  const known: Readonly<Record<string, string>> = {
    subdomain: textOr(consumer.labels['subdomain'], ''),
    region: region.replace(PLATFORM_PREFIX, ''),
  };
  const input = filledInput(template, (placeholder) =>
    Object.hasOwn(known, placeholder.name) ? known[placeholder.name]! : payloadValue(payload, placeholder),
  );
  const labels = { managed: 'false', [SUBSCRIPTIONS]: [subscriptionID], [GLOBAL_SUBACCOUNT_ID]: consumer.externalID };
  return registerFilled(call, template, { ...input, localTenantID: input.localTenantID ?? consumerTenantID }, labels, consumer.id);
}

/** Answers the application where a new one was made. @throws NotFound [object=tenant], and what any registration from the template throws */
export async function subscribeToApplication(
  call: WriteCall,
  template: ApplicationTemplateRecord,
  subscription: Subscription,
): Promise<ApplicationRecord | undefined> {
  const consumer = await requireTenantByExternalID(call, subscription.subaccountID);
  const known = await applicationsOf(call, template, consumer);
  if (known.length === 0) return registerFor(call, template, consumer, subscription);
  // several came by hand: the wire tells the one that it finds first
  const [oldest] = [...known].sort((a, b) => compareBytes(a.createdAt, b.createdAt));
  await call.tx.put(applications, { ...oldest!, labels: withSubscription(oldest!.labels, subscription.subscriptionID) });
  return undefined;
}

/** Each application of the template goes with its last subscription. @throws NotFound [object=tenant]; InvalidOperation while it is in a formation */
export async function unsubscribeFromApplication(
  call: WriteCall,
  template: ApplicationTemplateRecord,
  subscription: Subscription,
): Promise<void> {
  const consumer = await requireTenantByExternalID(call, subscription.subaccountID);
  for (const application of await applicationsOf(call, template, consumer)) {
    const labels = withoutSubscription(application.labels, subscription.subscriptionID);
    if (labels) await call.tx.put(applications, { ...application, labels });
    else {
      requireNoFormation(application, consumer.id);
      await removeApplication(call, application);
    }
  }
}
