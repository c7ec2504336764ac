import { Flags } from '@oclif/core';
import { AUTH_OWNER_FLAGS, authOwnerFrom } from '../../src/cli/objects/auth-owner.ts';
import { named } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { missing } from '../../src/cli/objects/resolve.ts';
import { table } from '../../src/cli/output/view.ts';
import { credentialFields, masked } from '../../src/cli/views/credentials.ts';

export default class AuthList extends RemoteCommand<typeof AuthList> {
  static override summary = 'List the credentials of an application, a runtime or an integration system.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> --app shop',
    '<%= config.bin %> <%= command.id %> --runtime prod --show-secrets',
  ];
  static override flags = named({ ...AUTH_OWNER_FLAGS, 'show-secrets': Flags.boolean({ summary: 'Show passwords and client secrets.' }) });

  protected async execute() {
    const { list, kind, id, asked } = await authOwnerFrom(this.director, this.flags);
    const { owner } = await this.director.request(list, { id });
    if (owner === null) throw missing(kind, asked);
    const rows = masked(owner.auths ?? [], this.flags['show-secrets']);
    return table(
      rows,
      [
        { title: 'ID', of: (row) => row.id },
        { title: 'KIND', of: ({ auth }) => auth?.credential?.__typename?.replace('CredentialData', '') ?? 'certificate or token' },
        { title: 'CLIENT', of: ({ auth }) => credentialFields(auth).Client },
        { title: 'SECRET', of: ({ auth }) => credentialFields(auth).Secret },
      ],
      'No credentials. `compass auth create` makes some.',
    );
  }
}
