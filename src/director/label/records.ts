/** Labels: any JSON value under a key, kept with the object that they describe. */
export type Labels = Readonly<Record<string, unknown>>;

/** Names of the formations that an object is in, in order of assignment, by internal id of the formations' tenant: shown as label `scenarios` to that tenant. */
export type Scenarios = Readonly<Record<string, readonly string[]>>;
