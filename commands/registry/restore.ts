import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { named, needed, yes } from '../../src/cli/flags.ts';
import { RegistryCommand } from '../../src/cli/registry-command.ts';

export default class RegistryRestore extends RegistryCommand<typeof RegistryRestore> {
  static override summary = 'Bring a backup back; it is checked before anything is touched.';
  static override examples = ['<%= config.bin %> <%= command.id %> /var/backups/compass-monday --replace --yes'];
  static override args = { backup: needed('Folder of the backup.') };
  static override flags = named({
    replace: Flags.boolean({ summary: 'Put aside the registry that is there; without it the folder must be empty.' }),
    yes,
  });

  protected async execute() {
    const { replace } = this.flags;
    if (replace) await this.agree(`Put aside the registry in ${this.folder}, and take the backup in its place?`);
    const { COLLECTIONS, restoreRegistry } = await import('../../src/local/registry-tools.ts');
    return this.inventory(
      await restoreRegistry(resolve(this.args.backup), this.folder, { collections: COLLECTIONS, progress: this.progress, replace }),
    );
  }
}
