import type { RuntimeContextInput } from '../schema/types.generated.ts';
import { faultsOf, first, length, required, type Faults, type Rule } from '../validation.ts';

const contextKey: Rule<string> = (key) => (/^[a-zA-Z0-9_]*$/.test(key) ? undefined : 'must be in a valid format');

export const runtimeContextFaults = (input: RuntimeContextInput): Faults | undefined =>
  faultsOf({ key: first(input.key, required as Rule<string>, length(0, 512), contextKey) });
