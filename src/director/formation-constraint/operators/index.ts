/** Every operator that a constraint may name, with the fields of its input. */
import { containsScenarioGroups, doesNotContainResourceOfSubtype, isNotAssignedToAnyFormationOfType } from './membership.ts';
import { asynchronousFlowControl } from './flow-control.ts';
import {
  configMutator,
  destinationCreator,
  doNotGenerateNotification,
  doNotGenerateNotificationForLoops,
  redirectNotification,
} from './notifications.ts';
import type { FieldKind, Operator } from './operator.ts';

export const OPERATORS: Readonly<Record<string, Operator>> = {
  IsNotAssignedToAnyFormationOfType: isNotAssignedToAnyFormationOfType,
  DoesNotContainResourceOfSubtype: doesNotContainResourceOfSubtype,
  ContainsScenarioGroups: containsScenarioGroups,
  DoNotGenerateFormationAssignmentNotification: doNotGenerateNotification,
  DoNotGenerateFormationAssignmentNotificationForLoops: doNotGenerateNotificationForLoops,
  ConfigMutator: configMutator,
  RedirectNotification: redirectNotification,
  AsynchronousFlowControl: asynchronousFlowControl,
  DestinationCreator: destinationCreator,
};

/** Fields that have the same kind in the inputs of all operators; others are passed over. */
export const INPUT_FIELDS: Readonly<Record<string, FieldKind>> = {
  formation_template_id: 'text',
  formation_name: 'text',
  resource_type: 'text',
  resource_subtype: 'text',
  resource_id: 'text',
  tenant: 'text',
  exceptSystemTypes: 'texts',
  requiredScenarioGroups: 'texts',
  source_resource_type: 'text',
  source_resource_id: 'text',
  except_subtypes: 'texts',
  except_formation_types: 'texts',
  operation: 'text',
  state: 'text',
  modified_configuration: 'text',
  only_for_source_subtypes: 'texts',
  notification_status_report_memory_address: 'number',
  webhook_memory_address: 'number',
  formation_assignment_memory_address: 'number',
  reverse_formation_assignment_memory_address: 'number',
  should_redirect: 'flag',
  url_template: 'text',
  url: 'text',
  fail_on_sync_participants: 'flag',
  fail_on_non_btp_participants: 'flag',
  skip_subaccount_validation: 'flag',
  use_cert_svc_keystore_for_saml: 'flag',
  join_point_location: 'object',
};
