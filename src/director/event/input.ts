import type { EventDefinitionInput } from '../schema/types.generated.ts';
import { eventSpecFault, versionFault } from '../spec/input.ts';
import { printableAscii } from '../texts/text-rules.ts';
import { faultsOf, first, length, required } from '../validation.ts';

export const eventFaults = (input: EventDefinitionInput) =>
  faultsOf({
    name: first(input.name, required, printableAscii, length(1, 100)),
    description: first(input.description, length(0, 2000)),
    group: first(input.group, length(0, 100)),
    version: first(input.version, versionFault),
    spec: first(input.spec, eventSpecFault),
  });
