import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { findTenant } from '../../src/cli/objects/tenants.ts';
import { tenantCard } from '../../src/cli/views/tenant.ts';

export default class TenantGet extends RemoteCommand<typeof TenantGet> {
  static override summary = 'Show one tenant.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> default',
    '<%= config.bin %> <%= command.id %> 3e64ebae-38b5-46a0-b1ed-9ccee153a0ae --output json',
  ];
  static override args = { id: needed('Name or external id of the tenant.') };

  protected async execute() {
    return tenantCard(await findTenant(this.director, this.args.id));
  }
}
