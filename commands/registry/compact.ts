import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class RegistryCompact extends RegistryCommand<typeof RegistryCompact> {
  static override summary = 'Fold the journal of a registry into its JSON file, or have a database make its indexes anew and tidy up.';
  static override examples = ['<%= config.bin %> <%= command.id %>'];

  protected async execute() {
    const { COLLECTIONS, compactRegistry, shownPlace } = await import('../../src/local/registry-tools.ts');
    const { before, after } = await compactRegistry(this.existing, { collections: COLLECTIONS, progress: this.progress });
    const registry = shownPlace(this.existing.at);
    return card({ registry, before, after }, { Registry: registry, 'Bytes before': before, 'Bytes after': after }, 'Compacted.');
  }
}
