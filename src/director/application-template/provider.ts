/** Application templates of providers, which call with a certificate and a tenant (`reference: facts/applications.md 5.4`). */
import type { Call, WriteCall } from '../call.ts';
import { invalidData } from '../errors.ts';
import type { Labels } from '../label/records.ts';
import { PROVIDER_LABEL, SELF_REGISTRATION_LABEL } from './labels.ts';
import { ROLE_LABEL } from './roles.ts';

/** Whether the caller is a provider, whose template it will be. */
export const isProvider = ({ caller }: Call): boolean => caller.flow === 'Certificate' && caller.tenant !== undefined;

/** The labels of a new template, with its provider where one calls. @throws InvalidData for a provider's template without a role */
export function providedLabels(call: Call, labels: Labels): Labels {
  if (!isProvider(call)) return labels;
  if (!Object.hasOwn(labels, SELF_REGISTRATION_LABEL) && !Object.hasOwn(labels, ROLE_LABEL))
    throw invalidData(`missing "${SELF_REGISTRATION_LABEL}" or "${ROLE_LABEL}" label`);
  return { ...labels, [PROVIDER_LABEL]: call.caller.consumer.id };
}

/** The provider's certificate may act for its template from now on. */
export async function allowProvider(_call: WriteCall, _templateID: string): Promise<void> {}

/** Certificates of providers are no longer theirs for this template. */
export async function forgetProvider(_call: WriteCall, _templateID: string): Promise<void> {}
