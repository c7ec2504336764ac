import { IntegrationSystemDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { integrationSystemCard } from '../../src/cli/views/integration-system.ts';

export default class IntegrationSystemGet extends RemoteCommand<typeof IntegrationSystemGet> {
  static override summary = 'Show one integration system.';
  static override examples = ['<%= config.bin %> <%= command.id %> broker'];
  static override args = { system: needed('Name or id of the integration system.') };

  protected async execute() {
    const id = await this.idOf('integrationSystem', this.args.system);
    const { system } = await this.director.request(IntegrationSystemDocument, { id });
    if (system === null) throw missing('integrationSystem', this.args.system);
    return integrationSystemCard(system);
  }
}
