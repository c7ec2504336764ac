import { type BundleInstanceAuthSetInput, SetBundleInstanceAuthDocument } from '../../../src/client/director.generated.ts';
import { named, needed, neededFile } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { bundleAuthCard } from '../../../src/cli/views/bundle-auth.ts';

export default class BundleAuthSet extends RemoteCommand<typeof BundleAuthSet> {
  static override summary = 'Give the credentials that were asked for, or say why not, as an application does.';
  static override description =
    'The file holds `auth` (credential: basic, oauth or certificateOAuth) or `status` (condition, reason, message). Secrets are read from a file or standard input alone.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --file credentials.yaml'];
  static override args = { auth: needed('Id of the credentials.') };
  static override flags = named({ file: neededFile });

  protected async execute() {
    const input = (await this.fileInput()) as BundleInstanceAuthSetInput;
    const { auth } = await this.director.request(SetBundleInstanceAuthDocument, { id: this.args.auth, in: input });
    return bundleAuthCard(auth, 'Set credentials.');
  }
}
