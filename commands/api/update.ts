import { Flags } from '@oclif/core';
import {
  type ApiDefinitionInput,
  ApiDocument,
  UpdateApiDocument,
  UpdateApiForApplicationDocument,
} from '../../src/client/director.generated.ts';
import { inBundleOrNot, kept } from '../../src/cli/input/definition-update.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { inputFile, named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { given } from '../../src/cli/input/input.ts';
import { apiId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { API_TYPES, FETCH_TIMEOUT, specFlags, specFrom } from '../../src/cli/input/spec-input.ts';
import { apiCard } from '../../src/cli/views/bundle.ts';

export default class ApiUpdate extends RemoteCommand<typeof ApiUpdate> {
  static override summary = 'Change an API; what is not named keeps its value.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> orders --app shop --target-url https://shop.example.com/v2/orders --api-version 2.0.0',
  ];
  static override args = { api: needed('Name or id of the API.') };
  static override flags = named({
    app: ofApp,
    name: Flags.string({ char: 'n', summary: 'New name.', helpValue: 'NAME' }),
    'target-url': Flags.string({ summary: 'Where the API is called.', helpValue: 'URL' }),
    description: Flags.string({ char: 'd', summary: 'New description.', helpValue: 'TEXT' }),
    group: Flags.string({ summary: 'New group.', helpValue: 'NAME' }),
    'api-version': Flags.string({ summary: 'New version.', helpValue: 'VERSION' }),
    ...specFlags('the new specification'),
    'spec-type': Flags.option({ options: API_TYPES })({ summary: 'Kind of specification; found out from a file.' }),
    file: inputFile,
  });

  protected override get requestTimeout() {
    return this.flags['spec-url'] === undefined ? undefined : FETCH_TIMEOUT;
  }

  protected async execute() {
    const { flags } = this;
    const asked = this.args.api;
    const application = await this.idOf('application', flags.app);
    const id = await apiId(this.director, asked, application);
    const present = (await this.director.request(ApiDocument, { application, id })).application?.api;
    if (!present) throw new Failure('not_found', `There is no API ${JSON.stringify(asked)}.`);
    const spec = await specFrom(this.host, flags, API_TYPES, (text) => this.output.note(text));
    const version = flags['api-version'];
    const input = {
      ...kept(present),
      targetURL: present.targetURL,
      ...(await this.fileInput()),
      ...given({
        name: flags.name,
        targetURL: flags['target-url'],
        description: flags.description,
        group: flags.group,
        version: version === undefined ? undefined : { ...present.version, value: version },
        spec,
      }),
    } as ApiDefinitionInput;
    const { api } = await inBundleOrNot(
      () => this.director.request(UpdateApiDocument, { id, in: input }),
      () => this.director.request(UpdateApiForApplicationDocument, { id, in: input }),
    );
    return apiCard(api, `Updated API ${api.name}.`);
  }
}
