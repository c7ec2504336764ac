import { Flags } from '@oclif/core';
import { DocumentDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { bundleId, documentId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card, content } from '../../src/cli/output/view.ts';

export default class DocumentGet extends RemoteCommand<typeof DocumentGet> {
  static override summary = 'Show one document of a bundle, or its content.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> "How to order" --app shop --bundle orders',
    '<%= config.bin %> <%= command.id %> "How to order" --app shop --bundle orders --content > guide.md',
  ];
  static override args = { document: needed('Title or id of the document.') };
  static override flags = named({
    app: ofApp,
    bundle: Flags.string({ char: 'b', summary: 'Bundle, by name or id.', helpValue: 'NAME', required: true }),
    content: Flags.boolean({ summary: 'Print the content alone, byte for byte.' }),
  });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const bundle = await bundleId(this.director, this.flags.bundle, application);
    const id = await documentId(this.director, this.args.document, this.flags);
    const document = (await this.director.request(DocumentDocument, { application, bundle, id })).application?.bundle?.document;
    if (!document) throw new Failure('not_found', `There is no document ${JSON.stringify(this.args.document)}.`);
    if (this.flags.content) {
      if (document.data === null || document.data === undefined)
        throw new Failure('not_found', `Document ${JSON.stringify(document.title)} has no content.`);
      return content(document, document.data);
    }
    const { title, displayName, description, kind } = document;
    return card(document, { Title: title, ID: id, 'Display name': displayName, Description: description, Kind: kind });
  }
}
