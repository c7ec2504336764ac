/** Operators about who is in which formation. */
import { applications } from '../../application/records.ts';
import { automaticScenarioAssignments } from '../../automatic-scenario-assignment/records.ts';
import type { Call } from '../../call.ts';
import { formationAssignments } from '../../formation-assignment/records.ts';
import { formations } from '../../formation/records.ts';
import { systemAuthOwnerKey, systemAuths } from '../../system-auth/records.ts';
import { tenants } from '../../tenant/records.ts';
import { type Operator, OperatorError, textOf, textsOf } from './operator.ts';

const unsupported = (type: string) => new OperatorError(`Unsupported resource type "${type}"`);

async function formationsOf(call: Call, type: string, id: string, tenant: string): Promise<string[]> {
  if (type === 'APPLICATION') {
    const assignments = await call.tx.find(formationAssignments, 'object', id);
    return assignments.filter((assignment) => assignment.tenant === tenant).map((assignment) => assignment.formationID);
  }
  if (type !== 'TENANT') throw unsupported(type);
  const [subaccount] = await call.tx.find(tenants, 'externalID', id);
  const automatic = subaccount ? await call.tx.find(automaticScenarioAssignments, 'target', subaccount.id) : [];
  const found = await call.tx.findMany(
    formations,
    'name',
    automatic.filter((assignment) => assignment.tenant === tenant).map((assignment) => `${tenant}|${assignment.scenarioName}`),
  );
  return found.flat().map((formation) => formation.id);
}

/** Whether the object is in no formation of that template; the present one counts too. */
export const isNotAssignedToAnyFormationOfType: Operator = async (call, input) => {
  const ids = await formationsOf(call, textOf(input, 'resource_type'), textOf(input, 'resource_id'), textOf(input, 'tenant'));
  if (textsOf(input, 'exceptSystemTypes').includes(textOf(input, 'resource_subtype'))) return true;
  const found = await call.tx.getMany(formations, [...new Set(ids)]);
  return !found.some((formation) => formation?.formationTemplateId === textOf(input, 'formation_template_id'));
};

/** Whether no application of that type is in the formation. */
export const doesNotContainResourceOfSubtype: Operator = async (call, input) => {
  const type = textOf(input, 'resource_type');
  if (type !== 'APPLICATION') throw unsupported(type);
  const members = await call.tx.find(applications, 'scenario', `${textOf(input, 'tenant')}|${textOf(input, 'formation_name')}`);
  return !members.some((application) => application.labels['applicationType'] === textOf(input, 'resource_subtype'));
};

/** A group as a JSON object with a key, which may be missing; undefined for anything else. */
function groupKey(group: string): string | undefined {
  try {
    const value = JSON.parse(group) as { key?: unknown } | null;
    if (typeof value !== 'object' || Array.isArray(value)) return undefined;
    const key = value?.key ?? '';
    return typeof key === 'string' ? key : undefined;
  } catch {
    return undefined;
  }
}

/** The groups by their keys where all of them are JSON objects, else as they were written. */
function groupNames(groups: readonly string[]): readonly string[] {
  const keys = groups.map(groupKey);
  return keys.every((key) => key !== undefined) ? keys : groups;
}

/** Whether the application was paired with a token for one of the groups, or for no group in particular. */
export const containsScenarioGroups: Operator = async (call, input) => {
  const type = textOf(input, 'resource_type');
  if (type !== 'APPLICATION') throw unsupported(type);
  const required = textsOf(input, 'requiredScenarioGroups');
  if (required.length === 0) return true;
  const id = textOf(input, 'resource_id');
  const application = await call.tx.get(applications, id);
  if (application?.status.condition !== 'CONNECTED') throw new OperatorError(`Application with ID "${id}" is not in status CONNECTED`);
  const auths = await call.tx.find(systemAuths, 'owner', systemAuthOwnerKey('application', id));
  const tokens = auths
    .flatMap(({ auth }) => (auth?.oneTimeToken ? [auth.oneTimeToken] : []))
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  const newest = tokens[0];
  if (!newest) return false;
  const groups = newest.scenarioGroups ?? [];
  return groups.length === 0 || groupNames(groups).some((name) => required.includes(name));
};
