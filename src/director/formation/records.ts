import { collection, type Stored } from '../../registry/contract.ts';

/** A formation template put to work in one tenant. */
export interface FormationRecord extends Stored {
  /** Internal id. */
  readonly tenant: string;
  readonly formationTemplateId: string;
  readonly name: string;
  /** INITIAL, READY, CREATE_ERROR, DELETE_ERROR, DELETING or DRAFT. */
  readonly state: string;
  readonly error?: { readonly message: string; readonly errorCode: number };
  readonly createdAt: string;
  readonly lastStateChangeTimestamp?: string;
  readonly lastNotificationSentTimestamp?: string;
}

export const formations = collection<FormationRecord>()('formations', {
  tenant: { keys: (formation) => [formation.tenant] },
  /** By order of creation: what the label definition lists. */
  tenantByAge: { keys: (formation) => [formation.tenant], order: (formation) => formation.createdAt },
  /** `<tenant>|<name>`. */
  name: { keys: (formation) => [`${formation.tenant}|${formation.name}`], unique: true },
  template: { keys: (formation) => [formation.formationTemplateId] },
});
