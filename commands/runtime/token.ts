import { RuntimeTokenDocument } from '../../src/client/director.generated.ts';
import { needed } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { tokenCard } from '../../src/cli/views/token.ts';

export default class RuntimeToken extends RemoteCommand<typeof RuntimeToken> {
  static override summary = 'Request a one-time token with which a runtime pairs.';
  static override examples = ['<%= config.bin %> <%= command.id %> prod'];
  static override aliases = ['token:runtime'];
  static override args = { runtime: needed('Name or id of the runtime.') };

  protected async execute() {
    const id = await this.idOf('runtime', this.args.runtime);
    const { token } = await this.director.request(RuntimeTokenDocument, { id });
    return tokenCard(token, 'The token works once, until it expires.');
  }
}
