/** Empty objects of each kind of template: what a webhook's or constraint's template is tried with when it is registered. */
import { NamedText, RawJson } from '../../../template/template.ts';
import type { ApplicationRecord } from '../../application/records.ts';
import type { ApplicationTemplateRecord } from '../../application-template/records.ts';
import type { FormationTemplateRecord } from '../../formation-template/records.ts';
import type { FormationRecord } from '../../formation/records.ts';
import type { RuntimeRecord } from '../../runtime/records.ts';
import type { RuntimeContextRecord } from '../../runtime-context/records.ts';
import type { TenantRecord } from '../../tenant/records.ts';
import {
  applicationData,
  applicationTemplateData,
  assignmentData,
  constraintAssignmentData,
  type Data,
  formationData,
  formationTemplateData,
  runtimeContextData,
  runtimeData,
  tenantData,
  webhookData,
} from './objects.ts';

const COMMON = { id: '', name: '', labels: {}, scenarios: {}, access: [], createdAt: '', status: { condition: '', timestamp: '' } };
const TENANT: TenantRecord = { id: '', externalID: '', name: '', type: '', provider: '', parents: [], labels: {} };
const APPLICATION: ApplicationRecord = { ...COMMON, ready: false };
const RUNTIME: RuntimeRecord = COMMON;
const CONTEXT: RuntimeContextRecord = { ...COMMON, runtimeID: '', key: '', value: '' };
const TEMPLATE: ApplicationTemplateRecord = {
  id: '',
  name: '',
  applicationInput: {},
  placeholders: [],
  labels: {},
  accessLevel: 'GLOBAL',
  createdAt: '',
  updatedAt: '',
};
const FORMATION_TEMPLATE: FormationTemplateRecord = {
  id: '',
  name: '',
  applicationTypes: [],
  supportsReset: false,
  labels: {},
  constraints: [],
  createdAt: '',
};
const FORMATION: FormationRecord = { id: '', tenant: '', formationTemplateId: '', name: '', state: '', createdAt: '' };

const tenant = tenantData(TENANT);
const application = { ...applicationData(APPLICATION, tenant, []), Status: null };
const applicationTemplate = { ...applicationTemplateData(TEMPLATE), Tenant: tenant };
const runtime = { ...runtimeData(RUNTIME, tenant, []), Status: null };
const runtimeContext = runtimeContextData(CONTEXT, tenant, []);
const customerTenantContext = { AccountID: null, Path: null, CustomerID: '', CostObjectID: '' };
const operation = new NamedText('');

const common = { Operation: operation, FormationID: '', Formation: formationData(FORMATION), CustomerTenantContext: customerTenantContext };
const between = {
  SourceApplicationTemplate: applicationTemplate,
  SourceApplication: application,
  TargetApplicationTemplate: applicationTemplate,
  TargetApplication: application,
};
const withRuntime = {
  ApplicationTemplate: applicationTemplate,
  Application: application,
  Runtime: runtime,
  RuntimeContext: runtimeContext,
};
const assignments = { Assignment: assignmentData(undefined), ReverseAssignment: assignmentData(undefined) };

const BY_WEBHOOK_TYPE: Readonly<Record<string, Data>> = {
  APPLICATION_TENANT_MAPPING: { ...common, ...between, ...assignments },
  CONFIGURATION_CHANGED: { ...common, ...withRuntime, ...assignments },
  FORMATION_LIFECYCLE: { Operation: operation, Formation: common.Formation, CustomerTenantContext: customerTenantContext },
};

/** The empty object for URL, header and input templates of a webhook that formations call; undefined for other types. */
export const emptyWebhookData = (webhookType: string): Data | undefined => BY_WEBHOOK_TYPE[webhookType];

const receiver = { ResourceType: new NamedText(''), ResourceSubtype: '' };
const resource = { ...receiver, ResourceID: '' };
const location = { OperationName: new NamedText(''), ConstraintType: new NamedText('') };
const rawAssignment = constraintAssignmentData(undefined, 1n);
const formationEvent = { FormationType: '', FormationTemplateID: '', FormationName: '', TenantID: '' };
const inFormation = {
  Operation: operation,
  FormationAssignment: rawAssignment,
  ReverseFormationAssignment: rawAssignment,
  Formation: common.Formation,
};
const untrusted = { ...applicationTemplate, TrustDetails: null };
/** What rules about making a notification may name: the objects of both kinds of webhooks, without certificates. */
const generated = {
  ...common,
  ...between,
  ...withRuntime,
  SourceApplicationTemplate: untrusted,
  TargetApplicationTemplate: untrusted,
  ApplicationTemplate: untrusted,
  Runtime: { ...runtime, TrustDetails: null },
  ...assignments,
};

/** What calls and answers are about is tried as that of two applications, with a label and without the tenants. */
const told = {
  application: { ...applicationData({ ...APPLICATION, labels: { foo: 'bar' } }, null, []) },
  template: { ...applicationTemplateData({ ...TEMPLATE, labels: { foo: 'bar' } }), TrustDetails: null },
};
const templateInput = {
  ...common,
  SourceApplicationTemplate: told.template,
  SourceApplication: told.application,
  TargetApplicationTemplate: told.template,
  TargetApplication: told.application,
  Assignment: null,
  ReverseAssignment: null,
};

const BY_JOIN_POINT: Readonly<Record<string, Data>> = {
  CREATE_FORMATION: formationEvent,
  DELETE_FORMATION: formationEvent,
  ASSIGN_FORMATION: { ...resource, ...formationEvent, FormationID: '' },
  UNASSIGN_FORMATION: { ...resource, FormationType: '', FormationTemplateID: '', FormationID: '', TenantID: '' },
  GENERATE_FORMATION_ASSIGNMENT_NOTIFICATION: { ...generated, ...resource, FormationTemplateID: '', TenantID: '' },
  GENERATE_FORMATION_NOTIFICATION: {
    ...formationEvent,
    Operation: operation,
    FormationID: '',
    CustomerTenantContext: customerTenantContext,
  },
  SEND_NOTIFICATION: {
    ...receiver,
    ...inFormation,
    Location: location,
    Webhook: webhookData({ id: '', type: '', createdAt: '', owner: { kind: 'application', id: '' } }),
    CorrelationID: '',
    TemplateInput: templateInput,
  },
  NOTIFICATION_STATUS_RETURNED: {
    ...receiver,
    ...inFormation,
    Location: location,
    NotificationStatusReport: { State: '', Configuration: new RawJson(''), Error: '', GetAddress: 1n },
    Tenant: '',
    FormationAssignmentTemplateInput: templateInput,
    FormationTemplate: formationTemplateData(FORMATION_TEMPLATE),
  },
};

/** Undefined for join points without details of their own, where a template may name anything: nothing is ever checked there. */
export const emptyDetails = (targetOperation: string): Data | undefined => BY_JOIN_POINT[targetOperation];
