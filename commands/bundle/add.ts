import { Flags } from '@oclif/core';
import { AddBundleDocument, type BundleCreateInput } from '../../src/client/director.generated.ts';
import { inputFile, named, ofApp } from '../../src/cli/frame/flags.ts';
import { given, jsonIfGiven } from '../../src/cli/input/input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { bundleCard } from '../../src/cli/views/bundle.ts';

export default class BundleAdd extends RemoteCommand<typeof BundleAdd> {
  static override summary = 'Add a bundle to an application.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --app shop --name orders --description "All about orders"',
    '<%= config.bin %> <%= command.id %> --app shop --file orders.yaml',
  ];
  static override flags = named({
    app: ofApp,
    name: Flags.string({ char: 'n', summary: 'Name of the bundle.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'What is in it.', helpValue: 'TEXT' }),
    'auth-schema': Flags.string({
      summary: 'JSON Schema of what consumers must say when they ask for credentials; @FILE reads it.',
      helpValue: 'JSON',
    }),
    file: inputFile,
  });

  protected async execute() {
    const { flags } = this;
    const application = await this.idOf('application', this.flags.app);
    const file = await this.fileInput();
    const input = {
      ...file,
      ...given({
        name: flags.name ?? (file.name === undefined ? await this.wanted('name', 'Name of the bundle?') : undefined),
        description: flags.description,
        instanceAuthRequestInputSchema: await jsonIfGiven(this.host, flags, 'auth-schema'),
      }),
    } as BundleCreateInput;
    const { bundle } = await this.director.request(AddBundleDocument, { application, in: input });
    return bundleCard(bundle, `Added bundle ${bundle.name}.`);
  }
}
