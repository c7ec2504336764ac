import { UpdateWebhookDocument, type WebhookInput } from '../../src/client/director.generated.ts';
import { named, needed, neededFile } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { webhookCard } from '../../src/cli/views/webhook.ts';

export default class WebhookUpdate extends RemoteCommand<typeof WebhookUpdate> {
  static override summary = 'Replace a webhook by what a file holds.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --file webhook.yaml'];
  static override args = { webhook: needed('Id of the webhook.') };
  static override flags = named({ file: neededFile });

  protected async execute() {
    const { webhook } = await this.director.request(UpdateWebhookDocument, {
      id: this.args.webhook,
      in: (await this.fileInput()) as WebhookInput,
    });
    return webhookCard(webhook, 'Updated webhook.');
  }
}
