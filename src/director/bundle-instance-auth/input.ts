/** What requests for credentials must be like (`reference: facts/bundles.md 9.2`). */
import { authFault } from '../auth/rules.ts';
import { invalidData } from '../errors.ts';
import type {
  BundleInstanceAuthCreateInput,
  BundleInstanceAuthRequestInput,
  BundleInstanceAuthSetInput,
} from '../schema/types.generated.ts';
import { uuidV4 } from '../texts/text-rules.ts';
import { faultsOf, first, length, required } from '../validation.ts';

const isGiven = (value: unknown) => value !== null && value !== undefined;

export const requestFaults = (input: BundleInstanceAuthRequestInput) => faultsOf({ id: first(input.id, uuidV4) });

/** @throws InvalidData where credentials and status do not go together */
export function setFaults(input: BundleInstanceAuthSetInput) {
  const { auth, status } = input;
  if (!isGiven(auth) && !isGiven(status)) throw invalidData('at least one field (Auth or Status) has to be provided');
  if (isGiven(auth) && status?.condition === 'FAILED') throw invalidData('credentials can not be given together with the status FAILED');
  if (!isGiven(auth) && status?.condition === 'SUCCEEDED') throw invalidData('the status SUCCEEDED needs credentials');
  return faultsOf({
    auth: first(auth, authFault),
    status: status
      ? faultsOf({ message: first(status.message, required, length(1, 256)), reason: first(status.reason, required, length(1, 256)) })
      : undefined,
  });
}

/** Whom the credentials are for; the credentials themselves are taken as they are. @throws InvalidData unless exactly one is named */
export function createFaults(input: BundleInstanceAuthCreateInput) {
  if (!isGiven(input.runtimeID) && !isGiven(input.runtimeContextID))
    throw invalidData('At least one of RuntimeID or RuntimeContextID should be provided');
  if (isGiven(input.runtimeID) && isGiven(input.runtimeContextID))
    throw invalidData('Only one of RuntimeID or RuntimeContextID should be provided');
  return undefined;
}
