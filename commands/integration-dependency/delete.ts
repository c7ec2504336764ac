import { DeleteIntegrationDependencyDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class IntegrationDependencyDelete extends RemoteCommand<typeof IntegrationDependencyDelete> {
  static override summary = 'Delete an integration dependency.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --yes'];
  static override args = { dependency: needed('Id of the integration dependency.') };
  static override flags = named({ yes });

  protected async execute() {
    await this.agree(`Delete integration dependency ${this.args.dependency}?`);
    const { dependency } = await this.director.request(DeleteIntegrationDependencyDocument, { id: this.args.dependency });
    return card(dependency, { Name: dependency.name, ID: dependency.id }, `Deleted integration dependency ${dependency.name}.`);
  }
}
