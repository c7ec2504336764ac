import { ApplicationsDocument } from '../../src/client/director.generated.ts';
import { labelFilter, LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { filtersFrom } from '../../src/cli/input/input.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { applicationColumns } from '../../src/cli/views/application.ts';

export default class AppList extends RemoteCommand<typeof AppList> {
  static override summary = 'List the applications of the tenant.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --label region=eu',
    '<%= config.bin %> <%= command.id %> --output name',
    `<%= config.bin %> <%= command.id %> --jq '.[].name'`,
  ];
  static override flags = named({ ...LIST_FLAGS, label: labelFilter });

  protected async execute() {
    const filter = filtersFrom(this.flags.label);
    const rows = await everyRow(
      async (bounds) => (await this.director.request(ApplicationsDocument, { filter, ...bounds })).page,
      this.flags.limit,
    );
    const none =
      filter === undefined ? 'No applications. `compass app register --name shop` makes one.' : 'No application has these labels.';
    return table(rows, applicationColumns, none);
  }
}
