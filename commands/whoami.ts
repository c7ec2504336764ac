import { ViewerDocument } from '../src/client/director.generated.ts';
import { RemoteCommand } from '../src/cli/frame/remote-command.ts';
import { claimsOf } from '../src/cli/connection/token-claims.ts';
import { card } from '../src/cli/output/view.ts';

export default class Whoami extends RemoteCommand<typeof Whoami> {
  static override summary = 'Show who the management plane takes you for: consumer, tenant, scopes, and until when.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --context team',
    '<%= config.bin %> <%= command.id %> --output json',
  ];

  protected async execute() {
    const { viewer } = await this.director.request(ViewerDocument);
    const { context, name, token } = this.session;
    const { scopes, expires } = claimsOf(token);
    return card(
      { ...viewer, context: name ?? null, tenant: context.tenant ?? null, scopes, expires },
      {
        ID: viewer.id,
        Type: viewer.type,
        Context: name,
        Tenant: context.tenant,
        Director: context.director,
        Scopes: scopes,
        Expires: expires,
      },
    );
  }
}
