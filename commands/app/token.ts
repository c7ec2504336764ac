import { ApplicationTokenDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { tokenCard } from '../../src/cli/views/token.ts';

export default class AppToken extends RemoteCommand<typeof AppToken> {
  static override summary = 'Request a one-time token with which an application pairs.';
  static override description = 'The application takes the token to the Connector and gets a client certificate for it.';
  static override examples = ['<%= config.bin %> <%= command.id %> shop', '<%= config.bin %> <%= command.id %> shop --output json'];
  static override aliases = ['token:app'];
  static override args = { application: needed('Name or id of the application.') };

  protected async execute() {
    const id = await this.idOf('application', this.args.application);
    const { token } = await this.director.request(ApplicationTokenDocument, { id });
    return tokenCard(token, 'The token works once, until it expires.');
  }
}
