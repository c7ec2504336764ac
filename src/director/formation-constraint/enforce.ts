/** Checks the constraints of a join point (`reference: facts/formations.md 11`). */
import type { Call } from '../call.ts';
import { errorList, unclassified } from '../errors.ts';
import { operatorInput } from './input-template.ts';
import { OPERATORS } from './operators/index.ts';
import { type Handles, OperatorError } from './operators/operator.ts';
import { type FormationConstraintRecord, formationConstraints, joinPointKey } from './records.ts';

export interface JoinPoint {
  readonly operation: string;
  readonly resourceType: string;
  readonly resourceSubtype: string;
  /** The formation's template: its id, and what is attached to it. */
  readonly template: { readonly id: string; readonly constraints: readonly string[] };
  /** What input templates may name. */
  readonly details: Readonly<Record<string, unknown>>;
  /** What operators may change. */
  readonly handles?: Handles;
}

export type ConstraintType = 'PRE' | 'POST';

/** Those that apply, the ones of a higher priority first, then the older ones. */
async function matching(call: Call, type: ConstraintType, point: JoinPoint): Promise<FormationConstraintRecord[]> {
  const found = await call.tx.find(formationConstraints, 'joinPoint', joinPointKey(point.operation, type, point.resourceType));
  return found
    .filter(({ resourceSubtype }) => resourceSubtype === 'ANY' || resourceSubtype === point.resourceSubtype)
    .filter(({ id, constraintScope }) => constraintScope === 'GLOBAL' || point.template.constraints.includes(id))
    .sort((a, b) => b.priority - a.priority);
}

/** Why it is not satisfied; nothing where it is. */
async function faultsOf(call: Call, constraint: FormationConstraintRecord, point: JoinPoint): Promise<string[]> {
  const { name, operator } = constraint;
  const unsatisfied = (why: string) => `Formation constraint "${name}" is not satisfied due to: ${why}`;
  const run = OPERATORS[operator];
  if (!run) return [unsatisfied(`Operator "${operator}" is not known`)];
  let input;
  try {
    input = operatorInput(constraint, point.details);
  } catch {
    return [unsatisfied(`Failed to parse operator input template for operator "${operator}"`)];
  }
  try {
    if (await run(call, input, point.handles ?? {})) return [];
    return [unsatisfied(`Operator "${operator}" is not satisfied`)];
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const failure = `An error occurred while executing operator "${operator}" for formation constraint "${name}": ${error.message}`;
    return [unsatisfied(failure), unsatisfied(`Operator "${operator}" is not satisfied`)];
  }
}

/** All matching constraints are run. @throws UnclassifiedError that names each one that is not satisfied */
export async function enforce(call: Call, type: ConstraintType, point: JoinPoint): Promise<void> {
  const faults: string[] = [];
  for (const constraint of await matching(call, type, point)) faults.push(...(await faultsOf(call, constraint, point)));
  if (faults.length > 0)
    throw unclassified(
      `while enforcing constraints for target operation "${point.operation}" and constraint type "${type}": ${errorList(faults)}`,
    );
}
