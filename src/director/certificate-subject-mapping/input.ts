/** What a certificate subject mapping must look like (`reference: facts/security.md 8`). */
import { CONSUMER_TYPES } from '../../identity/identity.ts';
import type { CertificateSubjectMappingInput } from '../schema/types.generated.ts';
import { type Faults, faultsOf, first, length, required, type Rule } from '../validation.ts';
import { subjectFault } from './subject.ts';

const LEVELS = ['customer', 'account', 'subaccount', 'organization', 'folder', 'resource-group', 'cost-object', 'global'];

const consumerType: Rule<string> = (type) =>
  (CONSUMER_TYPES as readonly string[]).includes(type) ? undefined : `consumer type ${type} is not valid`;

const accessLevels: Rule<readonly string[]> = (levels) => {
  const unknown = levels.find((level) => !LEVELS.includes(level));
  return unknown === undefined ? undefined : `tenant access level ${unknown} is not valid`;
};

export const inputFaults = (input: CertificateSubjectMappingInput): Faults | undefined =>
  faultsOf({
    subject: first(input.subject, required, length(1, 255), subjectFault),
    consumerType: first(input.consumerType, required, length(1, 255), consumerType),
    internalConsumerID: first(input.internalConsumerID, length(1, 255)),
    tenantAccessLevels: first(input.tenantAccessLevels, required, accessLevels),
  });
