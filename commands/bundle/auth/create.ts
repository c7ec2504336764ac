import { Flags } from '@oclif/core';
import { type BundleInstanceAuthCreateInput, CreateBundleInstanceAuthDocument } from '../../../src/client/director.generated.ts';
import { Failure } from '../../../src/cli/failure/failure.ts';
import { named, needed, neededFile, ofApp } from '../../../src/cli/frame/flags.ts';
import { given, jsonIfGiven } from '../../../src/cli/input/input.ts';
import { bundleId } from '../../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../../src/cli/frame/remote-command.ts';
import { bundleAuthCard } from '../../../src/cli/views/bundle-auth.ts';

export default class BundleAuthCreate extends RemoteCommand<typeof BundleAuthCreate> {
  static override summary = 'Make credentials of a bundle for a runtime, as an operator does.';
  static override description =
    'The file holds `credential` (basic, oauth or certificateOAuth). Secrets are read from a file or standard input alone.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop --runtime prod --file credentials.yaml'];
  static override args = { bundle: needed('Name or id of the bundle.') };
  static override flags = named({
    app: ofApp,
    runtime: Flags.string({ char: 'r', summary: 'Runtime that they are for, by name or id.', helpValue: 'NAME' }),
    'runtime-context': Flags.string({ summary: 'Runtime context that they are for, by id.', helpValue: 'ID', exclusive: ['runtime'] }),
    parameters: Flags.string({ summary: "Input that fits the bundle's schema, as JSON; @FILE reads it.", helpValue: 'JSON' }),
    'auth-context': Flags.string({ summary: 'JSON that is kept beside the credentials; @FILE reads it.', helpValue: 'JSON' }),
    file: neededFile,
  });

  protected async execute() {
    const { app, runtime, 'runtime-context': runtimeContextID } = this.flags;
    if (runtime === undefined && runtimeContextID === undefined)
      throw new Failure('input_needed', 'Neither --runtime nor --runtime-context says whom the credentials are for.', {
        details: { flags: ['--runtime', '--runtime-context'] },
      });
    const bundle = await bundleId(this.director, this.args.bundle, app);
    const input = given({
      auth: await this.fileInput(),
      runtimeID: runtime === undefined ? undefined : await this.idOf('runtime', runtime),
      runtimeContextID,
      inputParams: await jsonIfGiven(this.host, this.flags, 'parameters'),
      context: await jsonIfGiven(this.host, this.flags, 'auth-context'),
    }) as BundleInstanceAuthCreateInput;
    const { auth } = await this.director.request(CreateBundleInstanceAuthDocument, { bundle, in: input });
    return bundleAuthCard(auth, 'Made credentials.');
  }
}
