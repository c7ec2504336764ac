/** The objects that templates of webhooks and constraints may name, with the reference's names of fields (`reference: facts/formations.md 4`). */
import { type GoMap, NamedText, RawJson, textMap, Time } from '../../../template/template.ts';
import type { ApplicationRecord } from '../../application/records.ts';
import type { ApplicationTemplateRecord } from '../../application-template/records.ts';
import type { FormationAssignmentRecord } from '../../formation-assignment/records.ts';
import { ADDRESS, type StatusReport } from '../../formation-constraint/operators/operator.ts';
import type { FormationTemplateRecord } from '../../formation-template/records.ts';
import type { FormationRecord } from '../../formation/records.ts';
import { sortedJson, storedJson } from '../../texts/json-text.ts';
import type { Labels } from '../../label/records.ts';
import type { RuntimeRecord } from '../../runtime/records.ts';
import type { RuntimeContextRecord } from '../../runtime-context/records.ts';
import type { TenantRecord } from '../../tenant/records.ts';
import type { WebhookOwnerKind, WebhookRecord } from '../../webhook/records.ts';
import type { Receiver } from '../notification.ts';

export type Data = Readonly<Record<string, unknown>>;

/** Labels as text: a text is itself, anything else its JSON. */
const labelTexts = (labels: Labels): GoMap =>
  textMap(Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, typeof value === 'string' ? value : sortedJson(value)])));

const orNull = <T>(value: T | undefined): T | null => value ?? null;

/** What a time is before anything happened. */
const BEFORE_ALL = '0001-01-01T00:00:00Z';

/** As the reference reads it from its database, which knows no zones. */
const stored = (time: string): Time => (time === '' ? new Time(new Date(BEFORE_ALL)) : new Time(new Date(time), '+0000'));
const storedOrNull = (time: string | undefined): Time | null => (time ? stored(time) : null);

export const formationData = (formation: FormationRecord): Data => ({
  ID: formation.id,
  TenantID: formation.tenant,
  FormationTemplateID: formation.formationTemplateId,
  Name: formation.name,
  State: new NamedText(formation.state),
  // unlike that of an assignment it stands alone, without an object around it
  Error: new RawJson(formation.error ? storedJson(formation.error) : ''),
  LastStateChangeTimestamp: storedOrNull(formation.lastStateChangeTimestamp),
  LastNotificationSentTimestamp: storedOrNull(formation.lastNotificationSentTimestamp),
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
  LastStateChangeTimestamp: storedOrNull(assignment?.lastStateChangeTimestamp),
  LastNotificationSentTimestamp: storedOrNull(assignment?.lastNotificationSentTimestamp),
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

const ownerID = ({ owner }: WebhookRecord, kind: WebhookOwnerKind): string | null => (owner.kind === kind ? owner.id : null);

/** A webhook as rules about calls know it, without its credentials. */
export const webhookData = (webhook: WebhookRecord): Data => ({
  ID: webhook.id,
  ApplicationID: ownerID(webhook, 'application'),
  ApplicationTemplateID: ownerID(webhook, 'applicationTemplate'),
  RuntimeID: ownerID(webhook, 'runtime'),
  IntegrationSystemID: ownerID(webhook, 'integrationSystem'),
  FormationTemplateID: ownerID(webhook, 'formationTemplate'),
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
  StatusTemplate: orNull(webhook.statusTemplate),
  CreatedAt: storedOrNull(webhook.createdAt),
  GetAddress: ADDRESS.webhook,
});

/** Rules about calls and answers know the receiver by its kind alone. */
export const receiverDetails = ({ type, subtype }: Receiver): Data => ({ ResourceType: new NamedText(type), ResourceSubtype: subtype });

/** Fields under the name of the structure that they are embedded in, and by themselves: templates may name them either way. */
const embedded = (structure: string, fields: Data): Data => ({ ...fields, [structure]: fields });

export const tenantData = (tenant: TenantRecord | undefined): Data | null =>
  tenant
    ? {
        ...embedded('BusinessTenantMapping', {
          ID: tenant.id,
          Name: tenant.name,
          ExternalTenant: tenant.externalID,
          Parents: tenant.parents,
          Type: new NamedText(tenant.type),
          Provider: tenant.provider,
          Status: new NamedText('Active'),
          Initialized: null,
          LicenseType: null,
        }),
        Labels: labelTexts(tenant.labels),
      }
    : null;

const NO_JSON = new RawJson('');

const applicationFields = (application: ApplicationRecord): Data => ({
  Name: application.name,
  ProviderName: orNull(application.providerName),
  Description: orNull(application.description),
  Status: { Condition: new NamedText(application.status.condition), Timestamp: stored(application.status.timestamp) },
  HealthCheckURL: orNull(application.healthCheckURL),
  IntegrationSystemID: orNull(application.integrationSystemID),
  ApplicationTemplateID: orNull(application.applicationTemplateID),
  SystemNumber: orNull(application.systemNumber),
  LocalTenantID: orNull(application.localTenantID),
  BaseURL: orNull(application.baseUrl),
  ApplicationNamespace: orNull(application.applicationNamespace),
  OrdLabels: NO_JSON,
  CorrelationIDs: NO_JSON,
  Type: typeof application.labels['applicationType'] === 'string' ? application.labels['applicationType'] : '',
  SystemStatus: null,
  Tags: NO_JSON,
  DocumentationLabels: NO_JSON,
  ...embedded('BaseEntity', {
    ID: application.id,
    Ready: application.ready,
    CreatedAt: storedOrNull(application.createdAt),
    UpdatedAt: storedOrNull(application.updatedAt),
    DeletedAt: storedOrNull(application.deletedAt),
    Error: orNull(application.error),
  }),
});

export const applicationData = (application: ApplicationRecord, tenant: Data | null, names: readonly string[]): Data => ({
  ...embedded('Application', applicationFields(application)),
  Labels: labelTexts(withScenarios(application.labels, names)),
  Tenant: tenant,
});

/** `tenant`: the one that the template is registered for, if there is one. */
export const applicationTemplateData = (
  template: ApplicationTemplateRecord | undefined,
  subjects: readonly string[] = [],
  tenant: Data | null = null,
): Data | null =>
  template
    ? {
        ...embedded('ApplicationTemplate', {
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
          AccessLevel: new NamedText(template.accessLevel),
          Webhooks: [],
          CreatedAt: stored(template.createdAt),
          UpdatedAt: stored(template.updatedAt),
        }),
        Labels: labelTexts(template.labels),
        Tenant: tenant,
        TrustDetails: { Subjects: subjects },
      }
    : null;

export const runtimeData = (
  runtime: RuntimeRecord,
  tenant: Data | null,
  names: readonly string[],
  subjects: readonly string[] = [],
): Data => ({
  ...embedded('Runtime', {
    ID: runtime.id,
    Name: runtime.name,
    Description: orNull(runtime.description),
    Status: { Condition: new NamedText(runtime.status.condition), Timestamp: stored(runtime.status.timestamp) },
    CreationTimestamp: stored(runtime.createdAt),
    ApplicationNamespace: orNull(runtime.applicationNamespace),
  }),
  Labels: labelTexts(withScenarios(runtime.labels, names)),
  Tenant: tenant,
  TrustDetails: { Subjects: subjects },
});

export const runtimeContextData = (context: RuntimeContextRecord, tenant: Data | null, names: readonly string[]): Data => ({
  ...embedded('RuntimeContext', { ID: context.id, RuntimeID: context.runtimeID, Key: context.key, Value: context.value }),
  Labels: labelTexts(withScenarios(context.labels, names)),
  Tenant: tenant,
});

/** A formation's template as rules about what its product says know it. */
export const formationTemplateData = (template: FormationTemplateRecord): Data => ({
  ID: template.id,
  Name: template.name,
  ApplicationTypes: template.applicationTypes,
  RuntimeTypes: template.runtimeTypes ?? [],
  RuntimeTypeDisplayName: orNull(template.runtimeTypeDisplayName),
  RuntimeArtifactKind: template.runtimeArtifactKind === undefined ? null : new NamedText(template.runtimeArtifactKind),
  TenantID: orNull(template.tenant),
  Webhooks: [],
  LeadingProductIDs: template.leadingProductIDs ?? [],
  SupportsReset: template.supportsReset,
  DiscoveryConsumers: template.discoveryConsumers ?? [],
  Labels: labelTexts(template.labels),
  CreatedAt: stored(template.createdAt),
  UpdatedAt: storedOrNull(template.updatedAt),
});

const withScenarios = (labels: Labels, names: readonly string[]): Labels => (names.length > 0 ? { ...labels, scenarios: names } : labels);
