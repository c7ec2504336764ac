import { RuntimeContextsDocument } from '../../../src/client/director.generated.ts';
import { needed } from '../../../src/cli/frame/flags.ts';
import { everyRow } from '../../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { table } from '../../../src/cli/output/view.ts';

export default class RuntimeContextList extends RemoteCommand<typeof RuntimeContextList> {
  static override summary = 'List the contexts of a runtime.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const runtime = await this.idOf('runtime', this.args.runtime);
    const rows = await everyRow(
      async ({ after }) => (await this.director.request(RuntimeContextsDocument, { runtime, after })).runtime?.page,
    );
    return table(
      rows,
      [
        { title: 'KEY', of: ({ key }) => key },
        { title: 'VALUE', of: ({ value }) => value },
        { title: 'ID', of: ({ id }) => id },
      ],
      'No runtime contexts. `compass runtime context register` makes one.',
    );
  }
}
