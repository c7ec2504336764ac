import { FormationTemplatesDocument } from '../../src/client/director.generated.ts';
import { LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { formationTemplateColumns } from '../../src/cli/views/formation-template.ts';

export default class FormationTemplateList extends RemoteCommand<typeof FormationTemplateList> {
  static override summary = 'List the formation templates.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = named(LIST_FLAGS);

  protected async execute() {
    const rows = await everyRow(async (bounds) => (await this.director.request(FormationTemplatesDocument, bounds)).page, this.flags.limit);
    return table(rows, formationTemplateColumns, 'No formation templates. `compass formation-template create` makes one.');
  }
}
