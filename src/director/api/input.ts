import type { ApiDefinitionInput } from '../schema/types.generated.ts';
import { apiSpecFault, versionFault } from '../spec/input.ts';
import { printableAscii } from '../texts/text-rules.ts';
import { urlWithScheme } from '../texts/url.ts';
import { faultsOf, first, length, required } from '../validation.ts';

export const apiFaults = (input: ApiDefinitionInput) =>
  faultsOf({
    name: first(input.name, required, printableAscii, length(1, 100)),
    description: first(input.description, length(0, 2000)),
    targetURL: first(input.targetURL, required, urlWithScheme, length(1, 256)),
    group: first(input.group, length(0, 100)),
    version: first(input.version, versionFault),
    spec: first(input.spec, apiSpecFault),
  });
