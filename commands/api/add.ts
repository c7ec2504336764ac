import { Flags } from '@oclif/core';
import { AddApiToApplicationDocument, AddApiToBundleDocument, type ApiDefinitionInput } from '../../src/client/director.generated.ts';
import { inputFile, named, placeApp } from '../../src/cli/frame/flags.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { given } from '../../src/cli/input/input.ts';
import { bundleId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { API_TYPES, FETCH_TIMEOUT, specFlags, specFrom } from '../../src/cli/input/spec-input.ts';
import { apiCard } from '../../src/cli/views/bundle.ts';

export default class ApiAdd extends RemoteCommand<typeof ApiAdd> {
  static override summary = 'Add an API definition to a bundle, or to an application outside of bundles.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --app shop --bundle orders --name orders --target-url https://shop.example.com/orders',
    '<%= config.bin %> <%= command.id %> --app shop --bundle orders --name orders --target-url https://shop.example.com/orders --spec openapi.yaml',
    '<%= config.bin %> <%= command.id %> --app shop --name catalog --target-url https://shop.example.com/catalog --spec-url https://shop.example.com/openapi.json',
  ];
  static override flags = named({
    app: placeApp,
    bundle: Flags.string({ char: 'b', summary: 'Bundle, by name (with --app) or id.', helpValue: 'NAME' }),
    name: Flags.string({ char: 'n', summary: 'Name of the API.', helpValue: 'NAME' }),
    'target-url': Flags.string({ summary: 'Where the API is called.', helpValue: 'URL' }),
    description: Flags.string({ char: 'd', summary: 'What it does.', helpValue: 'TEXT' }),
    group: Flags.string({ summary: 'Group of APIs that it belongs to.', helpValue: 'NAME' }),
    'api-version': Flags.string({ summary: 'Its version.', helpValue: 'VERSION' }),
    ...specFlags('the specification'),
    'spec-type': Flags.option({ options: API_TYPES })({ summary: 'Kind of specification; found out from a file.' }),
    file: inputFile,
  });

  protected override get requestTimeout() {
    return this.flags['spec-url'] === undefined ? undefined : FETCH_TIMEOUT;
  }

  protected async execute() {
    const { flags } = this;
    const file = await this.fileInput();
    const spec = await specFrom(this.host, flags, API_TYPES, (text) => this.output.note(text));
    const input = {
      ...file,
      ...given({
        name: flags.name ?? (file.name === undefined ? await this.wanted('name', 'Name of the API?') : undefined),
        targetURL:
          flags['target-url'] ?? (file.targetURL === undefined ? await this.wanted('target-url', 'Where is it called?') : undefined),
        description: flags.description,
        group: flags.group,
        version: flags['api-version'] === undefined ? undefined : { value: flags['api-version'] },
        spec,
      }),
    } as ApiDefinitionInput;
    const { api } = await this.#add(input);
    return apiCard(api, `Added API ${api.name}.`);
  }

  async #add(input: ApiDefinitionInput) {
    const { bundle, app } = this.flags;
    if (bundle !== undefined)
      return this.director.request(AddApiToBundleDocument, { bundle: await bundleId(this.director, bundle, app), in: input });
    if (app === undefined)
      throw new Failure('input_needed', 'Neither --bundle nor --app says where the API belongs.', {
        details: { flags: ['--bundle', '--app'] },
      });
    return this.director.request(AddApiToApplicationDocument, { application: await this.idOf('application', app), in: input });
  }
}
