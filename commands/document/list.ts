import { DocumentsDocument } from '../../src/client/director.generated.ts';
import { named, needed, ofApp } from '../../src/cli/flags.ts';
import { everyRow } from '../../src/cli/paging.ts';
import { bundleId } from '../../src/cli/parts.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { table } from '../../src/cli/view.ts';

export default class DocumentList extends RemoteCommand<typeof DocumentList> {
  static override summary = 'List the documents of a bundle.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop'];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({ app: ofApp });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const bundle = await bundleId(this.director, this.args.bundle, application);
    const rows = await everyRow(
      async ({ after }) => (await this.director.request(DocumentsDocument, { application, bundle, after })).application?.bundle?.page,
    );
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
