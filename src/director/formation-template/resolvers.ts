import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { constraintsOfTemplate } from '../formation-constraint/rules.ts';
import { pickLabel } from '../label/rules.ts';
import type {
  FormationTemplateLabelsArgs,
  MutationCreateFormationTemplateArgs,
  MutationDeleteFormationTemplateArgs,
  MutationDeleteFormationTemplateLabelArgs,
  MutationSetFormationTemplateLabelArgs,
  MutationUpdateFormationTemplateArgs,
  QueryFormationTemplateArgs,
  QueryFormationTemplatesArgs,
  QueryFormationTemplatesByNameArgs,
} from '../schema/types.generated.ts';
import { webhooksOf } from '../webhook/rules.ts';
import { registerFaults, updateFaults } from './input.ts';
import { type FormationTemplateRecord, formationTemplates } from './records.ts';
import * as rules from './rules.ts';

export const formationTemplate: Concept = {
  validators: { FormationTemplateRegisterInput: registerFaults, FormationTemplateUpdateInput: updateFaults },
  collections: [formationTemplates],
  beforeScopes: {
    formationTemplates: (args: QueryFormationTemplatesArgs, { caller }) => rules.requireSize(args, caller),
    formationTemplatesByName: (args: QueryFormationTemplatesByNameArgs, { caller }) => rules.requireSize(args, caller),
  },
  resolvers: {
    Query: {
      formationTemplate: (_, { id }: QueryFormationTemplateArgs, ctx) => rules.requireTemplate(ctx.call, id),
      formationTemplates: (_, args: QueryFormationTemplatesArgs, ctx) => rules.listTemplates(ctx.call, args.filter, args),
      formationTemplatesByName: (_, args: QueryFormationTemplatesByNameArgs, ctx) => rules.templatesByName(ctx.call, args.name, args),
    },
    Mutation: {
      createFormationTemplate: (_, args: MutationCreateFormationTemplateArgs, ctx) =>
        ctx.write((call) => rules.createTemplate(call, args.in)),
      updateFormationTemplate: (_, args: MutationUpdateFormationTemplateArgs, ctx) =>
        ctx.write((call) => rules.updateTemplate(call, args.id, args.in)),
      deleteFormationTemplate: (_, { id }: MutationDeleteFormationTemplateArgs, ctx) => ctx.write((call) => rules.deleteTemplate(call, id)),
      setFormationTemplateLabel: (_, args: MutationSetFormationTemplateLabelArgs, ctx) =>
        ctx.write((call) => rules.setTemplateLabel(call, args.formationTemplateID, args.in)),
      deleteFormationTemplateLabel: (_, args: MutationDeleteFormationTemplateLabelArgs, ctx) =>
        ctx.write((call) => rules.deleteTemplateLabel(call, args.formationTemplateID, args.key)),
    },
    FormationTemplate: {
      webhooks: ({ id }: FormationTemplateRecord, _, ctx: DirectorContext) => webhooksOf(ctx.call, 'formationTemplate', id),
      formationConstraints: ({ id }: FormationTemplateRecord, _, ctx: DirectorContext) => constraintsOfTemplate(ctx.call, id),
      labels: async ({ id }: FormationTemplateRecord, { key }: FormationTemplateLabelsArgs, ctx: DirectorContext) => {
        const template = await ctx.call.tx.get(formationTemplates, id);
        return template ? pickLabel(template.labels, key) : null;
      },
    },
  },
};
