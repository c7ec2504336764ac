/** The leading product of a template: it is told when a formation of its template is created and deleted, and its answer is taken (`reference: facts/formations.md 6`). */
import { NamedText } from '../../../template/template.ts';
import type { Call, WriteCall } from '../../call.ts';
import type { DirectorContext } from '../../context.ts';
import { UnclassifiedError, unclassified } from '../../errors.ts';
import { type ConstraintType, enforce, type JoinPoint } from '../../formation-constraint/enforce.ts';
import type { StatusReport } from '../../formation-constraint/operators/operator.ts';
import { meaningOf } from '../../notification/answer.ts';
import { call, TechnicalFailure } from '../../notification/send.ts';
import { formationSubject } from '../../notification/subject.ts';
import { lifecycleData } from '../../notification/templates/data.ts';
import { formationData, reportData } from '../../notification/templates/objects.ts';
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
  /** What the product said, where it said something; rules have seen it once. */
  readonly report?: StatusReport;
  /** Whether the product heard of it and said neither yes nor no. */
  readonly isUndecided?: boolean;
}

const lifecyclePoint = ({ formation, template }: Place, details: JoinPoint['details']): Omit<JoinPoint, 'operation'> => ({
  resourceType: 'FORMATION',
  resourceSubtype: template.name,
  template,
  details: {
    ResourceType: 'FORMATION',
    ResourceSubtype: template.name,
    ResourceID: formation.id,
    FormationAssignment: null,
    ReverseFormationAssignment: null,
    ...details,
  },
});

/** Whether rules allow the call. */
async function isCallAllowed(
  ctx: DirectorContext,
  place: Place,
  operation: LifecycleOperation,
  data: JoinPoint['details'],
): Promise<boolean> {
  const { formation, template } = place;
  const point = {
    ...lifecyclePoint(place, {
      Operation: new NamedText(operation),
      FormationID: formation.id,
      FormationName: formation.name,
      FormationType: template.name,
      FormationTemplateID: template.id,
      TenantID: formation.tenant,
      CustomerTenantContext: data['CustomerTenantContext'],
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

/** @throws UnclassifiedError by a rule */
export function enforceStatus(
  call: Call,
  type: ConstraintType,
  place: Place,
  operation: LifecycleOperation,
  report: StatusReport,
): Promise<void> {
  const details = {
    Location: { OperationName: 'NOTIFICATION_STATUS_RETURNED', ConstraintType: type },
    Operation: new NamedText(operation),
    Tenant: place.formation.tenant,
    Formation: formationData(place.formation),
    FormationTemplate: { ID: place.template.id, Name: place.template.name },
    FormationAssignmentTemplateInput: null,
    NotificationStatusReport: reportData(report),
  };
  return enforce(call, type, { ...lifecyclePoint(place, details), operation: 'NOTIFICATION_STATUS_RETURNED', handles: { report } });
}

/** Keeps what a call made of a formation that stays, under the rules that look at it afterwards. Answers it as it is kept. @throws UnclassifiedError by a rule */
export async function keepOutcome(
  call: WriteCall,
  place: Place,
  operation: LifecycleOperation,
  { formation, report, isUndecided }: LifecycleOutcome,
): Promise<FormationRecord> {
  if (isUndecided) return noteSent(call, formation);
  const kept = await storeFormation(call, formation);
  if (report) await enforceStatus(call, 'POST', place, operation, report);
  return kept;
}

const failure = ({ id, name }: FormationRecord, text: string) =>
  unclassified(
    `while processing notifications for formation with ID: "${id}" and name: "${name}": while sending notification for formation with ID: "${id}": ${text}`,
  );

/**
 * Calls the product, if there is one and rules allow it, and says what the formation becomes; nothing is stored.
 * Undefined where nobody was called. @throws UnclassifiedError for technical trouble
 */
export async function tellProduct(
  ctx: DirectorContext,
  place: Place,
  operation: LifecycleOperation,
): Promise<LifecycleOutcome | undefined> {
  const { formation, template } = place;
  const webhook = await rules.lifecycleWebhook(ctx.call, template.id);
  if (!webhook) return undefined;
  const data = await lifecycleData(ctx.call, formation, operation);
  if (!(await isCallAllowed(ctx, place, operation, data))) return undefined;
  const direction = operation === 'createFormation' ? 'assign' : 'unassign';
  try {
    const answer = await call(ctx, {
      webhook,
      data,
      subject: formationSubject(formation, operation),
      point: lifecyclePoint(place, { Operation: new NamedText(operation), Formation: formationData(formation) }),
    });
    const meaning = meaningOf({ ...answer, state: '', configuration: '' }, direction, webhook.mode, '');
    if (meaning.kind !== 'report') {
      const isLater = webhook.mode === 'ASYNC_CALLBACK';
      const waiting = operation === 'createFormation' ? 'INITIAL' : 'DELETING';
      return { formation: isLater ? withState(formation, waiting) : formation, done: false, isUndecided: !isLater };
    }
    const report = { ...meaning.report };
    if (report.state === 'CONFIG_PENDING') return { formation, done: false, isUndecided: true };
    await enforceStatus(ctx.call, 'PRE', place, operation, report);
    const error = report.error === undefined ? undefined : { message: report.error, errorCode: 2 };
    return { formation: withState(formation, report.state, error), done: report.state === 'READY', report };
  } catch (error) {
    if (error instanceof TechnicalFailure) throw failure(formation, error.message);
    throw error;
  }
}
