import type { DocumentInput } from '../schema/types.generated.ts';
import { fetchRequestFault } from '../spec/input.ts';
import { notEmpty } from '../texts/text-rules.ts';
import { faultsOf, first, length, required } from '../validation.ts';

export const documentFaults = (input: DocumentInput) =>
  faultsOf({
    title: first(input.title, required, length(1, 128)),
    displayName: first(input.displayName, required, length(1, 128)),
    description: first(input.description, required, length(1, 2000)),
    kind: first(input.kind, length(0, 256)),
    data: first(input.data, notEmpty),
    fetchRequest: first(input.fetchRequest, fetchRequestFault),
  });
