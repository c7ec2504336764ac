import { ApplicationsForRuntimeDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { applicationColumns } from '../../src/cli/views/application.ts';

export default class RuntimeApplications extends RemoteCommand<typeof RuntimeApplications> {
  static override summary = 'List the applications that share a formation with a runtime.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const id = await this.idOf('runtime', this.args.runtime);
    const rows = await everyRow(async ({ after }) => (await this.director.request(ApplicationsForRuntimeDocument, { id, after })).page);
    return table(rows, applicationColumns, `No application shares a formation with ${this.args.runtime}.`);
  }
}
