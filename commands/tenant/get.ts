import { TenantDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure.ts';
import { needed } from '../../src/cli/flags.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { tenantCard } from '../../src/cli/views/tenant.ts';

export default class TenantGet extends RemoteCommand<typeof TenantGet> {
  static override summary = 'Show one tenant.';
  static override examples = ['<%= config.bin %> <%= command.id %> 3e64ebae-38b5-46a0-b1ed-9ccee153a0ae'];
  static override args = { id: needed('External id of the tenant.') };

  protected async execute() {
    const { tenant } = await this.director.request(TenantDocument, { id: this.args.id });
    if (tenant === null) throw new Failure('tenant_not_found', `There is no tenant ${JSON.stringify(this.args.id)}.`);
    return tenantCard(tenant);
  }
}
