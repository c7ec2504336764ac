import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { named, needed } from '../../src/cli/frame/flags.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';

export default class RegistryExport extends RegistryCommand<typeof RegistryExport> {
  static override summary = 'Write all records of a registry into one JSON file.';
  static override description = 'Without --with-secrets the file can be shown, but a registry that is imported from it has no credentials.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> landscape.json',
    '<%= config.bin %> <%= command.id %> landscape.json --with-secrets',
  ];
  static override args = { file: needed('File to write.') };
  static override flags = named({ 'with-secrets': Flags.boolean({ summary: 'Write credentials, tokens and keys in the open.' }) });

  protected async execute() {
    const { COLLECTIONS, exportRegistry, withRegistry } = await import('../../src/local/registry-tools.ts');
    const options = { collections: COLLECTIONS, progress: this.progress };
    const secrets = this.flags['with-secrets'] ? 'plain' : 'omit';
    return this.inventory(
      await withRegistry(this.existing, options, (registry) => exportRegistry(registry, resolve(this.args.file), { ...options, secrets })),
    );
  }
}
