/** How far a formation is: the formation with all of its assignments, and the names of who takes part. */
import type { Client } from '../../client/client.ts';
import {
  type AssignmentProgressFragment,
  FormationProgressDocument,
  type FormationProgressQuery,
} from '../../client/director.generated.ts';
import { everyRow } from '../connection/paging.ts';
import { missing } from '../objects/resolve.ts';

type Formation = Omit<NonNullable<FormationProgressQuery['formation']>, 'formationAssignments'>;

export interface Fault {
  readonly message: string;
  /** 1: technical, 2: said by the other side, 0: none is known. */
  readonly errorCode: number;
}

export interface Assignment extends Omit<AssignmentProgressFragment, 'sourceEntity' | 'targetEntity' | 'assignmentOperations'> {
  readonly sourceName: string;
  readonly targetName: string;
  readonly fault: Fault | null;
  readonly operation: NonNullable<AssignmentProgressFragment['assignmentOperations']>['data'][number] | null;
}

export interface Progress {
  readonly formation: Formation;
  readonly assignments: readonly Assignment[];
}

/** As people know a participant; its id where it is not there any more. */
export const nameOf = (entity: AssignmentProgressFragment['sourceEntity'], id: string): string =>
  entity === null ? id : 'name' in entity ? entity.name : `${entity.key}=${entity.value}`;

function faultOf(error: string | null): Fault | null {
  if (error === null) return null;
  try {
    const { error: fault } = JSON.parse(error) as { error?: Partial<Fault> };
    return { message: fault?.message ?? error, errorCode: fault?.errorCode ?? 0 };
  } catch {
    return { message: error, errorCode: 0 };
  }
}

const shown = ({ sourceEntity, targetEntity, assignmentOperations, ...assignment }: AssignmentProgressFragment): Assignment => ({
  ...assignment,
  sourceName: nameOf(sourceEntity, assignment.source),
  targetName: nameOf(targetEntity, assignment.target),
  fault: faultOf(assignment.error),
  operation: assignmentOperations?.data[0] ?? null,
});

/** @throws Failure not_found */
export async function progressOf(director: Client, id: string, asked = id): Promise<Progress> {
  let formation: Formation | undefined;
  const assignments = await everyRow(async ({ after }) => {
    const { formation: found } = await director.request(FormationProgressDocument, { id, after: after ?? null });
    if (found === null) throw missing('formation', asked);
    const { formationAssignments, ...rest } = found;
    formation = rest;
    return formationAssignments;
  });
  return { formation: formation!, assignments: assignments.map(shown) };
}

/** Marks a participant; nobody is told about itself. */
export const isLoop = ({ source, target }: Pick<Assignment, 'source' | 'target'>): boolean => source === target;
