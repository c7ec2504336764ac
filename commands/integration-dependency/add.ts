import { AddIntegrationDependencyDocument, type IntegrationDependencyInput } from '../../src/client/director.generated.ts';
import { named, neededFile, ofApp } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class IntegrationDependencyAdd extends RemoteCommand<typeof IntegrationDependencyAdd> {
  static override summary = 'Add an integration dependency to an application, from a file.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop --file needs-orders.yaml'];
  static override flags = named({ app: ofApp, file: neededFile });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const input = (await this.fileInput()) as IntegrationDependencyInput;
    const { dependency } = await this.director.request(AddIntegrationDependencyDocument, { application, in: input });
    return card(
      dependency,
      { Name: dependency.name, ID: dependency.id, 'ORD ID': dependency.ordID },
      `Added integration dependency ${dependency.name}.`,
    );
  }
}
