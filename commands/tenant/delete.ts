import { DeleteTenantsDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { findTenant } from '../../src/cli/objects/tenants.ts';
import { card } from '../../src/cli/output/view.ts';

export default class TenantDelete extends RemoteCommand<typeof TenantDelete> {
  static override summary = 'Delete a tenant with all that it owns.';
  static override examples = ['<%= config.bin %> <%= command.id %> 1eba80dd-8ff6-54ee-be4d-77944d17b10b --yes'];
  static override args = { id: needed('Name or external id of the tenant.') };
  static override flags = named({ yes });

  protected async execute() {
    const { id, name } = await findTenant(this.director, this.args.id);
    await this.agree(`Delete tenant ${name ?? id} and everything in it?`);
    const { count } = await this.director.request(DeleteTenantsDocument, { ids: [id] });
    return card({ id, count }, { ID: id, Deleted: count }, `Deleted tenant ${name ?? id}.`);
  }
}
