/** What an operator of a constraint is: a question, some of which change something of the join point as they are asked. */
import type { Call } from '../../call.ts';
import type { ParticipantKind } from '../../formation-assignment/records.ts';

/** The answer of a participant as it will be kept, unless an operator changes it. */
export interface StatusReport {
  state: string;
  configuration: string | undefined;
  error: string | undefined;
}

/** Where a call goes, unless an operator changes it. */
export interface Destination {
  url: string | undefined;
  urlTemplate: string | undefined;
}

/** Things of a join point that operators may change; each has the address that input templates read as `GetAddress`. */
export interface Handles {
  readonly webhook?: Destination;
  readonly report?: StatusReport;
  /** Only looked at. */
  readonly assignment?: AssignmentFacts;
}

/** What operators know of the assignment that a call or report is about. */
export interface AssignmentFacts {
  /** How its target answers: ASYNC_CALLBACK, too, where it has reported by itself; undefined where its webhook does not say. */
  readonly mode: string | undefined;
  /** Type of its latest operation. */
  readonly operationType: string | undefined;
  readonly targetType: ParticipantKind;
  readonly target: string;
  readonly state: string;
  /** JSON text. */
  readonly configuration: string | undefined;
}

/** Opaque to templates; 0 is no address. */
export const ADDRESS = { webhook: 1n, report: 2n, assignment: 3n, reverseAssignment: 4n } as const;

export type FieldKind = 'text' | 'flag' | 'number' | 'texts' | 'location';

/** An operator's input: only fields that its kind declares. */
export type OperatorInput = Readonly<Record<string, unknown>>;

/** Whether the constraint is satisfied. @throws OperatorError where it cannot be told */
export type Operator = (call: Call, input: OperatorInput, handles: Handles) => Promise<boolean> | boolean;

export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}

export const textOf = (input: OperatorInput, field: string): string => (input[field] as string | undefined) ?? '';
export const textsOf = (input: OperatorInput, field: string): readonly string[] => (input[field] as readonly string[] | undefined) ?? [];

/** What the address in that field stands for. @throws OperatorError for 0, and where the join point has no such thing */
export function handleOf<K extends keyof Handles>(input: OperatorInput, field: string, handles: Handles, kind: K): NonNullable<Handles[K]> {
  const handle = handles[kind];
  if (input[field] !== Number(ADDRESS[kind]) || !handle) throw new OperatorError(`The ${kind} memory address cannot be 0`);
  return handle;
}

/** Whether the input says that it is for this join point, as its `join_point_location` names it. */
export function isAt(input: OperatorInput, operation: string, type: 'PRE' | 'POST'): boolean {
  const location = input['join_point_location'] as Readonly<Record<string, unknown>> | undefined;
  return location?.['OperationName'] === operation && location['ConstraintType'] === type;
}
