/** What a participant says about an assignment, by its answer or over the status API, and the rules that see it first. */
import { NamedText } from '../../../template/template.ts';
import type { Call } from '../../call.ts';
import { UnclassifiedError } from '../../errors.ts';
import type { FormationAssignmentRecord } from '../../formation-assignment/records.ts';
import { latestOperation } from '../../formation-assignment/operations.ts';
import { errorText } from '../../formation-assignment/rules.ts';
import { type ConstraintType, enforce } from '../../formation-constraint/enforce.ts';
import { ADDRESS, type AssignmentFacts, type StatusReport } from '../../formation-constraint/operators/operator.ts';
import type { Place } from '../../formation/place.ts';
import type { WebhookRecord } from '../../webhook/records.ts';
import { keptConfiguration } from '../answer.ts';
import type { Notification, Operation } from '../notification.ts';
import {
  assignmentData,
  constraintAssignmentData,
  formationData,
  formationTemplateData,
  receiverDetails,
  reportData,
} from '../templates/objects.ts';

export interface ReportSubject {
  readonly assignment: FormationAssignmentRecord;
  readonly reverse: FormationAssignmentRecord | undefined;
  readonly operation: Operation;
  /** Rules may change it. */
  readonly report: StatusReport;
}

/** Without a webhook the assignment's target speaks over the status API. */
export const factsOf = (assignment: FormationAssignmentRecord, webhook: WebhookRecord | undefined): AssignmentFacts => ({
  mode: webhook ? webhook.mode : 'ASYNC_CALLBACK',
  operationType: latestOperation(assignment)?.operationType,
  targetType: assignment.targetType,
  target: assignment.target,
  state: assignment.state,
  configuration: assignment.configuration,
});

/** @throws UnclassifiedError by a rule */
export function enforceStatusRules(
  call: Call,
  type: ConstraintType,
  { formation, template }: Place,
  { receiver, data, webhook }: Omit<Notification, 'webhook'> & Partial<Pick<Notification, 'webhook'>>,
  { assignment, reverse, operation, report }: ReportSubject,
): Promise<void> {
  const assignments = {
    FormationAssignment: constraintAssignmentData(assignment, ADDRESS.assignment),
    ReverseFormationAssignment: constraintAssignmentData(reverse, ADDRESS.reverseAssignment),
  };
  return enforce(call, type, {
    operation: 'NOTIFICATION_STATUS_RETURNED',
    resourceType: receiver.type,
    resourceSubtype: receiver.subtype,
    template,
    handles: { report, assignment: factsOf(assignment, webhook) },
    details: {
      ...receiverDetails(receiver),
      ...assignments,
      Location: { OperationName: 'NOTIFICATION_STATUS_RETURNED', ConstraintType: type },
      NotificationStatusReport: reportData(report),
      Tenant: formation.tenant,
      Operation: new NamedText(operation),
      Formation: formationData(formation),
      FormationTemplate: formationTemplateData(template),
      FormationAssignmentTemplateInput: {
        ...data,
        Assignment: assignmentData(assignment),
        ReverseAssignment: assignmentData(reverse),
      },
    },
  });
}

/** The fault by a rule, if there is one. */
export async function faultOf(enforced: Promise<void>): Promise<UnclassifiedError | undefined> {
  try {
    await enforced;
    return undefined;
  } catch (error) {
    if (error instanceof UnclassifiedError) return error;
    throw error;
  }
}

/** A configuration that is no JSON. */
export class UnreadableConfiguration extends UnclassifiedError {}

/** The assignment as the report makes it: an error keeps the configuration, anything else replaces it and clears the error. @throws UnreadableConfiguration */
export function withReport(assignment: FormationAssignmentRecord, report: StatusReport): FormationAssignmentRecord {
  if (report.state.endsWith('_ERROR'))
    return { ...assignment, state: report.state, ...(report.error !== undefined && { error: errorText(report.error, 2) }) };
  const { configuration: _, error: __, ...rest } = assignment;
  if (report.configuration === undefined) return { ...rest, state: report.state };
  const configuration = keptConfiguration(report.configuration);
  if (configuration === undefined)
    throw new UnreadableConfiguration(`the configuration of formation assignment with ID "${assignment.id}" is not valid JSON`);
  return { ...rest, state: report.state, configuration };
}
