import { AUTH_OWNER_FLAGS, authOwnerFrom } from '../../src/cli/objects/auth-owner.ts';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class AuthDelete extends RemoteCommand<typeof AuthDelete> {
  static override summary = 'Delete credentials; what was got with them opens nothing any more.';
  static override examples = ['<%= config.bin %> <%= command.id %> 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e --app shop --yes'];
  static override args = { auth: needed('Id of the credentials.') };
  static override flags = named({ ...AUTH_OWNER_FLAGS, yes });

  protected async execute() {
    const { remove, asked } = await authOwnerFrom(this.director, this.flags);
    await this.agree(`Delete credentials ${this.args.auth} of ${asked}?`);
    const { auth } = await this.director.request(remove, { id: this.args.auth });
    return card(auth, { ID: auth.id, Type: auth.type }, 'Deleted credentials.');
  }
}
