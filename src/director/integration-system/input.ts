/** What an integration system may be called (`reference: facts/security.md 4`). */
import type { IntegrationSystemInput } from '../schema/types.generated.ts';
import { type Faults, faultsOf, first, length, required, subdomainName } from '../validation.ts';

export const inputFaults = (input: IntegrationSystemInput): Faults | undefined =>
  faultsOf({ name: first(input.name, required, subdomainName), description: first(input.description, length(0, 2000)) });
