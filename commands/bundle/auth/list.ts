import { BundleInstanceAuthsDocument } from '../../../src/client/director.generated.ts';
import { named, needed, ofApp } from '../../../src/cli/frame/flags.ts';
import { bundleId } from '../../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { table } from '../../../src/cli/output/view.ts';
import { bundleAuthColumns } from '../../../src/cli/views/bundle-auth.ts';

export default class BundleAuthList extends RemoteCommand<typeof BundleAuthList> {
  static override summary = 'List the credentials that were asked for a bundle.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop'];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({ app: ofApp });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const bundle = await bundleId(this.director, this.args.bundle, application);
    const { application: owner } = await this.director.request(BundleInstanceAuthsDocument, { application, bundle });
    return table(
      owner?.bundle?.instanceAuths ?? [],
      bundleAuthColumns,
      'Nobody has asked for credentials. `compass bundle auth request` does.',
    );
  }
}
