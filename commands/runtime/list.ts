import { RuntimesDocument } from '../../src/client/director.generated.ts';
import { labelFilter, LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { filtersFrom } from '../../src/cli/input/input.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { runtimeColumns } from '../../src/cli/views/runtime.ts';

export default class RuntimeList extends RemoteCommand<typeof RuntimeList> {
  static override summary = 'List the runtimes of the tenant.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --label region=eu --output json'];
  static override flags = named({ ...LIST_FLAGS, label: labelFilter });

  protected async execute() {
    const filter = filtersFrom(this.flags.label);
    const rows = await everyRow(
      async (bounds) => (await this.director.request(RuntimesDocument, { filter, ...bounds })).page,
      this.flags.limit,
    );
    const none = filter === undefined ? 'No runtimes. `compass runtime provision --name prod` makes one.' : 'No runtime has these labels.';
    return table(rows, runtimeColumns, none);
  }
}
