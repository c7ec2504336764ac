import { RemoveTenantAccessDocument } from '../../../src/client/director.generated.ts';
import { named, needed } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { RESOURCE_FLAGS, resourceFrom } from '../../../src/cli/objects/tenant-resource.ts';
import { findTenant } from '../../../src/cli/objects/tenants.ts';
import { card } from '../../../src/cli/output/view.ts';

export default class TenantAccessRemove extends RemoteCommand<typeof TenantAccessRemove> {
  static override summary = "Take away another tenant's access to an object.";
  static override examples = ['<%= config.bin %> <%= command.id %> 1eba80dd-8ff6-54ee-be4d-77944d17b10b --app shop'];
  static override args = { id: needed('Name or external id of the tenant that loses access.') };
  static override flags = named(RESOURCE_FLAGS);

  protected async execute() {
    const { id: resource, type } = await resourceFrom(this.director, this.flags);
    const { id: tenant } = await findTenant(this.director, this.args.id);
    const { access } = await this.director.request(RemoveTenantAccessDocument, { tenant, resource, type });
    return card(access ?? {}, { Tenant: tenant, Object: resource, Kind: type }, 'Took access away.');
  }
}
