/** "The runtimes of this subaccount belong to that formation" (`reference: facts/runtimes.md 7`). Who joins and leaves by it is the formations' business. */
import { tenantOf, type Call, type WriteCall } from '../call.ts';
import { invalidOperation, notFound, unclassified } from '../errors.ts';
import { LARGEST_PAGE, pageInOrder, type Page, type PageArguments } from '../page.ts';
import type { LabelSelectorInput } from '../schema/types.generated.ts';
import { requireTenantByExternalID } from '../tenant/rules.ts';
import { automaticScenarioAssignments, type AutomaticScenarioAssignmentRecord } from './records.ts';

/** The wire spells it so. */
const OBJECT = 'automaticScenarioAssigment';

/** Assignments of any tenant that name this one as their target: into these formations its runtimes and contexts go. */
const automaticAssignmentsFor = async (call: Call, targetTenant: string): Promise<readonly AutomaticScenarioAssignmentRecord[]> =>
  call.tx.find(automaticScenarioAssignments, 'target', targetTenant);

/** The assignment of a formation of the calling tenant. */
const automaticAssignmentOf = async (call: Call, scenarioName: string): Promise<AutomaticScenarioAssignmentRecord | undefined> =>
  (await call.tx.find(automaticScenarioAssignments, 'scenario', `${tenantOf(call)}|${scenarioName}`))[0];

/** @throws NotFound without one */
export async function requireAutomaticAssignment(call: Call, scenarioName: string): Promise<AutomaticScenarioAssignmentRecord> {
  const assignment = await automaticAssignmentOf(call, scenarioName);
  if (!assignment) throw notFound(OBJECT);
  return assignment;
}

/**
 * Gives a formation of the calling tenant the runtimes of one of its subaccounts, named by external id.
 * @throws NotFound [object=tenant]; UnclassifiedError unless it is a direct child; InvalidOperation if the formation has an assignment
 */
export async function createAutomaticAssignment(
  call: WriteCall,
  scenarioName: string,
  externalTenantID: string,
): Promise<AutomaticScenarioAssignmentRecord> {
  const tenant = tenantOf(call);
  const target = await requireTenantByExternalID(call, externalTenantID);
  if (!target.parents.includes(tenant))
    throw unclassified(`tenant with ID ${externalTenantID} is not a child of the tenant of the formation`);
  if (await automaticAssignmentOf(call, scenarioName)) throw invalidOperation('a given scenario already has an assignment');
  const assignment = { id: call.newId(), tenant, scenarioName, targetTenant: target.id };
  await call.tx.put(automaticScenarioAssignments, assignment);
  return assignment;
}

/** Assignments of a tenant that goes, and those that name it. */
export async function removeAutomaticAssignmentsOf(call: WriteCall, tenantId: string): Promise<void> {
  const [own, targeting] = await Promise.all([
    call.tx.find(automaticScenarioAssignments, 'tenant', tenantId),
    call.tx.find(automaticScenarioAssignments, 'target', tenantId),
  ]);
  for (const { id } of [...own, ...targeting]) await call.tx.delete(automaticScenarioAssignments, id);
}

/** By scenario name. */
export async function listAutomaticAssignments(call: Call, args: PageArguments): Promise<Page<AutomaticScenarioAssignmentRecord>> {
  const tenant = tenantOf(call);
  return pageInOrder<AutomaticScenarioAssignmentRecord>(
    args,
    LARGEST_PAGE,
    ({ scenarioName }) => scenarioName,
    (part) => call.tx.page(automaticScenarioAssignments, { all: [{ index: 'tenant', anyOf: [tenant] }], ...part }),
  );
}

/** @throws NotFound [object=tenant] for a value that names no tenant */
export async function automaticAssignmentsForSelector(
  call: Call,
  selector: LabelSelectorInput,
): Promise<readonly AutomaticScenarioAssignmentRecord[]> {
  const tenant = tenantOf(call);
  const target = await requireTenantByExternalID(call, selector.value);
  return (await automaticAssignmentsFor(call, target.id)).filter((assignment) => assignment.tenant === tenant);
}
