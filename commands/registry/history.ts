import { Flags } from '@oclif/core';
import { named } from '../../src/cli/frame/flags.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';
import { table } from '../../src/cli/output/view.ts';

export default class RegistryHistory extends RegistryCommand<typeof RegistryHistory> {
  static override summary = 'Tell who changed what in a registry, and when.';
  static override examples = ['<%= config.bin %> <%= command.id %> --after 120', '<%= config.bin %> <%= command.id %> --output ndjson'];
  static override flags = named({
    after: Flags.integer({ summary: 'Begin behind this sequence number.', helpValue: 'N', default: 0, min: 0 }),
    limit: Flags.integer({ char: 'n', summary: 'Show at most so many.', helpValue: 'N', default: 100, min: 1 }),
  });

  protected async execute() {
    const { COLLECTIONS, withRegistry } = await import('../../src/local/registry-tools.ts');
    const commits = await withRegistry(this.existing, { collections: COLLECTIONS }, async (registry) =>
      registry.history(this.flags.after, this.flags.limit),
    );
    return table(
      commits,
      [
        { title: 'SEQUENCE', of: ({ sequence }) => sequence },
        { title: 'TIME', of: ({ time }) => time },
        { title: 'BY', of: ({ about }) => about.by },
        { title: 'OPERATION', of: ({ about }) => about.operation },
        { title: 'CHANGED', of: ({ changes }) => changes.map(({ collection, id }) => `${collection} ${id}`).join(', ') },
      ],
      'Nothing has been changed.',
    );
  }
}
