/** Who sees and who changes an object: access records are kept with the object (`reference: facts/runtimes.md 13`). */
export interface Access {
  /** Internal id of the tenant that has the access. */
  readonly tenant: string;
  /** Whether it may change the object. */
  readonly owner: boolean;
  /** Internal id of the tenant through which it has the access: itself where it was given directly. */
  readonly source: string;
}

export interface Accessible {
  readonly access: readonly Access[];
}

/** Index keys of an accessible record: each tenant that sees it, once. */
export const accessKeys = (record: Accessible): string[] => [...new Set(record.access.map((access) => access.tenant))];
