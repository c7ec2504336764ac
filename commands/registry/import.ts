import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import { named, needed, yes } from '../../src/cli/frame/flags.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';

export default class RegistryImport extends RegistryCommand<typeof RegistryImport> {
  static override summary = 'Read all records of an exported file into a registry.';
  static override examples = [
    '<%= config.bin %> <%= command.id %> landscape.json',
    '<%= config.bin %> <%= command.id %> landscape.json --existing replace --yes',
  ];
  static override args = { file: needed('File that `registry export --with-secrets` wrote.') };
  static override flags = named({
    existing: Flags.option({ options: ['refuse', 'replace', 'merge'] as const })({
      summary: 'What becomes of records that are there.',
      default: 'refuse',
    }),
    yes,
  });

  protected async execute() {
    const { COLLECTIONS, importRegistry, shownPlace, withRegistry } = await import('../../src/local/registry-tools.ts');
    const { existing } = this.flags;
    const { place } = this;
    if (existing !== 'refuse')
      await this.agree(
        `Let records of the file ${existing === 'replace' ? 'take the place of all' : 'go over those'} in ${shownPlace(place.at)}?`,
      );
    const options = { collections: COLLECTIONS, progress: this.progress, existing };
    return this.inventory(await withRegistry(place, options, (registry) => importRegistry(resolve(this.args.file), registry, options)));
  }
}
