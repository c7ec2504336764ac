/** What a provider's module answers, read so that nonsense ends the operation in words and never troubles the plane. */
import { isObject } from '../../text/json.ts';
import { OperationFailed } from '../errors.ts';
import type { AgentState, KymaState } from '../provider.ts';

/** As the module tells it; undefined or null where the cluster is gone. */
export interface ModuleState {
  readonly domain?: string;
  readonly seed?: string;
  readonly ready?: boolean;
  /** Whether it sleeps; where that is left out it does as soon as it was told to. */
  readonly hibernated?: boolean;
  /** Why it can't be put to sleep now. */
  readonly awake?: string;
  readonly failed?: { readonly description?: string; readonly codes?: readonly string[] };
}

interface ModuleKymaState {
  readonly state?: string;
  readonly description?: string;
  readonly components?: readonly string[];
}

const KYMA_STATES = ['installing', 'installed', 'failing', 'failed'] as const;

const LONGEST_ANSWER = 100;

/** An answer that nobody can make anything of ends the operation. */
function nonsense(what: string, answer: unknown): OperationFailed {
  const text = JSON.stringify(answer);
  const shown = text.length > LONGEST_ANSWER ? `${text.slice(0, LONGEST_ANSWER)}…` : text;
  return new OperationFailed(`the provider failed: it told ${what}: ${shown}`, 500, undefined, 'provider');
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isFlag = (value: unknown) => typeof value === 'boolean';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);

/** Each may be left out. */
const STATE_FIELDS: Readonly<Record<keyof ModuleState, (value: unknown) => boolean>> = {
  domain: isText,
  seed: isText,
  ready: isFlag,
  hibernated: isFlag,
  awake: isText,
  failed: (value) => isObject(value) && isText(value.description ?? '') && isTexts(value.codes ?? []),
};

/** Undefined where there is no such cluster. @throws OperationFailed where the answer is no state */
export function stateOf(answer: unknown): ModuleState | undefined {
  if (answer === undefined) return undefined;
  if (!isObject(answer)) throw nonsense('a state of the cluster that is none', answer);
  for (const [field, fits] of Object.entries(STATE_FIELDS))
    if ((answer[field] ?? undefined) !== undefined && !fits(answer[field]))
      throw nonsense(`a state of the cluster with ${field} that can't be read`, answer[field]);
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => value !== null));
}

/** @throws OperationFailed where the answer is no state */
export function kymaStateOf(answer: unknown): KymaState {
  const { state, description = '', components = [] } = (isObject(answer) ? answer : {}) as ModuleKymaState;
  const known = KYMA_STATES.find((one) => one === state);
  if (!known || !isTexts(components)) throw nonsense('a state of Kyma that is none', answer);
  return { state: known, description: String(description), components };
}

const AGENT_STATES = ['none', 'connecting', 'connected', 'failed'] as const satisfies readonly AgentState[];

/** @throws OperationFailed where the answer is no state */
export function agentStateOf(answer: unknown = 'none'): AgentState {
  const known = AGENT_STATES.find((one) => one === answer);
  if (!known) throw nonsense('a state of the agent that is none', answer);
  return known;
}

/** Empty where there is none yet. @throws OperationFailed where the answer is no text */
export function kubeconfigOf(answer: unknown = ''): string {
  if (!isText(answer)) throw nonsense('access to the cluster that is no text', answer);
  return answer;
}
