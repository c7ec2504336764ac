import { collection, type Stored } from '../../registry/contract.ts';

/** The one label definition of a tenant, `scenarios`: there since the tenant's first formation. Its id is the tenant's internal id. */
export interface LabelDefinitionRecord extends Stored {
  /** Names of the formations in the order that the definition shows. */
  readonly names: readonly string[];
}

export const labelDefinitions = collection<LabelDefinitionRecord>()('labelDefinitions');
