import { collection, type Stored } from '../../registry/contract.ts';

export type ConstraintScope = 'GLOBAL' | 'FORMATION_TYPE';

/** A rule that is checked at a join point of formations; belongs to no tenant. */
export interface FormationConstraintRecord extends Stored {
  readonly name: string;
  readonly description: string;
  /** PRE, POST or UI; the last is for user interfaces alone and never checked here. */
  readonly constraintType: string;
  /** The join point. */
  readonly targetOperation: string;
  readonly operator: string;
  readonly resourceType: string;
  /** `ANY` stands for all. */
  readonly resourceSubtype: string;
  /** Makes the operator's input out of the details of the join point. */
  readonly inputTemplate: string;
  readonly constraintScope: ConstraintScope;
  /** Rules of a higher priority are run first. */
  readonly priority: number;
  readonly createdAt: string;
}

/** `<target operation>|<PRE or POST>|<resource type>`. */
export const joinPointKey = (operation: string, type: string, resourceType: string) => `${operation}|${type}|${resourceType}`;

const byAge = (constraint: FormationConstraintRecord) => constraint.createdAt;

export const formationConstraints = collection<FormationConstraintRecord>()('formationConstraints', {
  all: { keys: () => ['all'], order: byAge },
  scope: { keys: (constraint) => [constraint.constraintScope], order: byAge },
  joinPoint: {
    keys: (constraint) => [joinPointKey(constraint.targetOperation, constraint.constraintType, constraint.resourceType)],
    order: byAge,
  },
});
