import type { Concept } from '../concept.ts';
import type {
  MutationAttachConstraintToFormationTemplateArgs,
  MutationCreateFormationConstraintArgs,
  MutationDeleteFormationConstraintArgs,
  MutationDetachConstraintFromFormationTemplateArgs,
  MutationUpdateFormationConstraintArgs,
  QueryFormationConstraintArgs,
  QueryFormationConstraintsByFormationTypeArgs,
} from '../schema/types.generated.ts';
import { constraintFaults } from './input.ts';
import { formationConstraints } from './records.ts';
import * as rules from './rules.ts';

export const formationConstraint: Concept = {
  validators: { FormationConstraintInput: constraintFaults },
  collections: [formationConstraints],
  resolvers: {
    Query: {
      formationConstraints: (_, __, ctx) => rules.listConstraints(ctx.call),
      formationConstraint: (_, { id }: QueryFormationConstraintArgs, ctx) => rules.requireConstraint(ctx.call, id),
      formationConstraintsByFormationType: (_, args: QueryFormationConstraintsByFormationTypeArgs, ctx) =>
        rules.constraintsOfTemplate(ctx.call, args.formationTemplateID),
    },
    Mutation: {
      createFormationConstraint: (_, args: MutationCreateFormationConstraintArgs, ctx) =>
        ctx.write((call) => rules.createConstraint(call, args.formationConstraint)),
      updateFormationConstraint: (_, args: MutationUpdateFormationConstraintArgs, ctx) =>
        ctx.write((call) => rules.updateConstraint(call, args.id, args.in)),
      deleteFormationConstraint: (_, { id }: MutationDeleteFormationConstraintArgs, ctx) =>
        ctx.write((call) => rules.deleteConstraint(call, id)),
      attachConstraintToFormationTemplate: (_, args: MutationAttachConstraintToFormationTemplateArgs, ctx) =>
        ctx.write((call) => rules.attachConstraint(call, args)),
      detachConstraintFromFormationTemplate: (_, args: MutationDetachConstraintFromFormationTemplateArgs, ctx) =>
        ctx.write((call) => rules.detachConstraint(call, args)),
    },
  },
};
