/** What a formation constraint must look like (`reference: facts/formations.md 11`). */
import { invalidData } from '../errors.ts';
import type { FormationConstraintInput } from '../schema/types.generated.ts';
import { type Fault, type Faults, faultsOf, first, length, required } from '../validation.ts';
import { emptyDetails } from '../notification/templates/empty-data.ts';
import { operatorInput } from './input-template.ts';
import { OPERATORS } from './operators/index.ts';
import type { FormationConstraintRecord } from './records.ts';

/** Of a text that constraints are found by, in characters. */
const LONGEST = 256;

const LONGEST_DESCRIPTION = 255;

export const descriptionFault = (description: string | null | undefined): Fault | undefined =>
  first(description, length(0, LONGEST_DESCRIPTION));

type Checked = Pick<FormationConstraintRecord, 'constraintType' | 'targetOperation' | 'operator' | 'inputTemplate'>;

/** Renders the template with an empty object of its join point, unless it is for user interfaces. @throws InvalidData where that gives no input of the operator */
export function checkInputTemplate(constraint: Checked): void {
  if (constraint.constraintType === 'UI') return;
  const refused = (why: string) => invalidData(`failed to parse input template: ${why}`);
  if (!Object.hasOwn(OPERATORS, constraint.operator)) throw refused('json: Unmarshal(nil)');
  try {
    operatorInput(constraint, emptyDetails(constraint.targetOperation));
  } catch (error) {
    throw refused((error as Error).message);
  }
}

/** @throws InvalidData for an input template that does not fit */
export function constraintFaults(input: FormationConstraintInput): Faults | undefined {
  const faults = faultsOf({
    name: first(input.name, required, length(0, LONGEST)),
    operator: first(input.operator, required, length(0, LONGEST)),
    resourceSubtype: first(input.resourceSubtype, required, length(0, LONGEST)),
    description: descriptionFault(input.description),
    inputTemplate: first(input.inputTemplate, required),
  });
  if (!faults) checkInputTemplate(input);
  return faults;
}
