/** Subaccounts in formations: their runtimes, or the runtimes' contexts, come along (`reference: facts/runtimes.md 7`). */
import { type AutomaticScenarioAssignmentRecord, automaticScenarioAssignments } from '../../automatic-scenario-assignment/records.ts';
import type { Call } from '../../call.ts';
import { notFound } from '../../errors.ts';
import type { ParticipantKind } from '../../formation-assignment/records.ts';
import { type RuntimeRecord, runtimes } from '../../runtime/records.ts';
import { runtimeContexts } from '../../runtime-context/records.ts';
import { owns, sees } from '../../tenant-access/rules.ts';
import { allowsRuntimeType } from './eligibility.ts';
import type { Place } from '../place.ts';
import { type Participant, participantByID } from './participants.ts';
import type { FormationRecord } from '../records.ts';

const automaticAssignmentIn = async (call: Call, formation: FormationRecord): Promise<AutomaticScenarioAssignmentRecord | undefined> =>
  (await call.tx.find(automaticScenarioAssignments, 'scenario', `${formation.tenant}|${formation.name}`))[0];

/** @throws NotFound */
export async function requireAutomaticAssignmentIn(call: Call, formation: FormationRecord): Promise<AutomaticScenarioAssignmentRecord> {
  const assignment = await automaticAssignmentIn(call, formation);
  if (!assignment) throw notFound('automaticScenarioAssigment');
  return assignment;
}

const contextsIn = async (call: Call, runtime: RuntimeRecord, tenant: string) =>
  call.tx.find(runtimeContexts, 'runtimeAndTenant', `${runtime.id}|${tenant}`);

/** Who comes and goes with the subaccount: of a runtime on which it sees contexts these, its own or not; else the runtime, if it owns that. */
export async function companionsOf(call: Call, { template }: Place, subaccount: string): Promise<{ kind: ParticipantKind; id: string }[]> {
  const companions: { kind: ParticipantKind; id: string }[] = [];
  for (const runtime of await call.tx.find(runtimes, 'tenant', subaccount)) {
    if (!allowsRuntimeType(template, runtime.labels['runtimeType'])) continue;
    const contexts = [...(await contextsIn(call, runtime, subaccount))].sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    if (contexts.length > 0) companions.push(...contexts.map(({ id }) => ({ kind: 'RUNTIME_CONTEXT' as const, id })));
    else if (owns(runtime, subaccount)) companions.push({ kind: 'RUNTIME', id: runtime.id });
  }
  return companions;
}

async function runtimeOf(call: Call, object: Participant): Promise<RuntimeRecord | undefined> {
  if (object.kind === 'RUNTIME') return object.record;
  return object.kind === 'RUNTIME_CONTEXT' ? call.tx.get(runtimes, object.record.runtimeID) : undefined;
}

/** Whether the object is in the formation because its subaccount is, so that it cannot leave by itself. */
export async function cameWithSubaccount(call: Call, { formation, template }: Place, kind: ParticipantKind, id: string): Promise<boolean> {
  const assignment = await automaticAssignmentIn(call, formation);
  const object = assignment && (await participantByID(call, kind, id));
  const runtime = object && (await runtimeOf(call, object));
  if (!runtime || !allowsRuntimeType(template, runtime.labels['runtimeType'])) return false;
  const { targetTenant } = assignment;
  if (kind === 'RUNTIME_CONTEXT') return sees(object.record, targetTenant) && sees(runtime, targetTenant);
  return owns(runtime, targetTenant) && (await contextsIn(call, runtime, targetTenant)).length === 0;
}
