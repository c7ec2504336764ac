import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type { MutationAddWebhookArgs, MutationDeleteWebhookArgs, MutationUpdateWebhookArgs } from '../schema/types.generated.ts';
import { judgeWebhook } from './input.ts';
import { type WebhookOwnerKind, type WebhookRecord, webhooks } from './records.ts';
import { addWebhook, deleteWebhook, updateWebhook } from './rules.ts';

const idOf =
  (kind: WebhookOwnerKind) =>
  ({ owner }: WebhookRecord) =>
    owner.kind === kind ? owner.id : null;

export const webhook: Concept = {
  resolvers: {
    Mutation: {
      addWebhook: (_: unknown, args: MutationAddWebhookArgs, ctx: DirectorContext) => ctx.write((call) => addWebhook(call, args)),
      updateWebhook: (_: unknown, args: MutationUpdateWebhookArgs, ctx: DirectorContext) =>
        ctx.write((call) => updateWebhook(call, args.webhookID, args.in)),
      deleteWebhook: (_: unknown, args: MutationDeleteWebhookArgs, ctx: DirectorContext) =>
        ctx.write((call) => deleteWebhook(call, args.webhookID)),
    },
    Webhook: {
      applicationID: idOf('application'),
      applicationTemplateID: idOf('applicationTemplate'),
      runtimeID: idOf('runtime'),
      formationTemplateID: idOf('formationTemplate'),
      integrationSystemID: () => null,
    },
  },
  validators: { WebhookInput: judgeWebhook },
  collections: [webhooks],
};
