import { named } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { webhookColumns } from '../../src/cli/views/webhook.ts';
import { OWNER_FLAGS, ownerFrom, webhooksOf } from '../../src/cli/objects/webhook-owner.ts';

export default class WebhookList extends RemoteCommand<typeof WebhookList> {
  static override summary = 'List the webhooks of an application, a runtime or a template.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop'];
  static override flags = named(OWNER_FLAGS);

  protected async execute() {
    return table(
      await webhooksOf(this.director, await ownerFrom(this.director, this.flags)),
      webhookColumns,
      'No webhooks. `compass webhook add` adds one.',
    );
  }
}
