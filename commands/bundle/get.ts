import { BundleDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { bundleId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { bundleCard } from '../../src/cli/views/bundle.ts';

export default class BundleGet extends RemoteCommand<typeof BundleGet> {
  static override summary = 'Show one bundle of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop'];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({ app: ofApp });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const id = await bundleId(this.director, this.args.bundle, application);
    const { application: owner } = await this.director.request(BundleDocument, { application, id });
    if (owner?.bundle === null || owner?.bundle === undefined)
      throw new Failure('not_found', `There is no bundle ${JSON.stringify(this.args.bundle)}.`);
    return bundleCard(owner.bundle);
  }
}
