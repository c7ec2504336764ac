/** The leading product of a template: it is told when a formation of its template is created and deleted, and its answer is taken (`reference: facts/formations.md 6`). */
import { NamedText } from '../../../template/template.ts';
import type { Call, WriteCall } from '../../call.ts';
import type { DirectorContext } from '../../context.ts';
import { UnclassifiedError, unclassified } from '../../errors.ts';
import { type ConstraintType, enforce, type JoinPoint } from '../../formation-constraint/enforce.ts';
import { meaningOf } from '../../notification/answer.ts';
import { call, TechnicalFailure } from '../../notification/send.ts';
import { formationSubject } from '../../notification/subject.ts';
import { lifecycleData } from '../../notification/templates/data.ts';
import { formationData, formationTemplateData } from '../../notification/templates/objects.ts';
import type { WebhookRecord } from '../../webhook/records.ts';
import type { Place } from '../place.ts';
import type { FormationRecord } from '../records.ts';
import * as rules from '../rules.ts';
import { noteSent, storeFormation, withState } from '../state.ts';

export type LifecycleOperation = 'createFormation' | 'deleteFormation';

/** What a lifecycle call made of a formation. */
export interface LifecycleOutcome {
  readonly formation: FormationRecord;
  /** Whether the product agreed at once. */
  readonly done: boolean;
  /** Whether the product said something, which rules have seen once. */
  readonly isAnswered?: boolean;
  /** Whether the product heard of it and said neither yes nor no. */
  readonly isUndecided?: boolean;
}

const lifecyclePoint = ({ template }: Place, details: JoinPoint['details']): Omit<JoinPoint, 'operation'> => ({
  resourceType: 'FORMATION',
  resourceSubtype: template.name,
  template,
  details: {
    ResourceType: 'FORMATION',
    ResourceSubtype: template.name,
    FormationAssignment: null,
    ReverseFormationAssignment: null,
    ...details,
  },
});

/** Whether rules allow the call. */
async function isCallAllowed(ctx: DirectorContext, place: Place, operation: LifecycleOperation): Promise<boolean> {
  const { formation, template } = place;
  const { CustomerTenantContext } = await lifecycleData(ctx.call, formation, operation);
  const point = {
    ...lifecyclePoint(place, {
      Operation: new NamedText(operation),
      FormationID: formation.id,
      FormationName: formation.name,
      FormationType: template.name,
      FormationTemplateID: template.id,
      TenantID: formation.tenant,
      CustomerTenantContext,
    }),
    operation: 'GENERATE_FORMATION_NOTIFICATION',
  };
  try {
    await enforce(ctx.call, 'PRE', point);
    await enforce(ctx.call, 'POST', point);
    return true;
  } catch (error) {
    if (error instanceof UnclassifiedError) return false;
    throw error;
  }
}

/** Rules around what a product says see the formation as that makes it. @throws UnclassifiedError by a rule */
export function enforceStatus(call: Call, type: ConstraintType, place: Place, operation: LifecycleOperation): Promise<void> {
  const details = {
    Location: { OperationName: 'NOTIFICATION_STATUS_RETURNED', ConstraintType: type },
    Operation: new NamedText(operation),
    Tenant: '',
    Formation: formationData(place.formation),
    FormationTemplate: formationTemplateData(place.template),
    FormationAssignmentTemplateInput: null,
    NotificationStatusReport: null,
  };
  return enforce(call, type, { ...lifecyclePoint(place, details), operation: 'NOTIFICATION_STATUS_RETURNED' });
}

/** Keeps what a call made of a formation that stays, under the rules that look at it afterwards. Answers it as it is kept. @throws UnclassifiedError by a rule */
export async function keepOutcome(
  call: WriteCall,
  place: Place,
  operation: LifecycleOperation,
  { formation, isAnswered, isUndecided }: LifecycleOutcome,
): Promise<FormationRecord> {
  if (isUndecided) return noteSent(call, formation);
  const kept = await storeFormation(call, formation);
  if (isAnswered) await enforceStatus(call, 'POST', { ...place, formation }, operation);
  return kept;
}

const failure = ({ id, name }: FormationRecord, text: string) =>
  unclassified(
    `while processing notifications for formation with ID: "${id}" and name: "${name}": while sending notification for formation with ID: "${id}": ${text}`,
  );

/** Calls one webhook of the template. @throws UnclassifiedError for technical trouble, and by a rule */
async function tellOne(
  ctx: DirectorContext,
  place: Place,
  operation: LifecycleOperation,
  webhook: WebhookRecord,
): Promise<LifecycleOutcome> {
  const { formation } = place;
  const direction = operation === 'createFormation' ? 'assign' : 'unassign';
  try {
    const answer = await call(ctx, {
      webhook,
      data: await lifecycleData(ctx.call, formation, operation),
      subject: formationSubject(formation, operation),
      point: lifecyclePoint(place, { Operation: new NamedText(operation), Formation: formationData(formation) }),
    });
    const meaning = meaningOf({ ...answer, state: '', configuration: '' }, direction, webhook.mode, '');
    if (meaning.kind !== 'report') {
      const isLater = webhook.mode === 'ASYNC_CALLBACK';
      const waiting = operation === 'createFormation' ? 'INITIAL' : 'DELETING';
      return { formation: isLater ? withState(formation, waiting) : formation, done: false, isUndecided: !isLater };
    }
    const { state, error: message } = meaning.report;
    if (state === 'CONFIG_PENDING') return { formation, done: false, isUndecided: true };
    const told = withState(formation, state, message === undefined ? undefined : { message, errorCode: 2 });
    await enforceStatus(ctx.call, 'PRE', { ...place, formation: told }, operation);
    return { formation: told, done: state === 'READY', isAnswered: true };
  } catch (error) {
    if (error instanceof TechnicalFailure) throw failure(formation, error.message);
    throw error;
  }
}

/**
 * Calls the product by every webhook of the template, whatever its type, if there is one and rules allow it, and says what the formation becomes; nothing is stored.
 * Undefined where nobody was called. @throws UnclassifiedError for technical trouble, and by a rule
 */
export async function tellProduct(
  ctx: DirectorContext,
  place: Place,
  operation: LifecycleOperation,
): Promise<LifecycleOutcome | undefined> {
  const webhooks = await rules.lifecycleWebhooks(ctx.call, place.template.id);
  if (webhooks.length === 0 || !(await isCallAllowed(ctx, place, operation))) return undefined;
  let outcome: LifecycleOutcome | undefined;
  for (const webhook of webhooks)
    outcome = await tellOne(ctx, { ...place, formation: outcome?.formation ?? place.formation }, operation, webhook);
  return outcome;
}
