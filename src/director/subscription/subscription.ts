/** A subscription as its rules are told about it. */
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
  /** The payload, read. */
  readonly payload: unknown;
}
