import { SetTenantLabelDocument } from '../../../src/client/director.generated.ts';
import { needed } from '../../../src/cli/frame/flags.ts';
import { jsonOrText } from '../../../src/cli/input/input.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { findTenant } from '../../../src/cli/objects/tenants.ts';
import { labelCard } from '../../../src/cli/views/label.ts';

export default class TenantLabelSet extends RemoteCommand<typeof TenantLabelSet> {
  static override summary = 'Set a label of a tenant.';
  static override examples = ['<%= config.bin %> <%= command.id %> 3e64ebae-38b5-46a0-b1ed-9ccee153a0ae region eu-1'];
  static override args = {
    id: needed('Name or external id of the tenant.'),
    key: needed('Key of the label.'),
    value: needed('Value: JSON, or else taken as text.'),
  };

  protected async execute() {
    const { id, key, value } = this.args;
    const tenant = await findTenant(this.director, id);
    // the Director labels tenants by their internal ids
    const { label } = await this.director.request(SetTenantLabelDocument, { id: tenant.internalID, key, value: jsonOrText(value) });
    return labelCard(label, `Set label ${key} of tenant ${id}.`);
  }
}
