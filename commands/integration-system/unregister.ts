import { UnregisterIntegrationSystemDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class IntegrationSystemUnregister extends RemoteCommand<typeof IntegrationSystemUnregister> {
  static override summary = 'Unregister an integration system.';
  static override examples = ['<%= config.bin %> <%= command.id %> broker --yes'];
  static override args = { system: needed('Name or id of the integration system.') };
  static override flags = named({ yes });

  protected async execute() {
    const id = await this.idOf('integrationSystem', this.args.system);
    await this.agree(`Unregister integration system ${this.args.system}?`);
    const { system } = await this.director.request(UnregisterIntegrationSystemDocument, { id });
    return card(system, { Name: system.name, ID: system.id }, `Unregistered integration system ${system.name}.`);
  }
}
