import { Flags } from '@oclif/core';
import { ApiSpecDocument, RefetchApiSpecDocument } from '../../src/client/director.generated.ts';
import { named, needed, ofApp } from '../../src/cli/frame/flags.ts';
import { apiId } from '../../src/cli/objects/parts.ts';
import { FETCH_TIMEOUT } from '../../src/cli/input/spec-input.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { specText } from '../../src/cli/views/spec.ts';

export default class ApiSpec extends RemoteCommand<typeof ApiSpec> {
  static override summary = 'Print the specification of an API, byte for byte.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> orders --app shop > openapi.yaml',
    '<%= config.bin %> <%= command.id %> orders --app shop --refetch',
  ];
  static override args = { api: needed('Name or id of the API.') };
  static override flags = named({ app: ofApp, refetch: Flags.boolean({ summary: 'Have it fetched again from its address first.' }) });

  protected override get requestTimeout() {
    return !this.flags.refetch ? undefined : FETCH_TIMEOUT;
  }

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const id = await apiId(this.director, this.args.api, application);
    const spec = this.flags.refetch
      ? (await this.director.request(RefetchApiSpecDocument, { id })).spec
      : (await this.director.request(ApiSpecDocument, { application, id })).application?.api?.spec;
    return specText(spec, this.args.api);
  }
}
