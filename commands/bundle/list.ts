import { needed } from '../../src/cli/flags.ts';
import { bundlesOf } from '../../src/cli/parts.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { table } from '../../src/cli/view.ts';
import { bundleColumns } from '../../src/cli/views/bundle.ts';

export default class BundleList extends RemoteCommand<typeof BundleList> {
  static override summary = 'List the bundles of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop'];
  static override args = { application: needed('Name or id of the application.') };

  protected async execute() {
    const rows = await bundlesOf(this.director, await this.idOf('application', this.args.application));
    return table(rows, bundleColumns, `No bundles. \`compass bundle add ${this.args.application}\` makes one.`);
  }
}
