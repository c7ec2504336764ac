import { Flags } from '@oclif/core';
import { DocumentDocument, DocumentsDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { everyRow } from '../../src/cli/connection/paging.ts';
import { bundleId, oneOf } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { isId } from '../../src/cli/objects/resolve.ts';
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
    const id = await this.#id(application, bundle);
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

  async #id(application: string, bundle: string): Promise<string> {
    const asked = this.args.document;
    if (isId(asked)) return asked;
    const rows = await everyRow(
      async ({ after }) => (await this.director.request(DocumentsDocument, { application, bundle, after })).application?.bundle?.page,
    );
    return oneOf(
      'document',
      rows.map(({ id, title }) => ({ id, name: title })),
      asked,
      `document list ${this.flags.bundle} --app ${this.flags.app}`,
    ).id;
  }
}
