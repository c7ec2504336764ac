import { named, ofApp } from '../../src/cli/frame/flags.ts';
import { dependenciesOf } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';

export default class IntegrationDependencyList extends RemoteCommand<typeof IntegrationDependencyList> {
  static override summary = 'List the integration dependencies of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop'];
  static override flags = named({ app: ofApp });

  protected async execute() {
    const rows = await dependenciesOf(this.director, await this.idOf('application', this.flags.app));
    return table(
      rows,
      [
        { title: 'NAME', of: ({ name }) => name },
        { title: 'ID', of: ({ id }) => id },
        { title: 'ORD ID', of: ({ ordID }) => ordID },
        { title: 'MANDATORY', of: ({ mandatory }) => mandatory },
      ],
      'No integration dependencies. `compass integration-dependency add` adds one.',
    );
  }
}
