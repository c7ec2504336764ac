/** What the input templates of constraints may name at each join point, as it is tried when one is registered (`reference: facts/formations.md 11`). */
import { describe, expect, it } from 'vitest';
import { constraintFaults } from '../../../../src/director/formation-constraint/input.ts';

const faultOf = (
  targetOperation: string,
  inputTemplate: string,
  operator = 'ConfigMutator',
  constraintType = 'PRE',
): string | undefined => {
  try {
    constraintFaults({
      name: 'rule',
      constraintType,
      targetOperation,
      operator,
      resourceType: 'APPLICATION',
      resourceSubtype: 'ANY',
      inputTemplate,
      constraintScope: 'GLOBAL',
    } as never);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
};
const naming = (field: string) => `{"tenant":"{{ ${field} }}"}`;

describe('a constraint may name', () => {
  it.each([
    ['SEND_NOTIFICATION', '.TemplateInput.SourceApplication.Application.LocalTenantID'],
    ['SEND_NOTIFICATION', '.TemplateInput.TargetApplication.BaseEntity.ID'],
    ['SEND_NOTIFICATION', '.TemplateInput.SourceApplication.Status.Condition'],
    ['SEND_NOTIFICATION', '.TemplateInput.SourceApplicationTemplate.ApplicationTemplate.Name'],
    ['SEND_NOTIFICATION', '.Webhook.ApplicationID'],
    ['NOTIFICATION_STATUS_RETURNED', '.FormationAssignmentTemplateInput.SourceApplication.Labels.foo'],
    ['NOTIFICATION_STATUS_RETURNED', '.FormationTemplate.SupportsReset'],
    ['NOTIFICATION_STATUS_RETURNED', '.FormationAssignment.LastStateChangeTimestamp'],
    ['GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION', '.Runtime.Runtime.Name'],
    ['GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION', '.RuntimeContext.RuntimeContext.Value'],
    ['GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION', '.SourceApplication.Tenant.BusinessTenantMapping.ID'],
    ['GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION', '.Assignment.ID'],
    ['LOAD_FORMATIONS', '.Whatever.It.Is'],
    ['SELECT_SYSTEMS_FOR_FORMATION', '.ResourceID'],
  ])('%s: %s', (operation, field) => expect(faultOf(operation, naming(field))).toBeUndefined());
});

describe('a constraint may not name', () => {
  it.each([
    ['SEND_NOTIFICATION', '.ResourceID'],
    ['SEND_NOTIFICATION', '.TemplateInput.Runtime.ID'],
    ['SEND_NOTIFICATION', '.TemplateInput.SourceApplication.Tenant.ID'],
    ['SEND_NOTIFICATION', '.TemplateInput.Assignment.ID'],
    ['NOTIFICATION_STATUS_RETURNED', '.ResourceID'],
    ['NOTIFICATION_STATUS_RETURNED', '.FormationAssignmentTemplateInput.Application.ID'],
    ['GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION', '.ApplicationTemplate.TrustDetails.Subjects'],
    ['GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION', '.SourceApplication.Status.Condition'],
    ['ASSIGN_FORMATION', '.Whatever'],
  ])('%s: %s', (operation, field) =>
    expect(faultOf(operation, naming(field))).toContain('Invalid data [reason=failed to parse input template: '),
  );
});
