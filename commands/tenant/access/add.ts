import { Flags } from '@oclif/core';
import { AddTenantAccessDocument } from '../../../src/client/director.generated.ts';
import { named, needed } from '../../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { RESOURCE_FLAGS, resourceFrom } from '../../../src/cli/objects/tenant-resource.ts';
import { findTenant } from '../../../src/cli/objects/tenants.ts';
import { card } from '../../../src/cli/output/view.ts';

export default class TenantAccessAdd extends RemoteCommand<typeof TenantAccessAdd> {
  static override summary = 'Give another tenant access to an application, a runtime or a runtime context.';
  static override examples = ['<%= config.bin %> <%= command.id %> 1eba80dd-8ff6-54ee-be4d-77944d17b10b --app shop'];
  static override args = { id: needed('Name or external id of the tenant that gets access.') };
  static override flags = named({ ...RESOURCE_FLAGS, owner: Flags.boolean({ summary: 'It may change the object, too.' }) });

  protected async execute() {
    const { id: resourceID, type: resourceType } = await resourceFrom(this.director, this.flags);
    const { id: tenantID } = await findTenant(this.director, this.args.id);
    const { access } = await this.director.request(AddTenantAccessDocument, {
      in: { tenantID, resourceID, resourceType, owner: this.flags.owner ?? false },
    });
    return card(
      access ?? {},
      { Tenant: tenantID, Object: resourceID, Kind: resourceType, Owner: this.flags.owner ?? false },
      'Gave access.',
    );
  }
}
