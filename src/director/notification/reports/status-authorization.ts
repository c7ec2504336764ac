/** Who may say how a formation or an assignment stands (`reference: facts/formations.md 10`). */
import { applications } from '../../application/records.ts';
import { applicationTemplates } from '../../application-template/records.ts';
import type { Call } from '../../call.ts';
import type { FormationAssignmentRecord } from '../../formation-assignment/records.ts';
import { formationTemplates } from '../../formation-template/records.ts';
import type { FormationRecord } from '../../formation/records.ts';
import { runtimes } from '../../runtime/records.ts';
import { runtimeContexts } from '../../runtime-context/records.ts';
import { owns } from '../../tenant-access/rules.ts';
import { tenants } from '../../tenant/records.ts';
import { Refused, UNEXPECTED } from './status-body.ts';

export const INSTANCE_CREATOR = 'Instance Creator';

/** Consumers that may leave the state out. */
export const mayOmitState = ({ caller }: Call): boolean =>
  caller.consumer.type === 'Business Integration' || caller.consumer.type === 'Static User';

async function mayByConsumer({ caller, tx }: Call, assignment: FormationAssignmentRecord): Promise<boolean> {
  switch (caller.consumer.type) {
    case 'Static User':
      return caller.tenant?.id === assignment.tenant;
    case 'Business Integration':
      return (await tx.get(tenants, assignment.tenant))?.type === 'resource-group';
    case INSTANCE_CREATOR:
      return true;
    default:
      return false;
  }
}

async function mayForApplication(call: Call, assignment: FormationAssignmentRecord): Promise<boolean> {
  if (await mayByConsumer(call, assignment)) return true;
  const { consumer, tenant } = call.caller;
  if (consumer.type === 'Static User') return false;
  const application = await call.tx.get(applications, assignment.target);
  if (!application) return false;
  if (consumer.type === 'Integration System' && application.integrationSystemID === consumer.id) return true;
  if (application.applicationTemplateID !== undefined && application.applicationTemplateID === consumer.id) return true;
  if (tenant && owns(application, tenant.id)) return true;
  return tenant !== undefined && isFromTemplateOf(call, application.applicationTemplateID, tenant.externalId);
}

/** Whether the template was registered for that subaccount. @throws Refused for a template that was for none */
async function isFromTemplateOf(call: Call, templateID: string | undefined, externalTenant: string): Promise<boolean> {
  const template = templateID === undefined ? undefined : await call.tx.get(applicationTemplates, templateID);
  if (!template) return false;
  const subaccount = template.labels['global_subaccount_id'];
  if (subaccount === undefined) throw new Refused(401, UNEXPECTED);
  return subaccount === externalTenant;
}

async function mayForRuntime(call: Call, { targetType, target }: FormationAssignmentRecord): Promise<boolean> {
  const context = targetType === 'RUNTIME_CONTEXT' ? await call.tx.get(runtimeContexts, target) : undefined;
  const runtime = await call.tx.get(runtimes, context?.runtimeID ?? target);
  const tenant = call.caller.tenant;
  return runtime !== undefined && tenant !== undefined && owns(runtime, tenant.id);
}

/** @throws Refused where it cannot be told */
export const mayReportAssignment = (call: Call, assignment: FormationAssignmentRecord): Promise<boolean> =>
  assignment.targetType === 'APPLICATION' ? mayForApplication(call, assignment) : mayForRuntime(call, assignment);

/** The leading products of the formation's template, in any tenant. */
export async function mayReportFormation(call: Call, formation: FormationRecord): Promise<boolean> {
  const template = await call.tx.get(formationTemplates, formation.formationTemplateId);
  return (template?.leadingProductIDs ?? []).includes(call.caller.consumer.id);
}
