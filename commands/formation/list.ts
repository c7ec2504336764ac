import { FormationsDocument } from '../../src/client/director.generated.ts';
import { LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { formationColumns } from '../../src/cli/views/formation.ts';

export default class FormationList extends RemoteCommand<typeof FormationList> {
  static override summary = 'List the formations of the tenant.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --output json'];
  static override flags = named(LIST_FLAGS);

  protected async execute() {
    const rows = await everyRow(async (bounds) => (await this.director.request(FormationsDocument, bounds)).page, this.flags.limit);
    return table(rows, formationColumns, 'No formations. `compass formation create --name orders` makes one.');
  }
}
