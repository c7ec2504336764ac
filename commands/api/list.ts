import { named, ofApp } from '../../src/cli/frame/flags.ts';
import { apisOf } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { apiColumns } from '../../src/cli/views/bundle.ts';

export default class ApiList extends RemoteCommand<typeof ApiList> {
  static override summary = 'List the API definitions of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop'];
  static override flags = named({ app: ofApp });

  protected async execute() {
    const rows = await apisOf(this.director, await this.idOf('application', this.flags.app));
    return table(rows, apiColumns, 'No API definitions. `compass api add` adds one.');
  }
}
