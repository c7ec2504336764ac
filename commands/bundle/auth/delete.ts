import { Flags } from '@oclif/core';
import { DeleteBundleInstanceAuthDocument, RequestBundleInstanceAuthDeletionDocument } from '../../../src/client/director.generated.ts';
import { named, needed, yes } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { bundleAuthCard } from '../../../src/cli/views/bundle-auth.ts';

export default class BundleAuthDelete extends RemoteCommand<typeof BundleAuthDelete> {
  static override summary = 'Delete credentials for a bundle, or ask the application to.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --yes',
    '<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --request',
  ];
  static override args = { auth: needed('Id of the credentials.') };
  static override flags = named({ request: Flags.boolean({ summary: 'Ask for the deletion, as a runtime does.' }), yes });

  protected async execute() {
    const id = this.args.auth;
    if (this.flags.request)
      return bundleAuthCard(
        (await this.director.request(RequestBundleInstanceAuthDeletionDocument, { id })).auth,
        'Asked for the deletion.',
      );
    await this.agree(`Delete credentials ${id}?`);
    return bundleAuthCard((await this.director.request(DeleteBundleInstanceAuthDocument, { id })).auth, 'Deleted credentials.');
  }
}
