/** The objects that take part in formations: applications, runtimes and runtime contexts, and the label `scenarios` that tells it. */
import type { Collection } from '../../../registry/contract.ts';
import { type ApplicationRecord, applications } from '../../application/records.ts';
import type { Call, WriteCall } from '../../call.ts';
import { invalidData } from '../../errors.ts';
import { formationAssignments, pairKey, type ParticipantKind } from '../../formation-assignment/records.ts';
import { labelDefinitions } from '../../label-definition/records.ts';
import { LONGEST_SCENARIO_NAME, SCENARIO_NAME, SCENARIO_NAME_PATTERN, scenariosSchema } from '../../label-definition/schema-text.ts';
import { withScenarioRelisted } from '../../runtime/labels.ts';
import { type RuntimeRecord, runtimes } from '../../runtime/records.ts';
import { type RuntimeContextRecord, runtimeContexts } from '../../runtime-context/records.ts';
import { sees } from '../../tenant-access/rules.ts';
import type { FormationRecord } from '../records.ts';

export type ParticipantRecord = ApplicationRecord | RuntimeRecord | RuntimeContextRecord;

export type Participant =
  | { readonly kind: 'APPLICATION'; readonly record: ApplicationRecord }
  | { readonly kind: 'RUNTIME'; readonly record: RuntimeRecord }
  | { readonly kind: 'RUNTIME_CONTEXT'; readonly record: RuntimeContextRecord };

const KINDS: readonly ParticipantKind[] = ['APPLICATION', 'RUNTIME', 'RUNTIME_CONTEXT'];

const COLLECTIONS = { APPLICATION: applications, RUNTIME: runtimes, RUNTIME_CONTEXT: runtimeContexts };

const collectionOf = (kind: ParticipantKind) => COLLECTIONS[kind] as unknown as Collection<ParticipantRecord, 'scenario'>;

/** The object as it is now, whoever sees it. */
export async function participantByID(call: Call, kind: ParticipantKind, id: string): Promise<Participant | undefined> {
  const record = await call.tx.get(collectionOf(kind), id);
  return record && ({ kind, record } as Participant);
}

/** The object if the tenant sees it. */
export async function participantSeenBy(call: Call, kind: ParticipantKind, id: string, tenant: string): Promise<Participant | undefined> {
  const found = await participantByID(call, kind, id);
  return found && sees(found.record, tenant) ? found : undefined;
}

/** Who takes part: the formation's name is among the object's scenarios, and it has an assignment to itself; one that is leaving has not. */
export async function participantsOf(call: Call, formation: FormationRecord): Promise<Participant[]> {
  const namedOf = async (kind: ParticipantKind) => {
    const records = await call.tx.find(collectionOf(kind), 'scenario', `${formation.tenant}|${formation.name}`);
    return records.map((record) => ({ kind, record }) as Participant);
  };
  const named = (await Promise.all(KINDS.map(namedOf))).flat();
  const selves = await call.tx.findMany(
    formationAssignments,
    'pair',
    named.map(({ record }) => pairKey(formation.id, record.id, record.id)),
  );
  return named.filter((_, index) => selves[index]!.length > 0);
}

/** Names of the formations of that tenant that the object is in, in order of assignment. */
export const scenarioNames = (record: ParticipantRecord, tenant: string): readonly string[] => record.scenarios[tenant] ?? [];

/** Sets the names; the label disappears with the last one. */
async function putScenarios(call: WriteCall, { kind, record }: Participant, tenant: string, names: readonly string[]): Promise<void> {
  const { [tenant]: _, ...others } = record.scenarios;
  await call.tx.put(collectionOf(kind), { ...record, scenarios: names.length === 0 ? others : { ...others, [tenant]: names } });
}

/** Runtimes remember which names an update has wiped from the label; a name that is set or taken is none of these. */
const relisted = (participant: Participant, tenant: string, name: string): Participant =>
  participant.kind === 'RUNTIME' ? { kind: 'RUNTIME', record: withScenarioRelisted(participant.record, tenant, name) } : participant;

/** Appends a name to the label. @throws InvalidData for names that the tenant's label definition does not allow */
export async function addScenario(call: WriteCall, participant: Participant, tenant: string, name: string): Promise<void> {
  const present = scenarioNames(participant.record, tenant);
  if (present.includes(name)) return putScenarios(call, relisted(participant, tenant, name), tenant, present);
  const names = [...present, name];
  await checkNames(call, tenant, names);
  await putScenarios(call, participant, tenant, names);
}

export async function removeScenario(call: WriteCall, participant: Participant, tenant: string, name: string): Promise<void> {
  const present = scenarioNames(participant.record, tenant);
  if (!present.includes(name)) return;
  await putScenarios(
    call,
    relisted(participant, tenant, name),
    tenant,
    present.filter((other) => other !== name),
  );
}

async function checkNames(call: Call, tenant: string, names: readonly string[]): Promise<void> {
  const fault = (name: string) =>
    !SCENARIO_NAME.test(name)
      ? `Does not match pattern '${SCENARIO_NAME_PATTERN}'`
      : [...name].length > LONGEST_SCENARIO_NAME
        ? `String length must be less than or equal to ${LONGEST_SCENARIO_NAME}`
        : undefined;
  const index = names.findIndex(fault);
  if (index < 0) return;
  const definition = await call.tx.get(labelDefinitions, tenant);
  const schema = scenariosSchema(definition?.names ?? []);
  throw invalidData(
    `input value=[${names.join(' ')}], key=scenarios, is not valid against JSON Schema=${schema},result=${index}: ${fault(names[index]!)}`,
  );
}
