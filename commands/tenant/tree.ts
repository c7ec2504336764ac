import { TenantsDocument } from '../../src/client/director.generated.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { treeOf } from '../../src/cli/output/tree.ts';
import { text } from '../../src/cli/output/view.ts';

export default class TenantTree extends RemoteCommand<typeof TenantTree> {
  static override summary = 'Show all tenants below those that they belong to.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --output json'];

  protected async execute() {
    const rows = await everyRow(async (bounds) => (await this.director.request(TenantsDocument, bounds)).page);
    const { roots, lines } = treeOf(
      rows.map((row) => ({ ...row, parents: (row.parents ?? []).flatMap((parent) => (parent === null ? [] : [parent])) })),
    );
    return text(roots, lines.join('\n'));
  }
}
