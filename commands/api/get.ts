import { ApiDocument } from '../../src/client/director.generated.ts';
import { Failure } from '../../src/cli/failure.ts';
import { named, needed, ofApp } from '../../src/cli/flags.ts';
import { apiId } from '../../src/cli/parts.ts';
import { RemoteCommand } from '../../src/cli/remote-command.ts';
import { apiCard } from '../../src/cli/views/bundle.ts';

export default class ApiGet extends RemoteCommand<typeof ApiGet> {
  static override summary = 'Show one API definition of an application.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop'];
  static override args = { api: needed('Name or id of the API.') };
  static override flags = named({ app: ofApp });

  protected async execute() {
    const application = await this.idOf('application', this.flags.app);
    const id = await apiId(this.director, this.args.api, application);
    const api = (await this.director.request(ApiDocument, { application, id })).application?.api;
    if (api === null || api === undefined) throw new Failure('not_found', `There is no API ${JSON.stringify(this.args.api)}.`);
    return apiCard(api);
  }
}
