/** What the answer to a notification means (`reference: facts/formations.md 9`). */
import { sortedJson, storedJson } from '../texts/json-text.ts';
import type { StatusReport } from '../formation-constraint/operators/operator.ts';
import type { Operation } from './notification.ts';

/** What an output template makes of a response. */
export interface Answer {
  readonly status: number;
  readonly success: number;
  readonly incomplete?: number | undefined;
  readonly state: string;
  readonly error: string;
  readonly configuration: string;
}

export type Meaning =
  | { readonly kind: 'invalid'; readonly message: string }
  /** Nothing that would change the assignment: the result is still to come. */
  | { readonly kind: 'accepted' }
  | { readonly kind: 'report'; readonly report: StatusReport };

const INVALID = 'state: must be a valid value.';
const BOTH = 'Configuration and Error can not be provided at the same time';
const EMPTY = new Set(['', '{}', '[]', '""', 'null']);
const STATES = ['READY', 'CREATE_READY', 'DELETE_READY', 'CREATE_ERROR', 'DELETE_ERROR', 'CONFIG_PENDING'];

/** States that may follow; from all others any may. */
const TRANSITIONS: Readonly<Record<string, readonly string[]>> = {
  DELETING: ['DELETE_ERROR', 'READY', 'DELETE_READY'],
  INITIAL: ['CREATE_ERROR', 'CONFIG_PENDING', 'READY', 'CREATE_READY'],
  DELETE_ERROR: ['DELETE_ERROR', 'READY', 'DELETING', 'DELETE_READY'],
};

export const isEmptyConfiguration = (text: string | undefined): boolean => text === undefined || EMPTY.has(text.trim());

/** READY in its forms for joining and leaving is kept as READY. */
export const keptState = (state: string): string => (state === 'CREATE_READY' || state === 'DELETE_READY' ? 'READY' : state);

export const errorStateOf = (operation: Operation): string => (operation === 'assign' ? 'CREATE_ERROR' : 'DELETE_ERROR');

/** The text as it is kept. Undefined for what is no JSON. */
export function keptConfiguration(text: string): string | undefined {
  try {
    return storedJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function allowedStates(answer: Answer, operation: Operation, hasConfiguration: boolean): string[] {
  const rows = [
    STATES,
    ...(answer.error === '' ? [] : [[errorStateOf(operation)]]),
    ...(hasConfiguration ? [['READY', 'CREATE_READY', 'CONFIG_PENDING']] : []),
    ...(answer.status === answer.incomplete ? [['CONFIG_PENDING']] : []),
    ...(answer.status !== answer.success && answer.status !== answer.incomplete ? [['CREATE_ERROR', 'DELETE_ERROR']] : []),
  ];
  return STATES.filter((state) => rows.every((row) => row.includes(state)));
}

/** Why the answer cannot be taken; undefined where it can. `present` is the state of the working copy. */
function faultOf(answer: Answer, operation: Operation, mode: string | undefined, present: string): string | undefined {
  const hasConfiguration = !isEmptyConfiguration(answer.configuration);
  if (hasConfiguration && answer.error !== '') return `config: ${BOTH}; error: ${BOTH}.`;
  if (answer.state !== '' && !allowedStates(answer, operation, hasConfiguration).includes(answer.state)) return INVALID;
  if (hasConfiguration && mode === 'SYNC' && operation === 'unassign')
    return 'Config propagation is not supported on unassign notifications';
  const possible = TRANSITIONS[present];
  if (answer.state !== '' && possible && !possible.includes(answer.state))
    return `Invalid transition from state "${present}" to state ${answer.state}.`;
  return undefined;
}

function stateOf(answer: Answer, operation: Operation, isSync: boolean): string | undefined {
  if (answer.state !== '') return keptState(answer.state);
  if (answer.error !== '') return errorStateOf(operation);
  if (isSync && answer.status === answer.success) return 'READY';
  if (isSync && answer.status === answer.incomplete && operation === 'assign') return 'CONFIG_PENDING';
  return undefined;
}

/** A webhook without a mode is answered at once. */
export function meaningOf(answer: Answer, operation: Operation, mode: string | undefined, present: string): Meaning {
  const isSync = mode !== 'ASYNC_CALLBACK';
  const fault = faultOf(answer, operation, mode, present);
  if (fault !== undefined) return { kind: 'invalid', message: fault };
  const state = stateOf(answer, operation, isSync);
  if (state === undefined || (!isSync && !state.endsWith('_ERROR'))) return { kind: 'accepted' };
  const configuration = isEmptyConfiguration(answer.configuration) ? undefined : answer.configuration;
  return { kind: 'report', report: { state, configuration, error: answer.error === '' ? undefined : answer.error } };
}

/** The response's body as output templates see it: each key as text that may stand between quotes. @throws Error for a body that is no JSON object */
export function bodyTexts(body: string): Record<string, string> {
  if (body === '') return {};
  const fault = new Error(`failed to unmarshall HTTP response with body: ${body}`);
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw fault;
  }
  if (value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw fault;
  return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, bodyText(inner)]])));
}

const bodyText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(sortedJson(value)).slice(1, -1));
