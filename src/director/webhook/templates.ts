/**
 * Whether a webhook's templates give what they must (`reference: facts/security.md 5.2`): each is filled in once with an empty object
 * of its type, and the result must be JSON of the right shape.
 */
import { jsonFault, jsonKind } from '../texts/json-fault.ts';
import { requestAddressFault } from './address.ts';
import { fillEmpty, type TemplateKind } from './fill.ts';

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

type Shape = Readonly<Record<string, 'string' | 'int'>>;
type Filled = { readonly fault: string } | { readonly value: unknown };

function filled(template: string, kind: TemplateKind, webhookType: string): Filled {
  const result = fillEmpty(template, kind, webhookType);
  if ('fault' in result) return result;
  const fault = jsonFault(result.text);
  return fault === undefined ? { value: JSON.parse(result.text) } : { fault };
}

const fits = (value: unknown, type: 'string' | 'int'): boolean => (type === 'int' ? Number.isInteger(value) : typeof value === type);

/** The fields of the object whatever the case of their names; null and absent ones are left out. */
function fieldsOf(
  value: unknown,
  shape: Shape,
  type: string,
): { readonly fault: string } | { readonly fields: Readonly<Record<string, string | number>> } {
  if (value === null) return { fields: {} };
  if (jsonKind(value) !== 'object') return { fault: `json: cannot unmarshal ${jsonKind(value)} into Go value of type webhook.${type}` };
  const fields: Record<string, string | number> = {};
  for (const [name, given] of Object.entries(value as Readonly<Record<string, unknown>>)) {
    const field = Object.keys(shape).find((known) => known === name.toLowerCase());
    if (field === undefined || given === null) continue;
    if (!fits(given, shape[field]!)) {
      const kind = typeof given === 'number' && shape[field] === 'int' ? `number ${given}` : jsonKind(given);
      return { fault: `json: cannot unmarshal ${kind} into Go struct field ${type}.${field} of type ${shape[field]}` };
    }
    fields[field] = given as string | number;
  }
  return { fields };
}

function urlFault(value: unknown): string | undefined {
  const read = fieldsOf(value, { method: 'string', path: 'string' }, 'URL');
  if ('fault' in read) return read.fault;
  const { method, path } = read.fields;
  if (method === undefined) return 'missing URL Template method field';
  if (!METHODS.includes(String(method))) return `http method not allowed, allowed methods: [${METHODS.join(' ')}]`;
  if (path === undefined) return 'missing URL Template path field';
  const fault = requestAddressFault(String(path));
  return fault === undefined ? undefined : `failed to parse URL Template path field: ${fault}`;
}

function headersFault(value: unknown): string | undefined {
  if (value === null) return undefined;
  if (jsonKind(value) !== 'object') return `json: cannot unmarshal ${jsonKind(value)} into Go value of type http.Header`;
  for (const values of Object.values(value as object)) {
    if (values === null) continue;
    if (!Array.isArray(values)) return `json: cannot unmarshal ${jsonKind(values)} into Go value of type []string`;
    const odd: unknown = values.find((item) => item !== null && typeof item !== 'string');
    if (odd !== undefined) return `json: cannot unmarshal ${jsonKind(odd)} into Go value of type string`;
  }
  return undefined;
}

function missingField(
  value: unknown,
  shape: Shape,
  type: string,
  title: string,
  needed: Readonly<Record<string, string>>,
): string | undefined {
  const read = fieldsOf(value, shape, type);
  if ('fault' in read) return read.fault;
  const missing = Object.keys(needed).find((field) => read.fields[field] === undefined);
  return missing === undefined ? undefined : `missing ${title} ${needed[missing]} field`;
}

const OUTPUT: Shape = {
  location: 'string',
  config: 'string',
  state: 'string',
  success_status_code: 'int',
  incomplete_status_code: 'int',
  gone_status_code: 'int',
  error: 'string',
};
const STATUS: Shape = {
  status: 'string',
  success_status_code: 'int',
  success_status_identifier: 'string',
  in_progress_status_identifier: 'string',
  failed_status_identifier: 'string',
  error: 'string',
};

const SHAPE_FAULTS: Readonly<Record<TemplateKind, (value: unknown) => string | undefined>> = {
  url: urlFault,
  input: () => undefined,
  headers: headersFault,
  output: (value) =>
    missingField(value, OUTPUT, 'Response', 'Output Template', { success_status_code: 'success status code', error: 'error' }),
  status: (value) =>
    missingField(value, STATUS, 'ResponseStatus', 'Status Template', {
      status: 'status',
      success_status_code: 'success status code',
      success_status_identifier: 'success status identifier',
      in_progress_status_identifier: 'in progress status identifier',
      failed_status_identifier: 'failed status identifier',
      error: 'error',
    }),
};

/** What is wrong with the template of a webhook of that type. */
export function templateFault(template: string, kind: TemplateKind, webhookType: string): string | undefined {
  const result = filled(template, kind, webhookType);
  return 'fault' in result ? result.fault : SHAPE_FAULTS[kind](result.value);
}
