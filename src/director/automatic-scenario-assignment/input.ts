import type { LabelSelectorInput } from '../schema/types.generated.ts';
import { faultsOf, first, oneOf, type Faults } from '../validation.ts';

/** The one label that an assignment may select tenants by. */
export const SELECTOR_KEY = 'global_subaccount_id';

export const labelSelectorFaults = (input: LabelSelectorInput): Faults | undefined =>
  faultsOf({ key: first(input.key, oneOf(SELECTOR_KEY, '')) });
