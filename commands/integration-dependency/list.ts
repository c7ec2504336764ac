import { IntegrationDependenciesDocument } from '../../src/client/director.generated.ts';
import { named, ofApp } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';

export default class IntegrationDependencyList extends RemoteCommand<typeof IntegrationDependencyList> {
  static override summary = 'List the integration dependencies of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> --app shop'];
  static override flags = named({ app: ofApp });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const rows = await everyRow(
      async ({ after }) => (await this.director.request(IntegrationDependenciesDocument, { application, after })).application?.page,
    );
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
