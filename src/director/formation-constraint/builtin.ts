/** The rules that every plane has from the start (`reference: facts/formations.md 11`). */
import type { FormationConstraintRecord } from './records.ts';

type BuiltIn = Omit<FormationConstraintRecord, 'id' | 'createdAt'>;

const OBJECT_OF_ASSIGNMENT =
  '"formation_template_id": "{{.FormationTemplateID}}","resource_type": "{{.ResourceType}}","resource_subtype": "{{.ResourceSubtype}}","resource_id": "{{.ResourceID}}","tenant": "{{.TenantID}}"';

const RECEIVER =
  '"resource_type": "{{.ResourceType}}","resource_subtype": "{{.ResourceSubtype}}","resource_id": "{{.ResourceID}}","source_resource_type": "APPLICATION"';

export const BUILT_IN_CONSTRAINTS: readonly BuiltIn[] = [
  {
    name: 'SubaccountInAtMostOneFormationOfGivenType',
    description: '',
    constraintType: 'PRE',
    targetOperation: 'ASSIGN_FORMATION',
    operator: 'IsNotAssignedToAnyFormationOfType',
    resourceType: 'TENANT',
    resourceSubtype: 'subaccount',
    inputTemplate: `{${OBJECT_OF_ASSIGNMENT}}`,
    constraintScope: 'FORMATION_TYPE',
    priority: 0,
  },
  {
    name: 'SystemInAtMostOneFormationOfGivenType',
    description: '',
    constraintType: 'PRE',
    targetOperation: 'ASSIGN_FORMATION',
    operator: 'IsNotAssignedToAnyFormationOfType',
    resourceType: 'APPLICATION',
    resourceSubtype: 'ANY',
    inputTemplate: `{${OBJECT_OF_ASSIGNMENT},"exceptSystemTypes": ["SAP S/4HANA Cloud"]}`,
    constraintScope: 'FORMATION_TYPE',
    priority: 0,
  },
  {
    name: 'DoNotSendNotificationsToKymaAdapterInAFormationTypeExceptForServiceCloudVersion2',
    description: '',
    constraintType: 'PRE',
    targetOperation: 'GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION',
    operator: 'DoNotGenerateFormationAssignmentNotification',
    resourceType: 'RUNTIME',
    resourceSubtype: 'kyma',
    inputTemplate: `{${RECEIVER},"source_resource_id": "{{.Application.ID}}","tenant": "{{.TenantID}}","formation_template_id":"{{.FormationTemplateID}}","except_subtypes": ["SAP Service Cloud Version 2", "App1"]}`,
    constraintScope: 'GLOBAL',
    priority: 0,
  },
  {
    name: 'DoNotGenerateFormationAssignmentNotificationForLoopsGlobalApplication',
    description: 'Skip generating notifications for loops for application that is assigned',
    constraintType: 'PRE',
    targetOperation: 'GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION',
    operator: 'DoNotGenerateFormationAssignmentNotificationForLoops',
    resourceType: 'APPLICATION',
    resourceSubtype: 'ANY',
    inputTemplate: `{${RECEIVER},"source_resource_id":"{{ if .SourceApplication }}{{.SourceApplication.ID}}{{end}}","tenant": "{{.TenantID}}"}`,
    constraintScope: 'GLOBAL',
    priority: 0,
  },
];
