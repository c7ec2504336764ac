import { Flags } from '@oclif/core';
import { RequestBundleInstanceAuthDocument } from '../../../src/client/director.generated.ts';
import { named, needed, ofApp } from '../../../src/cli/flags.ts';
import { given, literalOrFile } from '../../../src/cli/input.ts';
import { bundleId } from '../../../src/cli/parts.ts';
import { RemoteCommand } from '../../../src/cli/remote-command.ts';
import { bundleAuthCard } from '../../../src/cli/views/bundle-auth.ts';

export default class BundleAuthRequest extends RemoteCommand<typeof BundleAuthRequest> {
  static override summary = 'Ask for credentials for a bundle, as a runtime does.';
  static override description = 'Only a runtime may ask: use a context with its certificate or client.';
  static override examples = [`<%= config.bin %> <%= command.id %> orders --app shop --parameters '{"plan":"gold"}'`];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({
    app: ofApp,
    parameters: Flags.string({ summary: "Input that fits the bundle's schema, as JSON; @FILE reads it.", helpValue: 'JSON' }),
    'auth-context': Flags.string({ summary: 'JSON that is kept beside the credentials; @FILE reads it.', helpValue: 'JSON' }),
  });

  protected async execute() {
    const bundle = await bundleId(this.director, this.args.bundle, this.flags.app);
    const { parameters, 'auth-context': context } = this.flags;
    const input = given({
      inputParams: parameters === undefined ? undefined : await literalOrFile(this.host, parameters),
      context: context === undefined ? undefined : await literalOrFile(this.host, context),
    });
    const { auth } = await this.director.request(RequestBundleInstanceAuthDocument, { bundle, in: input });
    return bundleAuthCard(auth, 'Asked for credentials.');
  }
}
