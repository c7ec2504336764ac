/** The objects that templates of webhooks and constraints may name, with the reference's names of fields (`reference: facts/formations.md 4`). */
import { type GoMap, NamedText, RawJson, textMap } from '../../../template/template.ts';
import type { ApplicationRecord } from '../../application/records.ts';
import type { ApplicationTemplateRecord } from '../../application-template/records.ts';
import type { FormationAssignmentRecord } from '../../formation-assignment/records.ts';
import { ADDRESS, type StatusReport } from '../../formation-constraint/operators/operator.ts';
import type { FormationRecord } from '../../formation/records.ts';
import { sortedJson, storedJson } from '../../json-text.ts';
import type { Labels } from '../../label/records.ts';
import type { RuntimeRecord } from '../../runtime/records.ts';
import type { RuntimeContextRecord } from '../../runtime-context/records.ts';
import type { TenantRecord } from '../../tenant/records.ts';
import type { WebhookRecord } from '../../webhook/records.ts';
import type { Receiver } from '../notification.ts';

export type Data = Readonly<Record<string, unknown>>;

/** Labels as text: a text is itself, anything else its JSON. */
const labelTexts = (labels: Labels): GoMap =>
  textMap(Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, typeof value === 'string' ? value : sortedJson(value)])));

const orNull = <T>(value: T | undefined): T | null => value ?? null;

export const formationData = (formation: FormationRecord): Data => ({
  ID: formation.id,
  TenantID: formation.tenant,
  FormationTemplateID: formation.formationTemplateId,
  Name: formation.name,
  State: new NamedText(formation.state),
  Error: new RawJson(formation.error ? storedJson({ error: formation.error }) : ''),
});

/** A missing assignment has empty texts, no value and no error. */
export const assignmentData = (assignment: FormationAssignmentRecord | undefined): Data => ({
  ID: assignment?.id ?? '',
  FormationID: assignment?.formationID ?? '',
  TenantID: assignment?.tenant ?? '',
  Source: assignment?.source ?? '',
  SourceType: new NamedText(assignment?.sourceType ?? ''),
  Target: assignment?.target ?? '',
  TargetType: new NamedText(assignment?.targetType ?? ''),
  State: assignment?.state ?? '',
  Value: orNull(assignment?.configuration),
  Error: orNull(assignment?.error),
});

/** An assignment as constraints know it: value and error are raw JSON. */
export const constraintAssignmentData = (assignment: FormationAssignmentRecord | undefined, address: bigint): Data => ({
  ...assignmentData(assignment),
  Value: raw(assignment?.configuration),
  Error: raw(assignment?.error),
  GetAddress: address,
});

const raw = (json: string | undefined): RawJson => new RawJson(json ?? '');

/** What was answered or reported, as constraints know it. */
export const reportData = (report: StatusReport): Data => ({
  State: report.state,
  Configuration: raw(report.configuration),
  Error: report.error ?? '',
  GetAddress: ADDRESS.report,
});

/** A webhook as rules about calls know it, without its credentials. */
export const webhookData = (webhook: WebhookRecord): Data => ({
  ID: webhook.id,
  Type: new NamedText(webhook.type),
  Mode: webhook.mode === undefined ? null : new NamedText(webhook.mode),
  CorrelationIDKey: orNull(webhook.correlationIdKey),
  RetryInterval: webhook.retryInterval === undefined ? null : BigInt(webhook.retryInterval),
  Timeout: webhook.timeout === undefined ? null : BigInt(webhook.timeout),
  URL: orNull(webhook.url),
  URLTemplate: orNull(webhook.urlTemplate),
  InputTemplate: orNull(webhook.inputTemplate),
  HeaderTemplate: orNull(webhook.headerTemplate),
  OutputTemplate: orNull(webhook.outputTemplate),
  GetAddress: ADDRESS.webhook,
});

export const receiverDetails = (receiver: Receiver): Data => ({
  ResourceType: new NamedText(receiver.type),
  ResourceSubtype: receiver.subtype,
  ResourceID: receiver.id,
});

export const tenantData = (tenant: TenantRecord | undefined): Data | null =>
  tenant
    ? {
        ID: tenant.id,
        Name: tenant.name,
        ExternalTenant: tenant.externalID,
        Parents: tenant.parents,
        Type: tenant.type,
        Provider: tenant.provider,
        Status: 'Active',
        LicenseType: null,
        Labels: labelTexts(tenant.labels),
      }
    : null;

export const applicationData = (application: ApplicationRecord, tenant: Data | null, names: readonly string[]): Data => ({
  ID: application.id,
  Name: application.name,
  ProviderName: orNull(application.providerName),
  Description: orNull(application.description),
  Status: { Condition: application.status.condition, Timestamp: application.status.timestamp },
  HealthCheckURL: orNull(application.healthCheckURL),
  IntegrationSystemID: orNull(application.integrationSystemID),
  ApplicationTemplateID: orNull(application.applicationTemplateID),
  SystemNumber: orNull(application.systemNumber),
  LocalTenantID: orNull(application.localTenantID),
  BaseURL: orNull(application.baseUrl),
  ApplicationNamespace: orNull(application.applicationNamespace),
  OrdLabels: null,
  CorrelationIDs: null,
  Type: typeof application.labels['applicationType'] === 'string' ? application.labels['applicationType'] : '',
  SystemStatus: null,
  Tags: null,
  DocumentationLabels: null,
  Ready: application.ready,
  CreatedAt: application.createdAt,
  UpdatedAt: orNull(application.updatedAt),
  DeletedAt: orNull(application.deletedAt),
  Error: orNull(application.error),
  Labels: labelTexts(withScenarios(application.labels, names)),
  Tenant: tenant,
});

export const applicationTemplateData = (template: ApplicationTemplateRecord | undefined, subjects: readonly string[] = []): Data | null =>
  template
    ? {
        ID: template.id,
        Name: template.name,
        Description: orNull(template.description),
        ApplicationNamespace: orNull(template.applicationNamespace),
        ApplicationInputJSON: sortedJson(template.applicationInput),
        Placeholders: template.placeholders.map((placeholder) => ({
          Name: placeholder.name,
          Description: orNull(placeholder.description),
          JSONPath: orNull(placeholder.jsonPath),
          Optional: placeholder.optional,
        })),
        AccessLevel: template.accessLevel,
        CreatedAt: template.createdAt,
        UpdatedAt: template.updatedAt,
        Labels: labelTexts(template.labels),
        Tenant: null,
        TrustDetails: { Subjects: subjects },
      }
    : null;

export const runtimeData = (
  runtime: RuntimeRecord,
  tenant: Data | null,
  names: readonly string[],
  subjects: readonly string[] = [],
): Data => ({
  ID: runtime.id,
  Name: runtime.name,
  Description: orNull(runtime.description),
  Status: { Condition: runtime.status.condition, Timestamp: runtime.status.timestamp },
  CreationTimestamp: runtime.createdAt,
  ApplicationNamespace: orNull(runtime.applicationNamespace),
  Labels: labelTexts(withScenarios(runtime.labels, names)),
  Tenant: tenant,
  TrustDetails: { Subjects: subjects },
});

export const runtimeContextData = (context: RuntimeContextRecord, tenant: Data | null, names: readonly string[]): Data => ({
  ID: context.id,
  RuntimeID: context.runtimeID,
  Key: context.key,
  Value: context.value,
  Labels: labelTexts(withScenarios(context.labels, names)),
  Tenant: tenant,
});

const withScenarios = (labels: Labels, names: readonly string[]): Labels => (names.length > 0 ? { ...labels, scenarios: names } : labels);
