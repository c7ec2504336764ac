/** What the inputs of applications must look like (`reference: facts/applications.md 2.2`). */
import type { ApplicationJsonInput, ApplicationRegisterInput, ApplicationUpdateInput } from '../schema/types.generated.ts';
import { urlWithScheme } from '../texts/url.ts';
import { each, type Faults, faultsOf, first, inputError, labelKeys, length, required } from '../validation.ts';
import { webhookFault } from '../webhook/rules.ts';

const HEALTH_CHECK = [urlWithScheme, length(0, 256)];

export const registerInputFaults = (input: ApplicationRegisterInput | ApplicationJsonInput): Faults | undefined =>
  faultsOf({
    name: first(input.name, required, length(1, 100)),
    providerName: first(input.providerName, length(0, 256)),
    description: first(input.description, length(0, 2000)),
    healthCheckURL: first(input.healthCheckURL, ...HEALTH_CHECK),
    labels: first(input.labels, labelKeys),
    webhooks: first(input.webhooks, each(webhookFault)),
  });

export const updateInputFaults = (input: ApplicationUpdateInput): Faults | undefined =>
  faultsOf({
    providerName: first(input.providerName, length(0, 256)),
    description: first(input.description, length(0, 2000)),
    healthCheckURL: first(input.healthCheckURL, ...HEALTH_CHECK),
  });

/** Lengths that are judged when an application is stored, not with the rest of its input. @throws InvalidData of the input type */
export function checkStoredLengths(inputType: string, input: ApplicationRegisterInput | ApplicationUpdateInput): void {
  const faults = faultsOf({
    baseUrl: first(input.baseUrl, length(0, 512)),
    applicationNamespace: first(input.applicationNamespace, length(0, 256)),
    localTenantID: first(input.localTenantID, length(0, 256)),
    labels: faultsOf(
      Object.fromEntries(
        Object.keys('labels' in input ? (input.labels ?? {}) : {}).map((key) => [
          [...key].slice(0, 32).join(''),
          first(key, length(0, 256)),
        ]),
      ),
    ),
  });
  if (faults) throw inputError(inputType, faults);
}
