import { named, ofApp } from '../../src/cli/flags.ts';
import { apisOf } from '../../src/cli/parts.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { table } from '../../src/cli/view.ts';
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
