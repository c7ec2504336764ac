/** How people see formations. */
import type { FormationAssignmentRowFragment, FormationDetailsFragment, FormationRowFragment } from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../view.ts';

export const formationColumns: readonly Column<FormationRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'STATE', of: ({ state }) => state },
  { title: 'STATUS', of: ({ status }) => status.condition },
];

export const assignmentColumns: readonly Column<FormationAssignmentRowFragment>[] = [
  { title: 'SOURCE', of: ({ source }) => source },
  { title: 'TYPE', of: ({ sourceType }) => sourceType },
  { title: 'TARGET', of: ({ target }) => target },
  { title: 'TYPE', of: ({ targetType }) => targetType },
  { title: 'STATE', of: ({ state }) => state },
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
