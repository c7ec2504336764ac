import { SetTenantLabelDocument, TenantDocument } from '../../../src/client/director.generated.ts';
import { Failure } from '../../../src/cli/failure.ts';
import { needed } from '../../../src/cli/flags.ts';
import { jsonOrText } from '../../../src/cli/input.ts';
import { RemoteCommand } from '../../../src/cli/remote-command.ts';
import { labelCard } from '../../../src/cli/views/label.ts';

export default class TenantLabelSet extends RemoteCommand<typeof TenantLabelSet> {
  static override summary = 'Set a label of a tenant.';
  static override examples = ['<%= config.bin %> <%= command.id %> 3e64ebae-38b5-46a0-b1ed-9ccee153a0ae region eu-1'];
  static override args = {
    id: needed('External id of the tenant.'),
    key: needed('Key of the label.'),
    value: needed('Value: JSON, or else taken as text.'),
  };

  protected async execute() {
    const { id, key, value } = this.args;
    const { tenant } = await this.director.request(TenantDocument, { id });
    if (tenant === null) throw new Failure('tenant_not_found', `There is no tenant ${JSON.stringify(id)}.`);
    // the Director labels tenants by their internal ids
    const { label } = await this.director.request(SetTenantLabelDocument, { id: tenant.internalID, key, value: jsonOrText(value) });
    return labelCard(label, `Set label ${key} of tenant ${id}.`);
  }
}
