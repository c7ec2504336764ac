/** Application templates of providers, which call with a certificate and a tenant (`reference: facts/applications.md 5.4`). */
import type { Call, WriteCall } from '../call.ts';
import { certificateSubjectMappings } from '../certificate-subject-mapping/records.ts';
import { mappingsForSubject } from '../certificate-subject-mapping/rules.ts';
import { DirectorError, invalidData, invalidOperation } from '../errors.ts';
import type { Labels } from '../label/records.ts';
import type { ApplicationJsonInput } from '../schema/types.generated.ts';
import { PROVIDER_LABEL, REGION_LABEL, SELF_REGISTRATION_LABEL } from './labels.ts';
import type { ApplicationTemplateRecord } from './records.ts';
import { ROLE_LABEL } from './roles.ts';

/** Whether the caller is a provider, whose template it will be. */
export const isProvider = ({ caller }: Call): boolean => caller.flow === 'Certificate' && caller.tenant !== undefined;

/** Self-registration asks a service of the provider's region for a clone of its credentials, and the same service when the template goes. */
const noSelfRegistration = () => invalidOperation('there is no service for self-registration in the region');

/** Whether the systems of a provider's template register themselves. @throws InvalidData unless there is either a role or the label for that */
function isSelfRegistered(labels: Labels): boolean {
  const [byLabel, byRole] = [SELF_REGISTRATION_LABEL, ROLE_LABEL].map((key) => Object.hasOwn(labels, key));
  if (byLabel === byRole)
    throw invalidData(`a provider's application template needs label "${SELF_REGISTRATION_LABEL}" or label "${ROLE_LABEL}", and not both`);
  return byLabel!;
}

/** The labels of a new template, with its provider where one calls. @throws InvalidData for a provider's template without a role, InvalidOperation for self-registration */
export function providedLabels(call: Call, labels: Labels): Labels {
  if (!isProvider(call)) return labels;
  if (isSelfRegistered(labels)) throw noSelfRegistration();
  return { ...labels, [PROVIDER_LABEL]: call.caller.consumer.id };
}

/** What a provider may change. @throws InvalidData for a template that is no provider's, or whose self-registered systems would have no name to show */
export function checkProvidersUpdate(call: Call, labels: Labels, input: ApplicationJsonInput): void {
  if (!isProvider(call) || !isSelfRegistered(labels)) return;
  const shown = input.labels?.['displayName'];
  if (typeof shown !== 'string' || shown === '') throw invalidData('the application input needs a label "displayName"');
}

/** @throws NotFound for a self-registered template without a region, InvalidOperation where its provider would have its clone removed */
export function checkSelfRegisteredRemoval(call: Call, { id, labels }: ApplicationTemplateRecord): void {
  if (!Object.hasOwn(labels, SELF_REGISTRATION_LABEL)) return;
  if (!Object.hasOwn(labels, REGION_LABEL))
    throw new DirectorError(
      'NotFound',
      { ID: '', object: 'label' },
      `Object not found: label ${REGION_LABEL} for application template with ID ${id} doesn't exist`,
    );
  if (call.caller.flow === 'Certificate') throw noSelfRegistration();
}

const CONSUMER_TYPE = 'Application Provider';

/** The certificate that a template is created with may act for it from now on, in a tenant or not. @throws InvalidOperation for a subject that is mapped already */
export async function allowProvider(call: WriteCall, templateID: string): Promise<void> {
  const { flow, subject } = call.caller;
  if (flow !== 'Certificate' || !subject) return;
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

/** No certificate acts for the template any more, as whatever consumer it did. */
export async function forgetProvider(call: WriteCall, templateID: string): Promise<void> {
  for (const { id } of await call.tx.find(certificateSubjectMappings, 'consumer', templateID))
    await call.tx.delete(certificateSubjectMappings, id);
}
