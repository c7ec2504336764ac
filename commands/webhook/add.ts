import { Flags } from '@oclif/core';
import { AddWebhookDocument, type WebhookInput } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { webhookCard } from '../../src/cli/views/webhook.ts';
import { WEBHOOK_MODES, WEBHOOK_TYPES } from '../../src/cli/input/webhook-input.ts';
import { OWNER_FLAGS, ownerFrom } from '../../src/cli/objects/webhook-owner.ts';

export default class WebhookAdd extends RemoteCommand<typeof WebhookAdd> {
  static override summary = 'Add a webhook to an application, a runtime or a template.';
  static override description = 'Templates and credentials come in the file (a WebhookInput).';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --app shop --type CONFIGURATION_CHANGED --webhook-url https://shop.example.com/hooks',
    '<%= config.bin %> <%= command.id %> --app shop --file tenant-mapping.yaml',
  ];
  static override flags = named({
    ...OWNER_FLAGS,
    type: Flags.option({ options: WEBHOOK_TYPES })({ summary: 'What it is called for.' }),
    // The flag --url of every command names the gateway.
    'webhook-url': Flags.string({ summary: 'Address that is called.', helpValue: 'URL' }),
    mode: Flags.option({ options: WEBHOOK_MODES })({ summary: 'Whether the answer is the result, or comes later.' }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    if (flags.url !== undefined && flags['webhook-url'] === undefined && flags.file === undefined)
      throw new Failure('usage', 'Nothing says what is called: --url is the address of the management plane.', {
        hint: 'Name the address that is called with --webhook-url.',
      });
    const owner = await ownerFrom(this.director, flags);
    const input = {
      ...(await this.fileInput()),
      ...given({ type: flags.type, url: flags['webhook-url'], mode: flags.mode }),
    } as WebhookInput;
    const { webhook } = await this.director.request(AddWebhookDocument, { [owner.kind]: owner.id, in: input });
    return webhookCard(webhook, 'Added webhook.');
  }
}
