/** Assigning and unassigning, as far as one transaction goes; what is then told is `assign-and-tell.ts`'s business (`reference: facts/formations.md 8`). */
import { createAutomaticAssignment } from '../../automatic-scenario-assignment/rules.ts';
import { automaticScenarioAssignments } from '../../automatic-scenario-assignment/records.ts';
import type { Call, WriteCall } from '../../call.ts';
import { isNeighbour } from '../../consumer/neighbour.ts';
import { notFound } from '../../errors.ts';
import { enforce, type JoinPoint } from '../../formation-constraint/enforce.ts';
import type { ParticipantKind } from '../../formation-assignment/records.ts';
import type { InitialConfiguration } from '../../schema/types.generated.ts';
import { requireTenantByExternalID } from '../../tenant/rules.ts';
import { checkInitialConfigurations, join, type Joining } from './join.ts';
import { participantJoinPoint } from '../join-points.ts';
import { type Leaving, leave, removeAtOnce } from './leave.ts';
import { checkSupported, type ObjectType, subtypeOf } from '../participants/eligibility.ts';
import { type Place, placeOf } from '../place.ts';
import type { FormationRecord } from '../records.ts';
import { cameWithSubaccount, companionsOf, requireAutomaticAssignmentIn } from '../participants/subaccount.ts';

export interface MoveRequest {
  readonly objectType: ObjectType;
  readonly objectID: string;
}

/** What rules after it are told; none where there is nothing that they should see. */
interface Ruled {
  readonly point?: JoinPoint;
}

/** The point is that of a subaccount; participants have their own. */
export interface Assigned extends Ruled {
  readonly place: Place;
  readonly joined: readonly (Joining & Ruled)[];
  /** Id of the automatic assignment that was made for a subaccount. */
  readonly automaticAssignment?: string;
}

/** As of `Assigned`. */
export interface Unassigned extends Ruled {
  readonly place: Place;
  readonly left: readonly (Leaving & Ruled)[];
}

/** @throws NotFound where an application or runtime calls for another one */
function refuseNeighbours(call: Call, { objectType, objectID }: MoveRequest): void {
  const kind = objectType === 'APPLICATION' ? 'application' : objectType === 'RUNTIME' ? 'runtime' : undefined;
  if (kind && isNeighbour(call, kind, objectID)) throw notFound(kind);
}

const joinPoint = (
  operation: 'ASSIGN_FORMATION' | 'UNASSIGN_FORMATION',
  { formation, template }: Place,
  request: MoveRequest,
  subtype: string,
): JoinPoint => participantJoinPoint(operation, template, formation, { type: request.objectType, subtype, id: request.objectID });

/** One participant joins, under the rules about that; those after it are asked only in a formation that is in use. @throws what `join` throws, and UnclassifiedError by a rule before it */
export async function joinUnderRules(
  call: WriteCall,
  place: Place,
  kind: ParticipantKind,
  id: string,
  given: readonly InitialConfiguration[] = [],
): Promise<Joining & { readonly point?: JoinPoint }> {
  const subtype = await subtypeOf(call, place.formation.tenant, kind, id);
  const point = joinPoint('ASSIGN_FORMATION', place, { objectType: kind, objectID: id }, subtype);
  await enforce(call, 'PRE', point);
  const joining = await join(call, place, kind, id, given);
  return place.formation.state === 'READY' ? { ...joining, point } : joining;
}

async function joinSubaccount(
  call: WriteCall,
  place: Place,
  externalID: string,
): Promise<Pick<Assigned, 'joined' | 'automaticAssignment'>> {
  const assignment = await createAutomaticAssignment(call, place.formation.name, externalID);
  const joined: Assigned['joined'][number][] = [];
  for (const { kind, id } of await companionsOf(call, place, assignment.targetTenant))
    joined.push(await joinUnderRules(call, place, kind, id));
  return { joined, automaticAssignment: assignment.id };
}

/** @throws DirectorError, UnclassifiedError for whatever forbids it, the rules before it among that */
export async function assign(
  call: WriteCall,
  formation: FormationRecord,
  request: MoveRequest,
  given: readonly InitialConfiguration[],
): Promise<Assigned> {
  const { objectType, objectID } = request;
  await checkInitialConfigurations(call, formation.id, objectID, given);
  refuseNeighbours(call, request);
  const place = await placeOf(call, formation);
  checkSupported(place, objectType);
  if (objectType !== 'TENANT') return { place, joined: [await joinUnderRules(call, place, objectType, objectID, given)] };
  const point = joinPoint('ASSIGN_FORMATION', place, request, await subtypeOf(call, formation.tenant, objectType, objectID));
  await enforce(call, 'PRE', point);
  return { place, point, ...(await joinSubaccount(call, place, objectID)) };
}

/** One participant leaves, under the rules about that; nobody is told in a formation that is not in use. @throws UnclassifiedError by a rule before it */
export async function leaveUnderRules(call: WriteCall, place: Place, kind: ParticipantKind, id: string): Promise<(Leaving & Ruled)[]> {
  const { formation } = place;
  const point = joinPoint(
    'UNASSIGN_FORMATION',
    place,
    { objectType: kind, objectID: id },
    await subtypeOf(call, formation.tenant, kind, id),
  );
  await enforce(call, 'PRE', point);
  if (formation.state !== 'READY') {
    await removeAtOnce(call, formation, kind, id);
    return [];
  }
  const left = await leave(call, place, kind, id);
  return left.involved.length > 0 ? [{ ...left, point }] : [];
}

async function leaveWithSubaccount(call: WriteCall, place: Place, externalID: string): Promise<Unassigned['left']> {
  await requireTenantByExternalID(call, externalID);
  const assignment = await requireAutomaticAssignmentIn(call, place.formation);
  await call.tx.delete(automaticScenarioAssignments, assignment.id);
  const left: Unassigned['left'][number][] = [];
  for (const { kind, id } of await companionsOf(call, place, assignment.targetTenant))
    left.push(...(await leaveUnderRules(call, place, kind, id)));
  return left;
}

/**
 * `always`: also what came with its subaccount, because it is about to be removed.
 * @throws DirectorError, UnclassifiedError for whatever forbids it, the rules before it among that
 */
export async function unassign(call: WriteCall, formation: FormationRecord, request: MoveRequest, always = false): Promise<Unassigned> {
  const place = await placeOf(call, formation);
  const { objectType, objectID } = request;
  if (!always) refuseNeighbours(call, request);
  if (objectType !== 'TENANT') {
    const stays = !always && (await cameWithSubaccount(call, place, objectType, objectID));
    return { place, left: stays ? [] : await leaveUnderRules(call, place, objectType, objectID) };
  }
  const point = joinPoint('UNASSIGN_FORMATION', place, request, await subtypeOf(call, formation.tenant, objectType, objectID));
  await enforce(call, 'PRE', point);
  return { place, point, left: await leaveWithSubaccount(call, place, objectID) };
}
