import { Flags } from '@oclif/core';
import { ApiDocument, ApiSpecDocument, RefetchApiSpecDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure/failure.ts';
import { named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { apiId } from '../../src/cli/objects/parts.ts';
import { FETCH_TIMEOUT } from '../../src/cli/input/spec-input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { apiCard } from '../../src/cli/views/bundle.ts';
import { specText } from '../../src/cli/views/spec.ts';

export default class ApiGet extends RemoteCommand<typeof ApiGet> {
  static override summary = 'Show one API of an application, or its specification.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> orders --app shop',
    '<%= config.bin %> <%= command.id %> orders --app shop --spec > openapi.yaml',
  ];
  static override args = { api: needed('Name or id of the API.') };
  static override flags = named({
    app: ofApp,
    spec: Flags.boolean({ summary: 'Print the specification alone, byte for byte.' }),
    refetch: Flags.boolean({ summary: 'Have the specification fetched again first.' }),
  });

  protected override get requestTimeout() {
    return !this.flags.refetch ? undefined : FETCH_TIMEOUT;
  }

  protected async execute() {
    const asked = this.args.api;
    const application = await this.idOf('application', this.flags.app);
    const id = await apiId(this.director, asked, application);
    if (this.flags.refetch) await this.director.request(RefetchApiSpecDocument, { id });
    const one = { application, id };
    if (this.flags.spec) return specText((await this.director.request(ApiSpecDocument, one)).application?.api?.spec, asked);
    const api = (await this.director.request(ApiDocument, one)).application?.api;
    if (!api) throw new Failure('not_found', `There is no API ${JSON.stringify(asked)}.`);
    return apiCard(api);
  }
}
