/** How people see formations. */
import type { FormationDetailsFragment, FormationRowFragment } from '../../client/director.generated.ts';
import type { Assignment } from '../formation/progress.ts';
import { card, type Card, type Column } from '../view.ts';

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

export function formationDetailsCard(formation: FormationDetailsFragment): Card {
  return card(formation, {
    Name: formation.name,
    ID: formation.id,
    State: formation.state,
    Status: formation.status.condition,
    Error: formation.error?.message,
    Assignments: formation.formationAssignments?.data.map(({ source, target, state }) => `${source} -> ${target} ${state}`),
  });
}
