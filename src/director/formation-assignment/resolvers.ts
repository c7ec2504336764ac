import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { participantSeenBy } from '../formation/participants/participants.ts';
import { pageOfList } from '../page.ts';
import type { FormationAssignmentAssignmentOperationsArgs } from '../schema/types.generated.ts';
import { type AssignmentOperationRecord, type FormationAssignmentRecord, formationAssignments, type ParticipantKind } from './records.ts';
import { valueOf } from './rules.ts';

const TYPE_NAMES = { APPLICATION: 'Application', RUNTIME: 'Runtime', RUNTIME_CONTEXT: 'RuntimeContext' };

/** The object with its type's name, for the union; null where it is gone or not of the caller's tenant. */
async function entity(ctx: DirectorContext, kind: ParticipantKind, id: string) {
  const tenant = ctx.caller.tenant?.id;
  const found = tenant === undefined ? undefined : await participantSeenBy(ctx.call, kind, id, tenant);
  return found ? { ...found.record, __typename: TYPE_NAMES[kind] } : null;
}

interface ShownOperation extends AssignmentOperationRecord {
  readonly assignment: FormationAssignmentRecord;
}

export const formationAssignment: Concept = {
  collections: [formationAssignments],
  resolvers: {
    FormationParticipant: { __resolveType: (object: { __typename: string }) => object.__typename },
    FormationAssignment: {
      sourceEntity: (assignment: FormationAssignmentRecord, _, ctx: DirectorContext) =>
        entity(ctx, assignment.sourceType, assignment.source),
      targetEntity: (assignment: FormationAssignmentRecord, _, ctx: DirectorContext) =>
        entity(ctx, assignment.targetType, assignment.target),
      value: valueOf,
      assignmentOperations: (assignment: FormationAssignmentRecord, args: FormationAssignmentAssignmentOperationsArgs) =>
        pageOfList(
          assignment.operations.toReversed().map((operation) => ({ ...operation, assignment })),
          args,
        ),
    },
    AssignmentOperation: {
      operationType: ({ operationType }: ShownOperation) => (operationType === 'ASSIGN' ? 'ASSIGN' : 'UNASSIGN'),
      formationAssignmentID: ({ assignment }: ShownOperation) => assignment.id,
      formationID: ({ assignment }: ShownOperation) => assignment.formationID,
      startedAtTimestamp: ({ startedAt }: ShownOperation) => startedAt,
      finishedAtTimestamp: ({ finishedAt }: ShownOperation) => finishedAt,
    },
  },
};
