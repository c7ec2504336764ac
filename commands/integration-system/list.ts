import { IntegrationSystemsDocument } from '../../src/client/director.generated.ts';
import { LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { integrationSystemColumns } from '../../src/cli/views/integration-system.ts';

export default class IntegrationSystemList extends RemoteCommand<typeof IntegrationSystemList> {
  static override summary = 'List the integration systems.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = named(LIST_FLAGS);

  protected async execute() {
    const rows = await everyRow(async (bounds) => (await this.director.request(IntegrationSystemsDocument, bounds)).page, this.flags.limit);
    return table(rows, integrationSystemColumns, 'No integration systems. `compass integration-system register` makes one.');
  }
}
