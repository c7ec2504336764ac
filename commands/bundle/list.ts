import { named, ofApp } from '../../src/cli/frame/flags.ts';
import { bundlesOf } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { bundleColumns } from '../../src/cli/views/bundle.ts';

export default class BundleList extends RemoteCommand<typeof BundleList> {
  static override summary = 'List the bundles of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop'];
  static override flags = named({ app: ofApp });

  protected async execute() {
    const rows = await bundlesOf(this.director, await this.idOf('application', this.flags.app));
    return table(rows, bundleColumns, `No bundles. \`compass bundle add --app ${this.flags.app}\` makes one.`);
  }
}
