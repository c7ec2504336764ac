import { DeleteWebhookDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class WebhookDelete extends RemoteCommand<typeof WebhookDelete> {
  static override summary = 'Delete a webhook.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --yes'];
  static override args = { webhook: needed('Id of the webhook.') };
  static override flags = named({ yes });

  protected async execute() {
    await this.agree(`Delete webhook ${this.args.webhook}?`);
    const { webhook } = await this.director.request(DeleteWebhookDocument, { id: this.args.webhook });
    return card(webhook, { ID: webhook.id, Type: webhook.type }, 'Deleted webhook.');
  }
}
