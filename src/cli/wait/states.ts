/** The states that one can wait for, by kind of object. */
import type { ApplicationStatusCondition, FormationStatusCondition, RuntimeStatusCondition } from '../../client/director.generated.ts';
import { Failure } from '../failure/failure.ts';

export const WAITABLE = ['plane', 'application', 'runtime', 'formation'] as const;
export type Waitable = (typeof WAITABLE)[number];

/** Not there, or not there any more. */
export const GONE = 'GONE';

const APPLICATION: Readonly<Record<ApplicationStatusCondition, true>> = {
  CONNECTED: true,
  INITIAL: true,
  FAILED: true,
  CREATING: true,
  CREATE_SUCCEEDED: true,
  CREATE_FAILED: true,
  UPDATING: true,
  UPDATE_SUCCEEDED: true,
  UPDATE_FAILED: true,
  DELETING: true,
  DELETE_SUCCEEDED: true,
  DELETE_FAILED: true,
  UNPAIRING: true,
  UNPAIR_FAILED: true,
};
const RUNTIME: Readonly<Record<RuntimeStatusCondition, true>> = { CONNECTED: true, INITIAL: true, PROVISIONING: true, FAILED: true };
const FORMATION: Readonly<Record<FormationStatusCondition, true>> = { READY: true, IN_PROGRESS: true, ERROR: true, DRAFT: true };

/** The usual one first. */
const STATES: Readonly<Record<Waitable, readonly string[]>> = {
  plane: ['READY'],
  application: [...Object.keys(APPLICATION), GONE],
  runtime: [...Object.keys(RUNTIME), GONE],
  formation: [...Object.keys(FORMATION), GONE],
};

/** The state that is meant, in whatever case; the usual one of the kind unless given. @throws Failure usage */
export function stateOf(kind: Waitable, asked: string | undefined): string {
  const states = STATES[kind];
  const state = asked === undefined ? states[0]! : asked.toUpperCase();
  if (states.includes(state)) return state;
  const owners = kind === 'plane' ? 'the plane' : `${kind}s`;
  throw new Failure('usage', `--for: ${JSON.stringify(asked)} is no state of ${owners}.`, {
    hint: `Take one of ${states.join(', ')}.`,
    details: { states },
  });
}
