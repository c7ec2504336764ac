import { Flags } from '@oclif/core';
import { BundleToUpdateDocument, type BundleUpdateInput, UpdateBundleDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named, needed, ofApp, yes } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { bundleId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { bundleCard } from '../../src/cli/views/bundle.ts';

export default class BundleUpdate extends RemoteCommand<typeof BundleUpdate> {
  static override summary = 'Change a bundle.';
  static override description =
    'What is not named keeps its value, except what the API cannot keep: default credentials that the file does not name, and correlation ids. Where the bundle has such, you are asked first.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop --description "Orders and returns"'];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({
    app: ofApp,
    name: Flags.string({ char: 'n', summary: 'New name.', helpValue: 'NAME' }),
    description: Flags.string({ char: 'd', summary: 'New description.', helpValue: 'TEXT' }),
    file: inputFile,
    yes,
  });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const id = await bundleId(this.director, this.args.bundle, application);
    const present = (await this.director.request(BundleToUpdateDocument, { application, id })).application?.bundle;
    if (present === null || present === undefined)
      throw new Failure('not_found', `There is no bundle ${JSON.stringify(this.args.bundle)}.`);
    const { name, description, instanceAuthRequestInputSchema } = present;
    const input: BundleUpdateInput = {
      name,
      description,
      instanceAuthRequestInputSchema,
      ...(await this.fileInput()),
      ...given({ name: this.flags.name, description: this.flags.description }),
    };
    const lost = [
      ...(present.defaultInstanceAuth && !input.defaultInstanceAuth ? ['its default credentials'] : []),
      ...(present.correlationIDs?.length ? ['its correlation ids'] : []),
    ];
    if (lost.length > 0) await this.agree(`Change bundle ${this.args.bundle}? It loses ${lost.join(' and ')}.`);
    const { bundle } = await this.director.request(UpdateBundleDocument, { id, in: input });
    return bundleCard(bundle, `Updated bundle ${bundle.name}.`);
  }
}
