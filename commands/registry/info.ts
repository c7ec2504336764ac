import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';
import { card } from '../../src/cli/output/view.ts';

export default class RegistryInfo extends RegistryCommand<typeof RegistryInfo> {
  static override summary = 'Tell where a registry is, its last write, and how much it holds.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --registry postgres://compass@db.example.com/compass --output json',
  ];

  protected async execute() {
    const { COLLECTIONS, withRegistry } = await import('../../src/local/registry-tools.ts');
    const info = await withRegistry(this.existing, { collections: COLLECTIONS }, async (registry) => registry.info());
    const records = Object.entries(info.records).map(([collection, count]) => [collection, count] as const);
    return card(info, {
      Backend: info.backend,
      Place: info.place,
      'Last write': info.sequence,
      Records: records.reduce((sum, [, count]) => sum + count, 0),
      ...Object.fromEntries(records),
    });
  }
}
