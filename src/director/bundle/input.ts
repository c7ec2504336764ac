import { authFault } from '../auth/rules.ts';
import { apiFaults } from '../api/input.ts';
import { documentFaults } from '../document/input.ts';
import { eventFaults } from '../event/input.ts';
import type { BundleCreateInput, BundleUpdateInput } from '../schema/types.generated.ts';
import { printableAscii } from '../texts/text-rules.ts';
import { each, faultsOf, first, length, required } from '../validation.ts';

const fieldFaults = (input: BundleUpdateInput) => ({
  name: first(input.name, required, printableAscii, length(1, 100)),
  description: first(input.description, length(0, 2000)),
  defaultInstanceAuth: first(input.defaultInstanceAuth, authFault),
});

/** Judges of bundles; of the schema only the scalar is judged. */
export const bundleUpdateFaults = (input: BundleUpdateInput) => faultsOf(fieldFaults(input));

export const bundleCreateFaults = (input: BundleCreateInput) =>
  faultsOf({
    ...fieldFaults(input),
    apiDefinitions: first(input.apiDefinitions, each(apiFaults)),
    eventDefinitions: first(input.eventDefinitions, each(eventFaults)),
    documents: first(input.documents, each(documentFaults)),
  });
