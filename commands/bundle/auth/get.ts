import { Flags } from '@oclif/core';
import { BundleInstanceAuthDocument } from '../../../src/client/director.generated.ts';
import { Failure } from '../../../src/cli/failure/failure.ts';
import { named, needed } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { bundleAuthCard } from '../../../src/cli/views/bundle-auth.ts';

export default class BundleAuthGet extends RemoteCommand<typeof BundleAuthGet> {
  static override summary = 'Show credentials for a bundle.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --show-secrets'];
  static override args = { auth: needed('Id of the credentials.') };
  static override flags = named({ 'show-secrets': Flags.boolean({ summary: 'Show passwords and client secrets.' }) });

  protected async execute() {
    const { auth } = await this.director.request(BundleInstanceAuthDocument, { id: this.args.auth });
    if (auth === null) throw new Failure('not_found', `There are no credentials ${JSON.stringify(this.args.auth)}.`);
    return bundleAuthCard(auth, undefined, this.flags['show-secrets']);
  }
}
