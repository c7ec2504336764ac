import { Flags } from '@oclif/core';
import { DeleteDocumentDocument } from '../../src/client/director.generated.ts';
import { named, needed, placeApp, yes } from '../../src/cli/frame/flags.ts';
import { documentId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class DocumentDelete extends RemoteCommand<typeof DocumentDelete> {
  static override summary = 'Delete a document.';
  static override examples = ['<%= config.bin %> <%= command.id %> "How to order" --app shop --bundle orders --yes'];
  static override args = { document: needed('Title (with --app and --bundle) or id of the document.') };
  static override flags = named({
    app: placeApp,
    bundle: Flags.string({ char: 'b', summary: 'Bundle, by name or id.', helpValue: 'NAME' }),
    yes,
  });

  protected async execute() {
    const id = await documentId(this.director, this.args.document, this.flags);
    await this.agree(`Delete document ${this.args.document}?`);
    const { document } = await this.director.request(DeleteDocumentDocument, { id });
    return card(document, { Title: document.title, ID: document.id }, `Deleted document ${document.title}.`);
  }
}
