/** How people see formations. */
import type { FormationDetailsFragment, FormationRowFragment } from '../../client/director.generated.ts';
import { type Assignment, nameOf } from '../formation/progress.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const formationColumns: readonly Column<FormationRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'STATE', of: ({ state }) => state },
  { title: 'STATUS', of: ({ status }) => status.condition },
];

export const assignmentColumns: readonly Column<Assignment>[] = [
  { title: 'TOLD', of: ({ targetName }) => targetName },
  { title: 'ABOUT', of: ({ sourceName }) => sourceName },
  { title: 'STATE', of: ({ state }) => state },
  { title: 'ERROR', of: ({ fault }) => fault?.message },
  { title: 'ASSIGNMENT', of: ({ id }) => id },
];

export function formationCard(formation: FormationRowFragment, headline?: string): Card {
  return card(formation, { Name: formation.name, ID: formation.id, State: formation.state, Status: formation.status.condition }, headline);
}

type Details = NonNullable<FormationDetailsFragment['formationAssignments']>['data'];

/** Who takes part, each once. */
function participants(assignments: Details): string[] {
  const names = assignments.flatMap(({ source, sourceEntity, target, targetEntity }) => [
    [source, nameOf(sourceEntity, source)] as const,
    [target, nameOf(targetEntity, target)] as const,
  ]);
  return [...new Map(names).values()].sort();
}

/** `6 READY, 2 CREATE_ERROR`. */
function byState(assignments: Details): string[] {
  const states = new Map<string, number>();
  for (const { state } of assignments) states.set(state, (states.get(state) ?? 0) + 1);
  return [...states].map(([state, count]) => `${count} ${state}`);
}

export function formationDetailsCard(formation: FormationDetailsFragment): Card {
  const assignments = formation.formationAssignments?.data ?? [];
  return card(formation, {
    Name: formation.name,
    ID: formation.id,
    State: formation.state,
    Status: formation.status.condition,
    Error: formation.error?.message,
    Participants: participants(assignments),
    Assignments: byState(assignments),
  });
}
