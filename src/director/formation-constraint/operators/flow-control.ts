/** The operator that puts an Instance Creator between the plane and participants that live in a subaccount (`reference: facts/formations.md 11`). */
import { applications } from '../../application/records.ts';
import type { Call } from '../../call.ts';
import type { Labels } from '../../label/records.ts';
import { runtimes } from '../../runtime/records.ts';
import { runtimeContexts } from '../../runtime-context/records.ts';
import { redirectNotification } from './notifications.ts';
import {
  type AssignmentFacts,
  type Handles,
  handleOf,
  isAt,
  type Operator,
  OperatorError,
  type OperatorInput,
  type StatusReport,
  textOf,
} from './operator.ts';

const SUBACCOUNT = 'global_subaccount_id';

async function labelsOf({ tx }: Call, { targetType, target }: AssignmentFacts): Promise<Labels | undefined> {
  if (targetType === 'APPLICATION') return (await tx.get(applications, target))?.labels;
  return (await (targetType === 'RUNTIME' ? tx.get(runtimes, target) : tx.get(runtimeContexts, target)))?.labels;
}

/** Whether the participant itself carries the label: a runtime's counts for the runtime alone, not for its contexts. */
async function livesInSubaccount(call: Call, assignment: AssignmentFacts): Promise<boolean> {
  const subaccount = (await labelsOf(call, assignment))?.[SUBACCOUNT];
  return typeof subaccount === 'string' && subaccount !== '';
}

/** Whether the configuration asks for credentials that only an Instance Creator can make. */
function asksForCredentials(configuration: string | undefined): boolean {
  try {
    const value = JSON.parse(configuration ?? 'null') as { credentials?: { inboundCommunication?: unknown } | null } | null;
    return (value?.credentials?.inboundCommunication ?? null) !== null;
  } catch {
    return false;
  }
}

/** Calls about joining go to the Instance Creator, and those about leaving once the participant itself has agreed. */
function redirect(call: Call, input: OperatorInput, handles: Handles, { operationType }: AssignmentFacts) {
  if (textOf(input, 'operation') === 'assign') return redirectNotification(call, input, handles);
  const isAgreed = operationType === 'INSTANCE_CREATOR_UNASSIGN';
  return isAgreed ? redirectNotification(call, { ...input, should_redirect: true }, handles) : true;
}

/** Refuses those whom no Instance Creator can follow up, where the rule is strict; else they pass. @throws OperatorError */
function passes(isStrict: unknown, who: string): true {
  if (isStrict === true) throw new OperatorError(`Instance creator is not supported on ${who} participants`);
  return true;
}

/** Holds back a READY that the Instance Creator has still to follow up. Who agrees at once to a leaving is believed. @throws OperatorError */
function holdBack({ caller }: Call, input: OperatorInput, report: StatusReport, { mode, state }: AssignmentFacts): true {
  if (report.state !== 'READY') return true;
  if (textOf(input, 'operation') === 'assign') {
    if (asksForCredentials(report.configuration)) report.state = 'CONFIG_PENDING';
  } else if (state === 'DELETING' && caller.consumer.type !== 'Instance Creator') {
    if (mode === 'SYNC') return passes(input['fail_on_sync_participants'], 'synchronous');
    if (mode === 'ASYNC_CALLBACK') report.state = 'DELETING';
  }
  return true;
}

export const asynchronousFlowControl: Operator = async (call, input, handles) => {
  const assignment = handleOf(input, 'formation_assignment_memory_address', handles, 'assignment');
  if (!(await livesInSubaccount(call, assignment))) return passes(input['fail_on_non_btp_participants'], 'non-BTP');
  if (isAt(input, 'SEND_NOTIFICATION', 'PRE'))
    return assignment.mode === 'SYNC'
      ? passes(input['fail_on_sync_participants'], 'synchronous')
      : redirect(call, input, handles, assignment);
  if (isAt(input, 'NOTIFICATION_STATUS_RETURNED', 'PRE'))
    return holdBack(call, input, handleOf(input, 'notification_status_report_memory_address', handles, 'report'), assignment);
  return true;
};
