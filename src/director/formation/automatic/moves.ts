/** Runtimes and contexts that join because their subaccount is in a formation, and all that leave because they go (`reference: facts/runtimes.md 5.1 and 7`). */
import { automaticScenarioAssignments } from '../../automatic-scenario-assignment/records.ts';
import type { Call, WriteCall } from '../../call.ts';
import type { ParticipantKind } from '../../formation-assignment/records.ts';
import { type RuntimeRecord, runtimes } from '../../runtime/records.ts';
import { type RuntimeContextRecord, runtimeContexts } from '../../runtime-context/records.ts';
import { tenants } from '../../tenant/records.ts';
import { owns, sees } from '../../tenant-access/rules.ts';
import { type Assigned, joinUnderRules, leaveUnderRules, type Unassigned } from '../assigning/assign.ts';
import { removeAtOnce } from '../assigning/leave.ts';
import { allowsRuntimeType } from '../participants/eligibility.ts';
import { type Place, placeOf } from '../place.ts';
import type { FormationRecord } from '../records.ts';
import { formationByName } from '../rules.ts';
import { cameWithSubaccount } from '../participants/subaccount.ts';

type Joiner = RuntimeRecord | RuntimeContextRecord;

const isContext = (object: Joiner): object is RuntimeContextRecord => 'runtimeID' in object;

/** The formations of parents that take this tenant's runtimes. */
async function placesFor(call: WriteCall, tenant: string): Promise<Place[]> {
  const parents = (await call.tx.get(tenants, tenant))?.parents ?? [];
  const places: Place[] = [];
  for (const assignment of await call.tx.find(automaticScenarioAssignments, 'target', tenant)) {
    const formation = parents.includes(assignment.tenant)
      ? await formationByName(call, assignment.scenarioName, assignment.tenant)
      : undefined;
    if (formation) places.push(await placeOf(call, formation));
  }
  return places;
}

/** What a joining or leaving by itself leaves to be told, after the transaction: see `delivery.ts`. */
export interface AutomaticMoves {
  readonly joined: Assigned['joined'];
  readonly left: Unassigned['left'];
}

/** A new runtime, or a context on a runtime that its subaccount sees, joins the formations that the subaccount is in; a context takes the place of a runtime that the subaccount owns. @throws what forbids it, rules before it among that */
export async function joinAutomatically(call: WriteCall, object: Joiner): Promise<AutomaticMoves> {
  const owner = object.access.find((access) => access.owner && access.source === access.tenant)?.tenant;
  const runtime = isContext(object) ? await call.tx.get(runtimes, object.runtimeID) : object;
  const joined: Assigned['joined'][number][] = [];
  const left: Unassigned['left'][number][] = [];
  if (owner === undefined || !runtime || !sees(runtime, owner)) return { joined, left };
  for (const place of await placesFor(call, owner)) {
    if (!allowsRuntimeType(place.template, runtime.labels['runtimeType'])) continue;
    joined.push(await joinUnderRules(call, place, isContext(object) ? 'RUNTIME_CONTEXT' : 'RUNTIME', object.id));
    if (isContext(object) && owns(runtime, owner)) left.push(...(await leaveUnderRules(call, place, 'RUNTIME', runtime.id)));
  }
  return { joined, left };
}

const KINDS = { runtime: 'RUNTIME', runtimeContext: 'RUNTIME_CONTEXT' } as const satisfies Record<string, ParticipantKind>;

/** Those in whose name a call removes things: the calling tenant, unless it is told otherwise. */
export const actingTenants = (call: Call): readonly string[] => (call.caller.tenant ? [call.caller.tenant.id] : []);

/** Whether a context that is removed in the name of these tenants leaves this formation: one of another tenant keeps its assignments, unless the context came with its subaccount. */
const isLeft = async (call: WriteCall, place: Place, kind: ParticipantKind, id: string, by: readonly string[]): Promise<boolean> =>
  kind === 'RUNTIME' || by.includes(place.formation.tenant) || cameWithSubaccount(call, place, kind, id);

/** A runtime, with its contexts, or a context that is about to be removed in the name of these tenants leaves its formations; nobody is told. */
export async function leaveAll(call: WriteCall, kind: keyof typeof KINDS, object: Joiner, by = actingTenants(call)): Promise<void> {
  if (kind === 'runtime') {
    for (const context of await call.tx.find(runtimeContexts, 'runtime', object.id))
      await leaveAllOf(call, 'RUNTIME_CONTEXT', context, () => true);
  }
  await leaveAllOf(call, KINDS[kind], object, (place) => isLeft(call, place, KINDS[kind], object.id, by));
}

async function leaveAllOf(
  call: WriteCall,
  kind: ParticipantKind,
  object: Joiner,
  when: (place: Place) => boolean | Promise<boolean>,
): Promise<void> {
  for (const formation of await formationsNaming(call, object)) {
    const place = await placeOf(call, formation);
    if (await when(place)) await removeAtOnce(call, formation, kind, object.id);
  }
}

/** Formations of all tenants that the object's scenarios name. */
export async function formationsNaming(call: Call, object: Pick<Joiner, 'scenarios'>): Promise<FormationRecord[]> {
  const found: FormationRecord[] = [];
  for (const [tenant, names] of Object.entries(object.scenarios)) {
    for (const name of names) {
      const formation = await formationByName(call, name, tenant);
      if (formation) found.push(formation);
    }
  }
  return found;
}
