import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';

export default class RegistryRestore extends RegistryCommand<typeof RegistryRestore> {
  static override summary = 'Bring a backup back; it is checked before anything is touched.';
  static override examples = ['<%= config.bin %> <%= command.id %> /var/backups/compass-monday --replace --yes'];
  static override args = { backup: needed('Folder of the backup.') };
  static override flags = named({
    replace: Flags.boolean({
      summary: 'Put aside the registry that is there, or delete what the database holds; without it there must be nothing.',
    }),
    yes,
  });

  protected async execute() {
    const { COLLECTIONS, restore, shownPlace } = await import('../../src/local/registry-tools.ts');
    const { replace } = this.flags;
    const { place } = this;
    if (replace) await this.agree(`Let the backup take the place of the registry in ${shownPlace(place.at)}?`);
    return this.inventory(await restore(resolve(this.args.backup), place, { collections: COLLECTIONS, progress: this.progress, replace }));
  }
}
