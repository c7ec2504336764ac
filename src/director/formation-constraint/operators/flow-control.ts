/** The operator that puts an Instance Creator between the plane and participants that live in a subaccount (`reference: facts/formations.md 11`). */
import { applications } from '../../application/records.ts';
import type { Call } from '../../call.ts';
import { runtimes } from '../../runtime/records.ts';
import { runtimeContexts } from '../../runtime-context/records.ts';
import { redirectNotification } from './notifications.ts';
import { type Handles, type Operator, OperatorError, type OperatorInput, type StatusReport, textOf } from './operator.ts';

const SUBACCOUNT = 'global_subaccount_id';

async function livesInSubaccount({ tx }: Call, type: string, id: string): Promise<boolean> {
  if (type === 'APPLICATION') return (await tx.get(applications, id))?.labels[SUBACCOUNT] !== undefined;
  const context = type === 'RUNTIME_CONTEXT' ? await tx.get(runtimeContexts, id) : undefined;
  const runtime = await tx.get(runtimes, context?.runtimeID ?? id);
  return context?.labels[SUBACCOUNT] !== undefined || runtime?.labels[SUBACCOUNT] !== undefined;
}

/** Whether the configuration asks for credentials that only an Instance Creator can make. */
function asksForCredentials(configuration: string | undefined): boolean {
  try {
    const value = JSON.parse(configuration ?? 'null') as { credentials?: { inboundCommunication?: unknown } } | null;
    return value?.credentials?.inboundCommunication !== undefined;
  } catch {
    return false;
  }
}

/** Calls about joining go to the Instance Creator, and those about leaving once the participant itself has agreed. */
function redirect(call: Call, input: OperatorInput, handles: Handles) {
  const isForCreator = textOf(input, 'operation') === 'assign' || handles.assignment?.operationType === 'INSTANCE_CREATOR_UNASSIGN';
  return isForCreator ? redirectNotification(call, input, handles) : true;
}

/** Holds back a READY that the Instance Creator has still to follow up. */
function holdBack({ caller }: Call, input: OperatorInput, report: StatusReport): void {
  if (report.state !== 'READY') return;
  if (textOf(input, 'operation') === 'assign') {
    if (asksForCredentials(report.configuration)) report.state = 'CONFIG_PENDING';
  } else if (caller.consumer.type !== 'Instance Creator') report.state = 'DELETING';
}

export const asynchronousFlowControl: Operator = async (call, input, handles) => {
  const passes = (isStrict: unknown, who: string): boolean => {
    if (isStrict === true) throw new OperatorError(`Instance creator is not supported on ${who} participants`);
    return true;
  };
  if (!(await livesInSubaccount(call, textOf(input, 'resource_type'), textOf(input, 'resource_id'))))
    return passes(input['fail_on_non_btp_participants'], 'non-BTP');
  if (handles.assignment?.isSync) return passes(input['fail_on_sync_participants'], 'synchronous');
  if (handles.webhook) return redirect(call, input, handles);
  if (handles.report) holdBack(call, input, handles.report);
  return true;
};
