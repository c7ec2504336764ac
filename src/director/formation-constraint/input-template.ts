/** An operator's input, made of the details of a join point. */
import { invalidData } from '../errors.ts';
import { jsonKind } from '../texts/json-fault.ts';
import { renderJson } from '../notification/templates/render.ts';
import { INPUT_FIELDS } from './operators/index.ts';
import type { FieldKind, OperatorInput } from './operators/operator.ts';
import type { FormationConstraintRecord } from './records.ts';

const isTexts = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string');

const FITS: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  flag: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  texts: isTexts,
  object: (value) => jsonKind(value) === 'object',
};

/** Renders the constraint's template. @throws TemplateError; InvalidData for an input of the wrong shape */
export function operatorInput(constraint: Pick<FormationConstraintRecord, 'inputTemplate'>, details: unknown): OperatorInput {
  const input = renderJson(constraint.inputTemplate, details);
  if (jsonKind(input) !== 'object') throw invalidData(`a JSON object is needed, not a value of type ${jsonKind(input)}`);
  for (const [field, value] of Object.entries(input as OperatorInput)) {
    const kind = INPUT_FIELDS[field];
    if (kind && value !== null && !FITS[kind](value)) throw invalidData(`field ${field} cannot be a value of type ${jsonKind(value)}`);
  }
  return Object.fromEntries(Object.entries(input as OperatorInput).filter(([, value]) => value !== null));
}
