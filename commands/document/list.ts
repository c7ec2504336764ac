import { named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { bundleId, documentsOf } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { table } from '../../src/cli/output/view.ts';

export default class DocumentList extends RemoteCommand<typeof DocumentList> {
  static override summary = 'List the documents of a bundle.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop'];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({ app: ofApp });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const bundle = await bundleId(this.director, this.args.bundle, application);
    const rows = await documentsOf(this.director, application, bundle);
    return table(
      rows,
      [
        { title: 'TITLE', of: ({ title }) => title },
        { title: 'ID', of: ({ id }) => id },
        { title: 'KIND', of: ({ kind }) => kind },
        { title: 'DESCRIPTION', of: ({ description }) => description },
      ],
      'No documents. `compass document add` adds one.',
    );
  }
}
