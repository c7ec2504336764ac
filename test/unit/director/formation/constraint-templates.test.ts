/** What the input templates of constraints may name at each join point, as it is tried when one is registered (`reference: facts/formations.md 11`). */
import { describe, expect, it } from 'vitest';
import { INPUT_FIELDS } from '../../../../src/director/formation-constraint/operators/index.ts';
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

describe('the input of an operator', () => {
  const OPERATORS = ['IsNotAssignedToAnyFormationOfType', 'ConfigMutator', 'RedirectNotification', 'AsynchronousFlowControl'] as const;
  const fault = (input: string, operator: string) => faultOf('ASSIGN_FORMATION', input, operator);

  it.each([
    ['nothing', 'null'],
    ['null in a field', '{"tenant":null,"resource_type":null}'],
    ['a field of no operator', '{"whatever":{"a":[1]}}'],
    ['letters of another case', '{"TENANT":"t","Resource_Type":"APPLICATION"}'],
  ])('may be %s', (_, input) => {
    for (const operator of OPERATORS) expect(fault(input, operator)).toBeUndefined();
  });

  it.each([
    ['IsNotAssignedToAnyFormationOfType', '{"exceptSystemTypes":"x"}', 'exceptSystemTypes'],
    ['IsNotAssignedToAnyFormationOfType', '{"EXCEPTSYSTEMTYPES":[1]}', 'exceptSystemTypes'],
    ['ConfigMutator', '{"state":1}', 'state'],
    ['ConfigMutator', '{"join_point_location":{"OperationName":1}}', 'join_point_location'],
    ['ConfigMutator', '{"join_point_location":{"constrainttype":[]}}', 'join_point_location'],
    ['RedirectNotification', '{"should_redirect":"true"}', 'should_redirect'],
    ['RedirectNotification', '{"webhook_memory_address":-1}', 'webhook_memory_address'],
    ['AsynchronousFlowControl', '{"url_template":{}}', 'url_template'],
  ])('of %s is refused for %s', (operator, input, field) => {
    expect(fault(input, operator)).toContain(`failed to parse input template: Invalid data [reason=field ${field} cannot be`);
    const other = OPERATORS.find((name) => !(field in INPUT_FIELDS[name]!))!;
    expect(fault(input, other)).toBeUndefined();
  });

  it('is an object', () => {
    for (const input of ['[]', '"x"', '5', 'true']) expect(fault(input, 'ConfigMutator')).toContain('a JSON object is needed');
  });
});
