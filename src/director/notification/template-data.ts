/** What the templates of webhooks and constraints may name (`reference: facts/formations.md 4`). Field names are those of the reference. */
import { type ApplicationRecord } from '../application/records.ts';
import { type ApplicationTemplateRecord, applicationTemplates } from '../application-template/records.ts';
import type { Call } from '../call.ts';
import type { FormationAssignmentRecord, ParticipantKind } from '../formation-assignment/records.ts';
import type { Place } from '../formation/objects.ts';
import { type Participant, participantByID } from '../formation/participants.ts';
import type { FormationRecord } from '../formation/records.ts';
import { sortedJson } from '../json-text.ts';
import type { Labels } from '../label/records.ts';
import { type RuntimeRecord, runtimes } from '../runtime/records.ts';
import type { RuntimeContextRecord } from '../runtime-context/records.ts';
import type { Accessible } from '../tenant-access/records.ts';
import { tenants, type TenantRecord } from '../tenant/records.ts';
import { ancestorsOf } from '../tenant/rules.ts';
import type { Operation, Receiver } from './plan.ts';

type Data = Readonly<Record<string, unknown>>;

/** Labels as text: a text is itself, anything else its JSON. */
const labelTexts = (labels: Labels): Record<string, string> =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, typeof value === 'string' ? value : sortedJson(value)]));

const orNull = <T>(value: T | undefined): T | null => value ?? null;

export const formationData = (formation: FormationRecord): Data => ({
  ID: formation.id,
  TenantID: formation.tenant,
  FormationTemplateID: formation.formationTemplateId,
  Name: formation.name,
  State: formation.state,
  Error: formation.error ? sortedJson({ error: formation.error }) : null,
});

/** A missing assignment has empty texts, no value and no error. */
export const assignmentData = (assignment: FormationAssignmentRecord | undefined): Data => ({
  ID: assignment?.id ?? '',
  FormationID: assignment?.formationID ?? '',
  TenantID: assignment?.tenant ?? '',
  Source: assignment?.source ?? '',
  SourceType: assignment?.sourceType ?? '',
  Target: assignment?.target ?? '',
  TargetType: assignment?.targetType ?? '',
  State: assignment?.state ?? '',
  Value: orNull(assignment?.configuration),
  Error: orNull(assignment?.error),
});

export const receiverDetails = (receiver: Receiver): Data => ({
  ResourceType: receiver.type,
  ResourceSubtype: receiver.subtype,
  ResourceID: receiver.id,
});

const tenantData = (tenant: TenantRecord | undefined): Data | null =>
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

const applicationData = (application: ApplicationRecord, tenant: Data | null, names: readonly string[]): Data => ({
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

const applicationTemplateData = (template: ApplicationTemplateRecord | undefined): Data | null =>
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
        TrustDetails: { Subjects: [] },
      }
    : null;

const runtimeData = (runtime: RuntimeRecord, tenant: Data | null, names: readonly string[]): Data => ({
  ID: runtime.id,
  Name: runtime.name,
  Description: orNull(runtime.description),
  Status: { Condition: runtime.status.condition, Timestamp: runtime.status.timestamp },
  CreationTimestamp: runtime.createdAt,
  ApplicationNamespace: orNull(runtime.applicationNamespace),
  Labels: labelTexts(withScenarios(runtime.labels, names)),
  Tenant: tenant,
  TrustDetails: { Subjects: [] },
});

const runtimeContextData = (context: RuntimeContextRecord, tenant: Data | null, names: readonly string[]): Data => ({
  ID: context.id,
  RuntimeID: context.runtimeID,
  Key: context.key,
  Value: context.value,
  Labels: labelTexts(withScenarios(context.labels, names)),
  Tenant: tenant,
});

const withScenarios = (labels: Labels, names: readonly string[]): Labels => (names.length > 0 ? { ...labels, scenarios: names } : labels);

/** The formation's tenant as those above it are known outside. */
async function customerContext(call: Call, tenantID: string): Promise<Data> {
  const tenant = await call.tx.get(tenants, tenantID);
  const above = await ancestorsOf(call, tenantID);
  const externalOf = (type: string) => above.find((ancestor) => ancestor.type === type)?.externalID ?? '';
  return {
    AccountID: tenant?.type === 'account' ? tenant.externalID : null,
    Path: tenant?.type === 'resource-group' ? tenant.externalID : null,
    CustomerID: externalOf('customer'),
    CostObjectID: externalOf('cost-object'),
  };
}

/** Data of a formation's lifecycle notification. */
export async function lifecycleData(call: Call, formation: FormationRecord, operation: string): Promise<Data> {
  return { Operation: operation, Formation: formationData(formation), CustomerTenantContext: await customerContext(call, formation.tenant) };
}

/** Loads what the notifications of one operation tell, each object once. */
export class DataLoader {
  private readonly loaded = new Map<string, Promise<unknown>>();

  constructor(
    private readonly call: Call,
    private readonly place: Place,
  ) {}

  private once<T>(key: string, load: () => Promise<T>): Promise<T> {
    const known = this.loaded.get(key) as Promise<T> | undefined;
    const value = known ?? load();
    this.loaded.set(key, value);
    return value;
  }

  participant(kind: ParticipantKind, id: string): Promise<Participant | undefined> {
    return this.once(id, () => participantByID(this.call, kind, id));
  }

  /** Everything that templates of this assignment's webhook may name, but for the assignments. */
  async dataOf({ sourceType, source, targetType, target }: FormationAssignmentRecord, operation: Operation): Promise<Data> {
    const { formation } = this.place;
    const common = {
      Operation: operation,
      FormationID: formation.id,
      Formation: formationData(formation),
      CustomerTenantContext: await this.once('customer', () => customerContext(this.call, formation.tenant)),
    };
    if (sourceType === 'APPLICATION' && targetType === 'APPLICATION') {
      const [from, to] = [await this.application(source), await this.application(target)];
      return { ...common, SourceApplicationTemplate: from.template, SourceApplication: from.data, TargetApplicationTemplate: to.template, TargetApplication: to.data };
    }
    const isSystemTold = targetType === 'APPLICATION';
    const system = await this.application(isSystemTold ? target : source);
    const other = await this.runtime(isSystemTold ? sourceType : targetType, isSystemTold ? source : target);
    return { ...common, ApplicationTemplate: system.template, Application: system.data, Runtime: other.runtime, RuntimeContext: other.context };
  }

  private async application(id: string): Promise<{ data: Data | null; template: Data | null }> {
    const found = await this.participant('APPLICATION', id);
    if (found?.kind !== 'APPLICATION') return { data: null, template: null };
    return this.once(`data|${id}`, async () => {
      const { record } = found;
      const template = record.applicationTemplateID === undefined ? undefined : await this.call.tx.get(applicationTemplates, record.applicationTemplateID);
      return { data: applicationData(record, await this.ownerOf(record), this.namesOf(record)), template: applicationTemplateData(template) };
    });
  }

  private async runtime(kind: ParticipantKind, id: string): Promise<{ runtime: Data | null; context: Data | null }> {
    const found = await this.participant(kind, id);
    if (!found || found.kind === 'APPLICATION') return { runtime: null, context: null };
    return this.once(`data|${id}`, async () => {
      const runtime = found.kind === 'RUNTIME' ? found.record : await this.call.tx.get(runtimes, found.record.runtimeID);
      return {
        runtime: runtime ? runtimeData(runtime, await this.ownerOf(runtime), this.namesOf(runtime)) : null,
        context: found.kind === 'RUNTIME_CONTEXT' ? runtimeContextData(found.record, await this.ownerOf(found.record), this.namesOf(found.record)) : null,
      };
    });
  }

  private namesOf(record: { readonly scenarios: Readonly<Record<string, readonly string[]>> }): readonly string[] {
    return record.scenarios[this.place.formation.tenant] ?? [];
  }

  private async ownerOf(record: Accessible): Promise<Data | null> {
    const owner = record.access.find((access) => access.owner && access.source === access.tenant) ?? record.access[0];
    return tenantData(owner && (await this.call.tx.get(tenants, owner.tenant)));
  }
}
