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

type Fields = Readonly<Record<string, FieldKind>>;

const RESOURCE: Fields = { resource_type: 'text', resource_subtype: 'text' };
const RESOURCE_IN_TENANT: Fields = { ...RESOURCE, resource_id: 'text', tenant: 'text' };
const SOURCE: Fields = { source_resource_type: 'text', source_resource_id: 'text' };
const PLACE: Fields = { operation: 'text', join_point_location: 'location' };
const REPORT: Fields = { notification_status_report_memory_address: 'number' };
const ASSIGNMENTS: Fields = { formation_assignment_memory_address: 'number', reverse_formation_assignment_memory_address: 'number' };

const GENERATION: Fields = {
  ...RESOURCE_IN_TENANT,
  ...SOURCE,
  formation_template_id: 'text',
  except_subtypes: 'texts',
  except_formation_types: 'texts',
};
const REDIRECTION: Fields = {
  ...RESOURCE,
  ...PLACE,
  should_redirect: 'flag',
  url_template: 'text',
  url: 'text',
  webhook_memory_address: 'number',
};

/** The fields of each operator's input; others are passed over, whatever they hold. */
export const INPUT_FIELDS: Readonly<Record<string, Fields>> = {
  IsNotAssignedToAnyFormationOfType: { ...RESOURCE_IN_TENANT, formation_template_id: 'text', exceptSystemTypes: 'texts' },
  DoesNotContainResourceOfSubtype: { ...RESOURCE_IN_TENANT, formation_name: 'text' },
  ContainsScenarioGroups: { ...RESOURCE_IN_TENANT, requiredScenarioGroups: 'texts' },
  DoNotGenerateFormationAssignmentNotification: GENERATION,
  DoNotGenerateFormationAssignmentNotificationForLoops: GENERATION,
  ConfigMutator: {
    ...RESOURCE,
    ...SOURCE,
    ...PLACE,
    ...REPORT,
    tenant: 'text',
    state: 'text',
    modified_configuration: 'text',
    only_for_source_subtypes: 'texts',
  },
  RedirectNotification: REDIRECTION,
  AsynchronousFlowControl: {
    ...REDIRECTION,
    ...REPORT,
    ...ASSIGNMENTS,
    fail_on_sync_participants: 'flag',
    fail_on_non_btp_participants: 'flag',
  },
  DestinationCreator: {
    ...RESOURCE,
    ...PLACE,
    ...REPORT,
    ...ASSIGNMENTS,
    skip_subaccount_validation: 'flag',
    use_cert_svc_keystore_for_saml: 'flag',
  },
};
