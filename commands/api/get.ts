import { ApiDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure.ts';
import { needed } from '../../src/cli/flags.ts';
import { apiId } from '../../src/cli/parts.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { apiCard } from '../../src/cli/views/bundle.ts';

export default class ApiGet extends RemoteCommand<typeof ApiGet> {
  static override summary = 'Show one API definition of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop orders'];
  static override args = { application: needed('Name or id of the application.'), api: needed('Name or id of the API.') };

  protected async execute() {
    const application = await this.idOf('application', this.args.application);
    const id = await apiId(this.director, this.args.api, application);
    const api = (await this.director.request(ApiDocument, { application, id })).application?.api;
    if (api === null || api === undefined) throw new Failure('not_found', `There is no API ${JSON.stringify(this.args.api)}.`);
    return apiCard(api);
  }
}
