/** Application templates of providers, which call with a certificate and a tenant (`reference: facts/applications.md 5.4`). */
import type { Call, WriteCall } from '../call.ts';
import { certificateSubjectMappings } from '../certificate-subject-mapping/records.ts';
import { mappingsForSubject } from '../certificate-subject-mapping/rules.ts';
import { invalidData, invalidOperation } from '../errors.ts';
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

const CONSUMER_TYPE = 'Application Provider';

/** The provider's certificate may act for its template from now on. @throws InvalidOperation for a subject that is mapped already */
export async function allowProvider(call: WriteCall, templateID: string): Promise<void> {
  const { subject } = call.caller;
  if (!isProvider(call) || !subject) return;
  if ((await mappingsForSubject(call.tx, subject)).length > 0)
    throw invalidOperation(`subject is already allow-listed. Not possible to associate app template consumer "${templateID}" with it`);
  await call.tx.put(certificateSubjectMappings, {
    id: call.newId(),
    subject,
    consumerType: CONSUMER_TYPE,
    internalConsumerID: templateID,
    tenantAccessLevels: ['global'],
    createdAt: call.now(),
  });
}

/** No certificate acts for the template any more. */
export async function forgetProvider(call: WriteCall, templateID: string): Promise<void> {
  for (const mapping of await call.tx.find(certificateSubjectMappings, 'consumer', templateID))
    if (mapping.consumerType === CONSUMER_TYPE) await call.tx.delete(certificateSubjectMappings, mapping.id);
}
