/** The bodies of the status API: their form, and which words they may hold (`reference: facts/formations.md 10`). */
import { jsonFault } from '../../texts/json-fault.ts';
import { storedJson } from '../../texts/json-text.ts';
import { isEmptyConfiguration } from '../answer.ts';

/** Refuses a request with a status of its own; an empty text makes an empty body. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    message: string,
    /** Whether the text names the request's id. */
    readonly isTraced = true,
  ) {
    super(message);
  }
}

export const UNEXPECTED = 'An unexpected error occurred while processing the request';
export const refused = (message: string) => new Refused(400, message);
export const unexpected = () => refused(UNEXPECTED);
const malformed = (message: string) => new Refused(400, message, false);

export interface ReportBody {
  readonly state: string;
  readonly error: string;
  /** JSON text; undefined for an empty one. */
  readonly configuration?: string | undefined;
}

/** End of the first JSON object of a text; undefined if it does not end. */
function endOfObject(text: string): number | undefined {
  let depth = 0;
  let isInText = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (isInText) {
      if (char === '\\') at++;
      else if (char === '"') isInText = false;
    } else if (char === '"') isInText = true;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}

const isBroken = (text: string): boolean => {
  const fault = jsonFault(text);
  return fault !== undefined && !fault.startsWith('unexpected end');
};

/** Bytes up to the character at which the text stops being the beginning of any JSON, that one's first included. */
function faultPosition(body: string): number {
  let [whole, broken] = [0, body.length];
  while (broken - whole > 1) {
    const middle = (whole + broken) >> 1;
    if (isBroken(body.slice(0, middle))) broken = middle;
    else whole = middle;
  }
  return Buffer.byteLength(body.slice(0, broken - 1)) + 1;
}

/** Of a report, in bytes. */
const LARGEST_BODY = 1_048_576;

function parse(body: string): unknown {
  if (Buffer.byteLength(body) > LARGEST_BODY) throw new Refused(413, 'Request body must not be larger than 1MB', false);
  if (body.trim() === '') throw malformed('Request body must not be empty');
  const fault = jsonFault(body);
  if (fault === undefined) return JSON.parse(body);
  const end = endOfObject(body);
  if (end !== undefined && jsonFault(body.slice(0, end)) === undefined)
    throw malformed('Request body must only contain a single JSON object');
  if (fault.startsWith('unexpected end')) throw malformed('Request body contains badly-formed JSON');
  throw malformed(`Request body contains badly-formed JSON (at position ${faultPosition(body)})`);
}

/** Where the reference says that a value of the wrong kind is: after a plain one, at the beginning of an object or list. */
const positionAfter = (body: string, start: number): number =>
  start + /^(?:[[{]|"(?:\\.|[^"\\])*"|[^\s,\]}]+)/s.exec(body.slice(start))![0].length;

/** Names of fields are taken in any case, as the reference takes them; the first trouble counts. @throws Refused */
function objectOf(body: string, fields: readonly string[]): Record<string, unknown> {
  const value = parse(body);
  const wrong = (field: string, start: number) =>
    malformed(`Request body contains an invalid value for the "${field}" field (at position ${positionAfter(body, start)})`);
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw wrong('', body.search(/\S/));
  const texts: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    const field = fields.find((known) => known === name.toLowerCase());
    if (field === undefined) throw malformed(`Request body contains unknown field "${name}"`);
    if (field !== 'configuration' && inner !== null && typeof inner !== 'string') {
      const key = new RegExp(`"${name}"\\s*:\\s*`).exec(body);
      throw wrong(field, key ? key.index + key[0].length : 0);
    }
    texts[field] = inner;
  }
  return texts;
}

/** @throws Refused for another media type; none at all is fine */
export function checkContentType(contentType: string | undefined): void {
  if (contentType && contentType.split(';')[0]!.trim().toLowerCase() !== 'application/json')
    throw new Refused(415, 'Content-Type header is not application/json', false);
}

/** @throws Refused */
export function readReport(body: string, fields: readonly string[]): ReportBody {
  const { state, error, configuration } = objectOf(body, fields);
  const text = configuration === undefined ? undefined : storedJson(configuration);
  return {
    state: (state as string | null | undefined) ?? '',
    error: (error as string | null | undefined) ?? '',
    configuration: isEmptyConfiguration(text) ? undefined : text,
  };
}

/** @throws Refused that lists the faults by field */
function refuseFaults(faults: Readonly<Record<string, string | undefined>>): void {
  const found = Object.entries(faults).filter(([, fault]) => fault !== undefined);
  if (found.length > 0)
    throw refused(`Request Body contains invalid input: "${found.map(([field, fault]) => `${field}: ${fault}`).join('; ')}."`);
}

const ERRORS = ['CREATE_ERROR', 'DELETE_ERROR'];
const SUCCESSES = ['READY', 'CONFIG_PENDING', 'CREATE_READY', 'DELETE_READY'];
const NOT_VALID = 'must be a valid value';

/** @throws Refused */
export function checkAssignmentReport({ state, error, configuration }: ReportBody, needsState: boolean): void {
  const hasConfiguration = configuration !== undefined;
  const both = hasConfiguration && error !== '' ? 'must be blank' : undefined;
  const allowed = [...(hasConfiguration ? [] : ERRORS), ...(error === '' ? SUCCESSES : [])];
  const stateFault = state === '' ? (needsState ? 'cannot be blank' : undefined) : allowed.includes(state) ? undefined : NOT_VALID;
  refuseFaults({ configuration: both, error: both, state: stateFault });
}

/** @throws Refused */
export function checkFormationReport({ state, error }: ReportBody): void {
  const allowed = error === '' ? ['READY', ...ERRORS] : ERRORS;
  refuseFaults({ state: state === '' || allowed.includes(state) ? undefined : NOT_VALID });
}
