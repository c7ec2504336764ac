/** Assigning and unassigning, as far as one transaction goes; what is then told is `assign-and-tell.ts`'s business (`reference: facts/formations.md 8`). */
import { createAutomaticAssignment } from '../../automatic-scenario-assignment/rules.ts';
import { automaticScenarioAssignments } from '../../automatic-scenario-assignment/records.ts';
import type { Call, WriteCall } from '../../call.ts';
import { isNeighbour } from '../../consumer/neighbour.ts';
import { notFound } from '../../errors.ts';
import { enforce, type JoinPoint } from '../../formation-constraint/enforce.ts';
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

export interface Assigned {
  readonly place: Place;
  readonly joined: readonly Joining[];
  /** Id of the automatic assignment that was made for a subaccount. */
  readonly automaticAssignment?: string;
  /** What rules after it are told; none for a participant of a formation that is not in use yet. */
  readonly point?: JoinPoint;
}

export interface Unassigned {
  readonly place: Place;
  readonly left: readonly Leaving[];
  /** What rules after it are told; none where nothing was done that they should see. */
  readonly point?: JoinPoint;
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

async function joinSubaccount(
  call: WriteCall,
  place: Place,
  externalID: string,
): Promise<Pick<Assigned, 'joined' | 'automaticAssignment'>> {
  const assignment = await createAutomaticAssignment(call, place.formation.name, externalID);
  const joined: Joining[] = [];
  for (const { kind, id } of await companionsOf(call, place, assignment.targetTenant)) joined.push(await join(call, place, kind, id));
  return { joined, automaticAssignment: assignment.id };
}

/** @throws DirectorError, UnclassifiedError for whatever forbids it, the rules before it among that */
export async function assign(
  call: WriteCall,
  formation: FormationRecord,
  request: MoveRequest,
  given: readonly InitialConfiguration[],
): Promise<Assigned> {
  await checkInitialConfigurations(call, formation.id, request.objectID, given);
  refuseNeighbours(call, request);
  const place = await placeOf(call, formation);
  checkSupported(place, request.objectType);
  const point = joinPoint(
    'ASSIGN_FORMATION',
    place,
    request,
    await subtypeOf(call, formation.tenant, request.objectType, request.objectID),
  );
  await enforce(call, 'PRE', point);
  if (request.objectType === 'TENANT') return { place, point, ...(await joinSubaccount(call, place, request.objectID)) };
  const joined = [await join(call, place, request.objectType, request.objectID, given)];
  return formation.state === 'READY' ? { place, point, joined } : { place, joined };
}

async function leaveWithSubaccount(call: WriteCall, place: Place, externalID: string): Promise<Leaving[]> {
  await requireTenantByExternalID(call, externalID);
  const assignment = await requireAutomaticAssignmentIn(call, place.formation);
  await call.tx.delete(automaticScenarioAssignments, assignment.id);
  const left: Leaving[] = [];
  for (const { kind, id } of await companionsOf(call, place, assignment.targetTenant)) {
    if (place.formation.state === 'READY') left.push(await leave(call, place, kind, id));
    else await removeAtOnce(call, place.formation, kind, id);
  }
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
  if (!always && objectType !== 'TENANT' && (await cameWithSubaccount(call, place, objectType, objectID))) return { place, left: [] };
  const point = joinPoint('UNASSIGN_FORMATION', place, request, await subtypeOf(call, formation.tenant, objectType, objectID));
  await enforce(call, 'PRE', point);
  if (objectType === 'TENANT') return { place, point, left: await leaveWithSubaccount(call, place, objectID) };
  if (formation.state !== 'READY') {
    await removeAtOnce(call, formation, objectType, objectID);
    return { place, left: [] };
  }
  const left = await leave(call, place, objectType, objectID);
  return left.involved.length > 0 ? { place, point, left: [left] } : { place, left: [] };
}
