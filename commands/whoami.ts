import { ViewerDocument } from '../src/client/director.generated.ts';
import { RemoteCommand } from '../src/cli/remote-command.ts';
import { card } from '../src/cli/view.ts';

export default class Whoami extends RemoteCommand<typeof Whoami> {
  static override summary = 'Show who the management plane takes you for.';
  static override examples = ['<%= config.bin %> <%= command.id %>', '<%= config.bin %> <%= command.id %> --context team'];

  protected async execute() {
    const { viewer } = await this.director.request(ViewerDocument);
    const { context, name } = this.session;
    return card(
      { ...viewer, context: name ?? null, tenant: context.tenant ?? null },
      { ID: viewer.id, Type: viewer.type, Context: name, Tenant: context.tenant, Director: context.director },
    );
  }
}
