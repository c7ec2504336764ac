import { Flags } from '@oclif/core';
import { TenantsDocument } from '../../src/client/director.generated.ts';
import { LIST_FLAGS, named } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';
import { tenantColumns } from '../../src/cli/views/tenant.ts';

export default class TenantList extends RemoteCommand<typeof TenantList> {
  static override summary = 'List all tenants.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --search acme'];
  static override flags = named({
    ...LIST_FLAGS,
    search: Flags.string({ summary: 'Only those whose name or id contains this.', helpValue: 'TEXT' }),
  });

  protected async execute() {
    const { search, limit } = this.flags;
    const rows = await everyRow(async (bounds) => (await this.director.request(TenantsDocument, { ...bounds, search })).page, limit);
    return table(rows, tenantColumns, 'No tenants.');
  }
}
