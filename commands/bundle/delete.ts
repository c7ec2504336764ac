import { DeleteBundleDocument } from '../../src/client/director.generated.ts';
import { named, needed, ofApp, yes } from '../../src/cli/frame/flags.ts';
import { bundleId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class BundleDelete extends RemoteCommand<typeof BundleDelete> {
  static override summary = 'Delete a bundle with all that is in it.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop --yes'];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({ app: ofApp, yes });

  protected async execute() {
    const id = await bundleId(this.director, this.args.bundle, this.flags.app);
    await this.agree(`Delete bundle ${this.args.bundle} with its APIs, events, documents and credentials?`);
    const { bundle } = await this.director.request(DeleteBundleDocument, { id });
    return card(bundle, { Name: bundle.name, ID: bundle.id }, `Deleted bundle ${bundle.name}.`);
  }
}
