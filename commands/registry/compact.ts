import { RegistryCommand } from '../../src/cli/registry-command.ts';
import { card } from '../../src/cli/view.ts';

export default class RegistryCompact extends RegistryCommand<typeof RegistryCompact> {
  static override summary = 'Fold the journal of a registry into its JSON file.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  protected async execute() {
    const { COLLECTIONS, compactFolder } = await import('../../src/local/registry-tools.ts');
    const { before, after } = await compactFolder(this.folder, { collections: COLLECTIONS, progress: this.progress });
    return card({ folder: this.folder, before, after }, { Folder: this.folder, 'Bytes before': before, 'Bytes after': after }, 'Folded.');
  }
}
