import { DeleteApiDocument } from '../../src/client/director.generated.ts';
import { named, needed, ofApp, yes } from '../../src/cli/frame/flags.ts';
import { apiId } from '../../src/cli/objects/parts.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class ApiDelete extends RemoteCommand<typeof ApiDelete> {
  static override summary = 'Delete an API definition.';
  static override examples = ['<%= config.bin %> <%= command.id %> orders --app shop --yes'];
  static override args = { api: needed('Name or id of the API.') };
  static override flags = named({ app: ofApp, yes });

  protected async execute() {
    const id = await apiId(this.director, this.args.api, await this.idOf('application', this.flags.app));
    await this.agree(`Delete API ${this.args.api}?`);
    const { api } = await this.director.request(DeleteApiDocument, { id });
    return card(api, { Name: api.name, ID: api.id }, `Deleted API ${api.name}.`);
  }
}
