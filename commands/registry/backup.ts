import { resolve } from 'node:path';
import { needed } from '../../src/cli/frame/flags.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';

export default class RegistryBackup extends RegistryCommand<typeof RegistryBackup> {
  static override summary = 'Copy a registry with its key and history into an empty folder, and check the copy.';
  static override description = 'The backup of a database is a folder, too, with a key of its own; the history stays in the database.';
  static override examples = ['<%= config.bin %> <%= command.id %> /var/backups/compass-monday'];
  static override args = { folder: needed('Folder of the backup; it must be empty, or not be there.') };

  protected async execute() {
    const { backup, COLLECTIONS } = await import('../../src/local/registry-tools.ts');
    return this.inventory(await backup(this.existing, resolve(this.args.folder), { collections: COLLECTIONS, progress: this.progress }));
  }
}
