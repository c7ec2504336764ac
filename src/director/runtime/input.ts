/** What a runtime may be called (`reference: facts/runtimes.md 2.1`). */
import type { RuntimeRegisterInput, RuntimeUpdateInput } from '../schema/types.generated.ts';
import { each, faultsOf, first, labelKeys, length, required, type Faults, type Rule } from '../validation.ts';
import { webhookFault } from '../webhook/rules.ts';

const runtimeName: Rule<string> = (name) => (/^[a-zA-Z0-9._-]*$/.test(name) ? undefined : 'must be in a valid format');

const common = (input: RuntimeUpdateInput) => ({
  name: first(input.name, required as Rule<string>, length(1, 256), runtimeName),
  description: first(input.description, length(0, 2000)),
  applicationNamespace: first(input.applicationNamespace, length(0, 256)),
  labels: first(input.labels, labelKeys),
});

export const runtimeUpdateFaults = (input: RuntimeUpdateInput): Faults | undefined => faultsOf(common(input));

export const runtimeRegisterFaults = (input: RuntimeRegisterInput): Faults | undefined =>
  faultsOf({ ...common(input), webhooks: first(input.webhooks, each(webhookFault)) });
