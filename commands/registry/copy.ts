import { Flags } from '@oclif/core';
import { named, yes } from '../../src/cli/frame/flags.ts';
import { RegistryCommand } from '../../src/cli/frame/registry-command.ts';

// Both registries are named; a plane tells the key of a database at most.
const { 'data-dir': _folder, registry: _database, ...COPY_FLAGS } = RegistryCommand.baseFlags;

export default class RegistryCopy extends RegistryCommand<typeof RegistryCopy> {
  static override summary = 'Copy all records of one registry to another, of any kinds, and compare counts and checksums.';
  static override description = [
    'FROM and TO are folders, or addresses of PostgreSQL databases. No plane should write meanwhile: what differs afterwards is an error.',
    'The history stays where it is.',
  ].join('\n');
  static override examples = [
    '<%= config.bin %> <%= command.id %> --from ~/.local/share/compass/local --to postgres://compass@db.example.com/compass',
    '<%= config.bin %> <%= command.id %> --from postgres://compass@db.example.com/compass --to ./landscape --existing replace --yes',
  ];
  static override baseFlags = COPY_FLAGS;
  static override flags = named({
    from: Flags.string({ summary: 'Registry to read.', helpValue: 'DIR|URL', required: true }),
    to: Flags.string({ summary: 'Registry to write.', helpValue: 'DIR|URL', required: true }),
    'from-key-file': Flags.string({ summary: 'Key of the database to read, if not --registry-key-file.', helpValue: 'FILE' }),
    'to-key-file': Flags.string({ summary: 'Key of the database to write, if not --registry-key-file.', helpValue: 'FILE' }),
    existing: Flags.option({ options: ['refuse', 'replace', 'merge'] as const })({
      summary: 'What becomes of records that are there.',
      default: 'refuse',
    }),
    yes,
  });

  protected async execute() {
    const { COLLECTIONS, copyRegistry, shownPlace, withRegistry } = await import('../../src/local/registry-tools.ts');
    const { existing } = this.flags;
    const from = this.placeOf(this.flags.from, this.flags['from-key-file']);
    const to = this.placeOf(this.flags.to, this.flags['to-key-file']);
    if (existing !== 'refuse')
      await this.agree(`Let the records ${existing === 'replace' ? 'take the place of all' : 'go over those'} in ${shownPlace(to.at)}?`);
    const options = { collections: COLLECTIONS, progress: this.progress, existing };
    return this.inventory(
      await withRegistry(from, options, (source) => withRegistry(to, options, (target) => copyRegistry(source, target, options))),
    );
  }
}
