import { Flags } from '@oclif/core';
import { named, yes } from '../../src/cli/frame/flags.ts';
import { RemoteCommand } from '../../src/cli/frame/remote-command.ts';
import { askRest } from '../../src/cli/connection/rest.ts';
import { type AuthorityRow, authorityTable } from '../../src/cli/views/authority.ts';

export default class CaRotate extends RemoteCommand<typeof CaRotate> {
  static override summary = 'Let a new authority sign client certificates from now on.';
  static override description = [
    'Certificates of the former one are accepted until they run out, and renewed by the new one; those that were given back stay worthless.',
    'With --distrust they are worthless at once, and every application and runtime has to pair anew.',
    'A plane whose authority was given (`serve --ca-cert`) takes another one by being started with it.',
  ].join('\n');
  static override examples = ['<%= config.bin %> <%= command.id %> --yes', '<%= config.bin %> <%= command.id %> --distrust'];
  static override flags = named({ distrust: Flags.boolean({ summary: 'Accept no certificate of the former ones any more.' }), yes });

  protected async execute() {
    const { distrust } = this.flags;
    await this.agree(
      distrust
        ? 'Make all client certificates worthless, so that everybody has to pair anew?'
        : 'Replace the authority of client certificates?',
    );
    const { authorities } = await askRest<{ authorities: AuthorityRow[] }>(this.session, 'connector', '/v1/authorities', { distrust });
    return authorityTable(authorities);
  }
}
