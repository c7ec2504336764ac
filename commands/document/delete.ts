import { DeleteDocumentDocument } from '../../src/client/director.generated.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class DocumentDelete extends RemoteCommand<typeof DocumentDelete> {
  static override summary = 'Delete a document.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --yes'];
  static override args = { document: needed('Id of the document.') };
  static override flags = named({ yes });

  protected async execute() {
    await this.agree(`Delete document ${this.args.document}?`);
    const { document } = await this.director.request(DeleteDocumentDocument, { id: this.args.document });
    return card(document, { Title: document.title, ID: document.id }, `Deleted document ${document.title}.`);
  }
}
