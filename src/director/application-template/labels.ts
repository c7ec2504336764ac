/** Labels by which the plane itself knows something about an application template. */

/** Its systems register themselves, through the certificate of their provider. */
export const SELF_REGISTRATION_LABEL = 'non-existent-label-key';
/** External id of the subaccount that provides it. */
export const PROVIDER_LABEL = 'global_subaccount_id';
/** The provider's client, for subscriptions and calls on behalf of others. */
export const SUBSCRIPTION_PROVIDER_LABEL = 'subscriptionProviderId';
export const REGION_LABEL = 'region';
/** Label of an application: name of the template that it is of. */
export const APPLICATION_TYPE_LABEL = 'applicationType';
