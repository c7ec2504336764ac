import { fetchPending } from '../spec/fetch.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { pickLabel } from '../label/rules.ts';
import type {
  ApplicationJsonInput,
  ApplicationTemplateLabelsArgs,
  MutationCreateApplicationTemplateArgs,
  MutationDeleteApplicationTemplateArgs,
  MutationRegisterApplicationFromTemplateArgs,
  MutationUpdateApplicationTemplateArgs,
  QueryApplicationTemplateArgs,
  QueryApplicationTemplatesArgs,
} from '../schema/types.generated.ts';
import { webhooksOf } from '../webhook/rules.ts';
import { applicationInputText } from './input-text.ts';
import { fromTemplateInputFaults, templateInputFaults } from './input.ts';
import { type ApplicationTemplateRecord, applicationTemplates } from './records.ts';
import { registerApplicationFromTemplate } from './registration.ts';
import {
  createApplicationTemplate,
  deleteApplicationTemplate,
  listApplicationTemplates,
  requireApplicationTemplate,
  updateApplicationTemplate,
} from './rules.ts';

/** A template in an answer; one that was just deleted has no labels any more. */
type ShownTemplate = ApplicationTemplateRecord & { readonly removed?: true };

export const applicationTemplate: Concept = {
  collections: [applicationTemplates],
  validators: {
    ApplicationTemplateInput: templateInputFaults,
    ApplicationTemplateUpdateInput: templateInputFaults,
    ApplicationFromTemplateInput: fromTemplateInputFaults,
  },
  resolvers: {
    Query: {
      applicationTemplates: (_, args: QueryApplicationTemplatesArgs, { call }) => listApplicationTemplates(call, args),
      applicationTemplate: (_, args: QueryApplicationTemplateArgs, { call }) => requireApplicationTemplate(call, args.id),
    },
    Mutation: {
      createApplicationTemplate: (_, args: MutationCreateApplicationTemplateArgs, ctx) =>
        ctx.write((call) => createApplicationTemplate(call, args.in)),
      updateApplicationTemplate: (_, args: MutationUpdateApplicationTemplateArgs, ctx) =>
        ctx.write((call) => updateApplicationTemplate(call, args.id, args.in, args.override ?? false)),
      deleteApplicationTemplate: async (_, args: MutationDeleteApplicationTemplateArgs, ctx): Promise<ShownTemplate> => ({
        ...(await ctx.write((call) => deleteApplicationTemplate(call, args.id))),
        removed: true,
      }),
      registerApplicationFromTemplate: async (_, args: MutationRegisterApplicationFromTemplateArgs, ctx) => {
        const registered = await ctx.write((call) => registerApplicationFromTemplate(call, args.in));
        await fetchPending(ctx, registered.id);
        return registered;
      },
    },
    ApplicationTemplate: {
      applicationInput: (shown: ShownTemplate) => applicationInputText(shown.applicationInput as unknown as ApplicationJsonInput),
      labels: (shown: ShownTemplate, { key }: ApplicationTemplateLabelsArgs) => (shown.removed ? null : pickLabel(shown.labels, key)),
      webhooks: (shown: ShownTemplate, _, { call }: DirectorContext) => webhooksOf(call, 'applicationTemplate', shown.id),
    },
  },
};
