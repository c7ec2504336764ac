import { ApplicationTemplatesDocument } from '../../src/client/director.generated.ts';
import { labelFilter, LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { filtersFrom } from '../../src/cli/input/input.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { applicationTemplateColumns } from '../../src/cli/views/application-template.ts';

export default class AppTemplateList extends RemoteCommand<typeof AppTemplateList> {
  static override summary = 'List the application templates.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];
  static override flags = named({ ...LIST_FLAGS, label: labelFilter });

  protected async execute() {
    const filter = filtersFrom(this.flags.label);
    const rows = await everyRow(
      async (bounds) => (await this.director.request(ApplicationTemplatesDocument, { filter, ...bounds })).page,
      this.flags.limit,
    );
    return table(rows, applicationTemplateColumns, 'No application templates. `compass app-template create` makes one.');
  }
}
