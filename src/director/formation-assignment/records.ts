import { collection, type Stored } from '../../registry/contract.ts';

export type ParticipantKind = 'APPLICATION' | 'RUNTIME' | 'RUNTIME_CONTEXT';

/** `source -> target`: the target is told about the source. Source = target marks a participant. */
export interface FormationAssignmentRecord extends Stored {
  readonly formationID: string;
  /** Internal id of the formation's tenant. */
  readonly tenant: string;
  readonly source: string;
  readonly sourceType: ParticipantKind;
  readonly target: string;
  readonly targetType: ParticipantKind;
  readonly state: string;
  /** JSON text. */
  readonly configuration?: string;
  /** JSON text `{"error":{"message":…,"errorCode":…}}`. */
  readonly error?: string;
  readonly operations: readonly AssignmentOperationRecord[];
  /** A number that grows with each write: storage order of the reference is "oldest write first". */
  readonly written: number;
  readonly lastStateChangeTimestamp?: string;
  readonly lastNotificationSentTimestamp?: string;
}

export interface AssignmentOperationRecord {
  readonly id: string;
  readonly operationType: 'ASSIGN' | 'UNASSIGN' | 'INSTANCE_CREATOR_UNASSIGN';
  readonly triggeredBy: 'ASSIGN_OBJECT' | 'UNASSIGN_OBJECT' | 'RESET' | 'RESYNC';
  readonly startedAt: string;
  readonly finishedAt?: string;
}

export const pairKey = (formationID: string, source: string, target: string) => `${formationID}|${source}|${target}`;

export const formationAssignments = collection<FormationAssignmentRecord>()('formationAssignments', {
  formation: { keys: (assignment) => [assignment.formationID] },
  /** By source and by target: everything that an object takes part in. */
  object: {
    keys: (assignment) => (assignment.source === assignment.target ? [assignment.source] : [assignment.source, assignment.target]),
  },
  pair: { keys: (assignment) => [pairKey(assignment.formationID, assignment.source, assignment.target)], unique: true },
});
