import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { askRest } from '../../src/cli/connection/rest.ts';
import { type AuthorityRow, authorityTable } from '../../src/cli/views/authority.ts';

export default class CaList extends RemoteCommand<typeof CaList> {
  static override summary = 'List the authorities whose client certificates are accepted.';
  static override description = 'The one that signs stands first; --json has their certificates.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    "<%= config.bin %> <%= command.id %> --jq '.[].certificate' > clients-ca.pem",
  ];

  protected async execute() {
    const { authorities } = await askRest<{ authorities: AuthorityRow[] }>(this.session, 'connector', '/v1/authorities');
    return authorityTable(authorities);
  }
}
