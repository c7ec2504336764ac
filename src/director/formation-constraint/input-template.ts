/** An operator's input, made of the details of a join point. */
import { invalidData } from '../errors.ts';
import { isObject } from '../../text/json.ts';
import { jsonKind } from '../texts/json-fault.ts';
import { renderJson } from '../notification/templates/render.ts';
import { INPUT_FIELDS } from './operators/index.ts';
import type { FieldKind, OperatorInput } from './operators/operator.ts';
import type { FormationConstraintRecord } from './records.ts';

type Templated = Pick<FormationConstraintRecord, 'operator' | 'inputTemplate'>;

const isText = (value: unknown) => typeof value === 'string';
const isTextOrNull = (value: unknown) => value === null || isText(value);

const LOCATION = ['OperationName', 'ConstraintType'];

/** A field, whose name may be written in letters of any case; of several the last. */
function named(object: Readonly<Record<string, unknown>>, name: string): unknown {
  const written = Object.keys(object).findLast((key) => key.toLowerCase() === name.toLowerCase());
  return written === undefined ? undefined : object[written];
}

const FITS: Readonly<Record<FieldKind, (value: unknown) => boolean>> = {
  text: isText,
  flag: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number' && Number.isInteger(value) && value >= 0,
  texts: (value) => Array.isArray(value) && value.every(isTextOrNull),
  location: (value) => isObject(value) && LOCATION.every((name) => isTextOrNull(named(value, name) ?? null)),
};

/** The value as operators read it: null in a list is an empty text, and names in a location are those of the join point. */
function read(kind: FieldKind, value: unknown): unknown {
  if (kind === 'texts') return (value as readonly (string | null)[]).map((item) => item ?? '');
  return kind === 'location' ? Object.fromEntries(LOCATION.map((name) => [name, named(value as Record<string, unknown>, name)])) : value;
}

/** Renders the constraint's template. @throws TemplateError; InvalidData for an input of the wrong shape */
export function operatorInput({ operator, inputTemplate }: Templated, details: unknown): OperatorInput {
  const rendered = renderJson(inputTemplate, details) ?? {};
  if (!isObject(rendered)) throw invalidData(`a JSON object is needed, not a value of type ${jsonKind(rendered)}`);
  const input: Record<string, unknown> = {};
  for (const [field, kind] of Object.entries(INPUT_FIELDS[operator] ?? {})) {
    const value = named(rendered, field) ?? null;
    if (value === null) continue;
    if (!FITS[kind](value)) throw invalidData(`field ${field} cannot be a value of type ${jsonKind(value)}`);
    input[field] = read(kind, value);
  }
  return input;
}
