/** Loads what the templates of one operation's notifications may name (`reference: facts/formations.md 4`). */
import { NamedText } from '../../../template/template.ts';
import { type ApplicationTemplateRecord, applicationTemplates } from '../../application-template/records.ts';
import type { Call } from '../../call.ts';
import { certificateSubjectMappings } from '../../certificate-subject-mapping/records.ts';
import type { FormationAssignmentRecord, ParticipantKind } from '../../formation-assignment/records.ts';
import type { Place } from '../../formation/place.ts';
import { type Participant, participantByID } from '../../formation/participants/participants.ts';
import type { FormationRecord } from '../../formation/records.ts';
import { runtimes } from '../../runtime/records.ts';
import type { Accessible } from '../../tenant-access/records.ts';
import { tenants } from '../../tenant/records.ts';
import { ancestorLinks, tenantByExternalID } from '../../tenant/rules.ts';
import type { Operation } from '../notification.ts';
import {
  applicationData,
  applicationTemplateData,
  type Data,
  formationData,
  runtimeContextData,
  runtimeData,
  tenantData,
} from './objects.ts';

/** The formation's tenant as those at the top of its tree are known outside; of several the furthest, and of those as far the last. */
async function customerContext(call: Call, tenantID: string): Promise<Data> {
  const tenant = await call.tx.get(tenants, tenantID);
  const roots = (await ancestorLinks(call, tenantID)).map(({ parent }) => parent).filter(({ parents }) => parents.length === 0);
  const externalOf = (type: string) => roots.findLast((root) => root.type === type)?.externalID ?? '';
  return {
    AccountID: tenant?.type === 'account' ? tenant.externalID : null,
    Path: tenant?.type === 'resource-group' ? tenant.externalID : null,
    CustomerID: externalOf('customer'),
    CostObjectID: externalOf('cost-object'),
  };
}

/** Data of a formation's lifecycle notification. */
export async function lifecycleData(call: Call, formation: FormationRecord, operation: string): Promise<Data> {
  return {
    Operation: new NamedText(operation),
    Formation: formationData(formation),
    CustomerTenantContext: await customerContext(call, formation.tenant),
  };
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
    return this.once(`${kind}|${id}`, () => participantByID(this.call, kind, id));
  }

  /** Everything that templates of this assignment's webhook may name, but for the assignments. */
  async dataOf({ sourceType, source, targetType, target }: FormationAssignmentRecord, operation: Operation): Promise<Data> {
    const { formation } = this.place;
    const common = {
      Operation: new NamedText(operation),
      FormationID: formation.id,
      Formation: formationData(formation),
      CustomerTenantContext: await this.once('customer', () => customerContext(this.call, formation.tenant)),
    };
    if (sourceType === 'APPLICATION' && targetType === 'APPLICATION') {
      const [from, to] = [await this.application(source), await this.application(target)];
      return {
        ...common,
        SourceApplicationTemplate: from.template,
        SourceApplication: from.data,
        TargetApplicationTemplate: to.template,
        TargetApplication: to.data,
      };
    }
    const isSystemTold = targetType === 'APPLICATION';
    const system = await this.application(isSystemTold ? target : source);
    const other = await this.runtime(isSystemTold ? sourceType : targetType, isSystemTold ? source : target);
    return {
      ...common,
      ApplicationTemplate: system.template,
      Application: system.data,
      Runtime: other.runtime,
      RuntimeContext: other.context,
    };
  }

  private async application(id: string): Promise<{ data: Data | null; template: Data | null }> {
    const found = await this.participant('APPLICATION', id);
    if (found?.kind !== 'APPLICATION') return { data: null, template: null };
    return this.once(`data|${id}`, async () => {
      const { record } = found;
      const template =
        record.applicationTemplateID === undefined ? undefined : await this.call.tx.get(applicationTemplates, record.applicationTemplateID);
      return {
        data: applicationData(record, await this.ownerOf(record), this.namesOf(record)),
        template: applicationTemplateData(
          template,
          template && (await this.subjectsOf(template.id)),
          template && (await this.registeredFor(template)),
        ),
      };
    });
  }

  private async runtime(kind: ParticipantKind, id: string): Promise<{ runtime: Data | null; context: Data | null }> {
    const found = await this.participant(kind, id);
    if (!found || found.kind === 'APPLICATION') return { runtime: null, context: null };
    return this.once(`data|${id}`, async () => {
      const runtime = found.kind === 'RUNTIME' ? found.record : await this.call.tx.get(runtimes, found.record.runtimeID);
      return {
        runtime: runtime
          ? runtimeData(runtime, await this.ownerOf(runtime), this.namesOf(runtime), await this.subjectsOf(runtime.id))
          : null,
        context:
          found.kind === 'RUNTIME_CONTEXT'
            ? runtimeContextData(found.record, await this.ownerOf(found.record), this.namesOf(found.record))
            : null,
      };
    });
  }

  /** Subjects of certificates that stand for the object. */
  private async subjectsOf(id: string): Promise<string[]> {
    return (await this.call.tx.find(certificateSubjectMappings, 'consumer', id)).map((mapping) => mapping.subject);
  }

  /** The subaccount whose product the template describes, if its label names one. */
  private async registeredFor({ labels }: ApplicationTemplateRecord): Promise<Data | null> {
    const subaccount = labels['global_subaccount_id'];
    return typeof subaccount === 'string' ? tenantData(await tenantByExternalID(this.call, subaccount)) : null;
  }

  private namesOf(record: { readonly scenarios: Readonly<Record<string, readonly string[]>> }): readonly string[] {
    return record.scenarios[this.place.formation.tenant] ?? [];
  }

  private async ownerOf(record: Accessible): Promise<Data | null> {
    const owner = record.access.find((access) => access.owner && access.source === access.tenant) ?? record.access[0];
    return tenantData(owner && (await this.call.tx.get(tenants, owner.tenant)));
  }
}
