import { resolve } from 'node:path';
import { needed } from '../../src/cli/flags.ts';
import { RegistryCommand } from '../../src/cli/registry-command.ts';

export default class RegistryBackup extends RegistryCommand<typeof RegistryBackup> {
  static override summary = 'Copy a registry with its key and history into an empty folder, and check the copy.';
  static override examples = ['<%= config.bin %> <%= command.id %> /var/backups/compass-monday'];
  static override args = { folder: needed('Folder of the backup; it must be empty, or not be there.') };

  protected async execute() {
    const { backupRegistry, COLLECTIONS, openFileRegistry } = await import('../../src/local/registry-tools.ts');
    const registry = await openFileRegistry({ dir: this.folder, collections: COLLECTIONS });
    try {
      return this.inventory(
        await backupRegistry(registry, resolve(this.args.folder), { collections: COLLECTIONS, progress: this.progress }),
      );
    } finally {
      await registry.close();
    }
  }
}
