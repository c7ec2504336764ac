import { DeleteIntegrationDependencyDocument } from '../../src/client/director.generated.ts';
import { named, needed, placeApp, yes } from '../../src/cli/frame/flags.ts';
import { dependencyId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class IntegrationDependencyDelete extends RemoteCommand<typeof IntegrationDependencyDelete> {
  static override summary = 'Delete an integration dependency.';
  static override examples = ['<%= config.bin %> <%= command.id %> needs-orders --app shop --yes'];
  static override args = { dependency: needed('Name (with --app) or id of the integration dependency.') };
  static override flags = named({ app: placeApp, yes });

  protected async execute() {
    const id = await dependencyId(this.director, this.args.dependency, this.flags);
    await this.agree(`Delete integration dependency ${this.args.dependency}?`);
    const { dependency } = await this.director.request(DeleteIntegrationDependencyDocument, { id });
    return card(dependency, { Name: dependency.name, ID: dependency.id }, `Deleted integration dependency ${dependency.name}.`);
  }
}
