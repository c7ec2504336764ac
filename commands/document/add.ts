import { Flags } from '@oclif/core';
import { AddDocumentDocument, type DocumentInput } from '../../src/client/director.generated.ts';
import { inputFile, named, placeApp } from '../../src/cli/frame/flags.ts';
import { fileContent, given } from '../../src/cli/input/input.ts';
import { bundleId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class DocumentAdd extends RemoteCommand<typeof DocumentAdd> {
  static override summary = 'Add a document to a bundle.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --app shop --bundle orders --title "How to order" --description "A short guide" --content guide.md',
  ];
  static override flags = named({
    app: placeApp,
    bundle: Flags.string({ char: 'b', summary: 'Bundle, by name (with --app) or id.', helpValue: 'NAME', required: true }),
    title: Flags.string({ summary: 'Title.', helpValue: 'TEXT' }),
    'display-name': Flags.string({ summary: 'Name to show; the title unless given.', helpValue: 'TEXT' }),
    description: Flags.string({ char: 'd', summary: 'What it is about.', helpValue: 'TEXT' }),
    kind: Flags.string({ summary: 'Kind of document.', helpValue: 'KIND' }),
    content: Flags.string({ summary: 'Markdown file; - is standard input.', helpValue: 'FILE' }),
    'content-url': Flags.string({ summary: 'Where the management plane fetches the content.', helpValue: 'URL', exclusive: ['content'] }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const bundle = await bundleId(this.director, flags.bundle, flags.app);
    const file = await this.fileInput();
    const title = flags.title ?? (file.title === undefined ? await this.wanted('title', 'Title of the document?') : undefined);
    const input = {
      format: 'MARKDOWN',
      description: title,
      ...file,
      ...given({
        title,
        displayName: flags['display-name'] ?? (file.displayName === undefined ? title : undefined),
        description: flags.description,
        kind: flags.kind,
        data: flags.content === undefined ? undefined : await fileContent(this.host, flags.content),
        fetchRequest: flags['content-url'] === undefined ? undefined : { url: flags['content-url'] },
      }),
    } as DocumentInput;
    const { document } = await this.director.request(AddDocumentDocument, { bundle, in: input });
    return card(
      document,
      { Title: document.title, ID: document.id, Description: document.description },
      `Added document ${document.title}.`,
    );
  }
}
