import { AUTH_OWNER_FLAGS, authOwnerFrom } from '../../src/cli/objects/auth-owner.ts';
import { named } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';
import { credentialFields } from '../../src/cli/views/credentials.ts';

export default class AuthCreate extends RemoteCommand<typeof AuthCreate> {
  static override summary = 'Create client credentials for an application, a runtime or an integration system.';
  static override description = 'The secret is shown this once; with it tokens are got from the OAuth2 endpoint of the plane.';
  static override examples = ['<%= config.bin %> <%= command.id %> --integration-system broker --output json'];
  static override flags = named(AUTH_OWNER_FLAGS);

  protected async execute() {
    const { request, id, asked } = await authOwnerFrom(this.director, this.flags);
    const { auth } = await this.director.request(request, { id });
    return card(auth, { ID: auth.id, ...credentialFields(auth.auth) }, `Client credentials of ${asked}.`);
  }
}
