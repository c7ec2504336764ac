/** How people see formation templates and constraints. */
import type {
  ConstraintDetailsFragment,
  FormationTemplateDetailsFragment,
  FormationTemplateRowFragment,
} from '../../client/director.generated.ts';
import { card, type Card, type Column } from '../output/view.ts';

export const formationTemplateColumns: readonly Column<FormationTemplateRowFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'APPLICATION TYPES', of: ({ applicationTypes }) => applicationTypes },
  { title: 'RUNTIME TYPES', of: ({ runtimeTypes }) => runtimeTypes },
];

export function formationTemplateCard(template: FormationTemplateDetailsFragment, headline?: string): Card {
  return card(
    template,
    {
      Name: template.name,
      ID: template.id,
      'Application types': template.applicationTypes,
      'Runtime types': template.runtimeTypes,
      'Runtime type shown as': template.runtimeTypeDisplayName,
      'Artifact kind': template.runtimeArtifactKind,
      'Supports reset': template.supportsReset,
      Labels: template.labels,
    },
    headline,
  );
}

export const constraintColumns: readonly Column<ConstraintDetailsFragment>[] = [
  { title: 'NAME', of: ({ name }) => name },
  { title: 'ID', of: ({ id }) => id },
  { title: 'WHEN', of: ({ constraintType, targetOperation }) => `${constraintType} ${targetOperation}` },
  { title: 'OPERATOR', of: ({ operator }) => operator },
  { title: 'SCOPE', of: ({ constraintScope }) => constraintScope },
];

export function constraintCard(constraint: ConstraintDetailsFragment, headline?: string): Card {
  return card(
    constraint,
    {
      Name: constraint.name,
      ID: constraint.id,
      Description: constraint.description,
      When: `${constraint.constraintType} ${constraint.targetOperation}`,
      Operator: constraint.operator,
      Resource: `${constraint.resourceType} ${constraint.resourceSubtype}`,
      Scope: constraint.constraintScope,
      Priority: constraint.priority,
      Input: constraint.inputTemplate,
    },
    headline,
  );
}
