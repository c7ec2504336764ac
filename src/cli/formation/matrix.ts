/** Who has been told about whom, as a square: a row for each participant that is told, a column for whom it is told about. */
import type { Progress } from './progress.ts';
import { isLoop } from './progress.ts';

export interface Matrix {
  readonly titles: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const ITSELF = '·';

/** A loop that is not settled is worth a word. */
const cellOf = (isSelf: boolean, state: string | undefined) =>
  isSelf && (state === undefined || state === 'READY') ? ITSELF : (state ?? '');

export function matrixOf({ assignments }: Progress): Matrix {
  const names = new Map<string, string>();
  for (const { source, target, sourceName, targetName } of assignments) {
    names.set(source, sourceName);
    names.set(target, targetName);
  }
  const states = new Map(assignments.map(({ source, target, state }) => [`${target} ${source}`, state]));
  const participants = [...names].sort(([, a], [, b]) => (a < b ? -1 : a > b ? 1 : 0));
  return {
    titles: ['TOLD \\ ABOUT', ...participants.map(([, name]) => name)],
    rows: participants.map(([target, name]) => [
      name,
      ...participants.map(([source]) => cellOf(source === target, states.get(`${target} ${source}`))),
    ]),
  };
}

/** What stands below the square: each error with whom it concerns. */
export const faultLines = ({ formation, assignments }: Progress): string[] => [
  ...(formation.error?.message ? [`${formation.name}: ${formation.error.message}`] : []),
  ...assignments
    .filter(({ state }) => state.endsWith('_ERROR'))
    .map((assignment) =>
      isLoop(assignment)
        ? `${assignment.targetName}: ${assignment.fault?.message ?? 'no reason was given'}`
        : `${assignment.targetName} about ${assignment.sourceName}: ${assignment.fault?.message ?? 'no reason was given'}`,
    ),
];
