import { Flags } from '@oclif/core';
import { named } from '../src/cli/frame/flags.ts';
import { RegistryCommand } from '../src/cli/frame/registry-command.ts';
import { table } from '../src/cli/output/view.ts';

interface Commit {
  readonly about: { readonly by: string; readonly operation: string; readonly tenant?: string };
  readonly changes: readonly { readonly collection: string; readonly id: string; readonly kind: string }[];
}

interface Wanted {
  readonly by?: string | undefined;
  readonly operation?: string | undefined;
  readonly tenant?: string | undefined;
  readonly object?: string | undefined;
}

const fits =
  ({ by, operation, tenant, object }: Wanted) =>
  ({ about, changes }: Commit): boolean =>
    (by === undefined || about.by.includes(by)) &&
    (operation === undefined || about.operation === operation) &&
    (tenant === undefined || about.tenant === tenant) &&
    (object === undefined || changes.some(({ id }) => id === object));

export default class Audit extends RegistryCommand<typeof Audit> {
  static override summary = 'Tell who changed what lately, from the journal of a plane, running or not.';
  static override description =
    'The newest change stands last. The journal goes back for some 16 MB; `registry history` pages through it by sequence number.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> --operation unregisterApplication --limit 5',
    '<%= config.bin %> <%= command.id %> --by "Runtime" --output ndjson',
    '<%= config.bin %> <%= command.id %> --object 0b6c4a0e-4a3c-4e0a-a8a0-d5ac4cbb6a4e',
  ];
  static override flags = named({
    limit: Flags.integer({ char: 'n', summary: 'Show at most so many.', helpValue: 'N', default: 50, min: 1 }),
    by: Flags.string({ summary: 'Only changes by callers whose type or id holds this text.', helpValue: 'TEXT' }),
    operation: Flags.string({ summary: 'Only changes by this operation.', helpValue: 'NAME' }),
    // The flag --tenant of other commands names the tenant to act in.
    'of-tenant': Flags.string({ summary: 'Only changes by calls in the tenant with this internal id.', helpValue: 'ID' }),
    object: Flags.string({ summary: 'Only changes of the object with this id.', helpValue: 'ID' }),
  });

  protected async execute() {
    const { limit, by, operation, object, 'of-tenant': tenant } = this.flags;
    const { allCommits, COLLECTIONS } = await import('../src/local/registry-tools.ts');
    const commits = await allCommits(this.existing, { collections: COLLECTIONS });
    return table(
      commits.filter(fits({ by, operation, tenant, object })).slice(-limit),
      [
        { title: 'TIME', of: ({ time }) => time },
        { title: 'BY', of: ({ about }) => about.by },
        { title: 'OPERATION', of: ({ about }) => about.operation },
        {
          title: 'CHANGED',
          of: ({ changes }) => changes.map(({ collection, id, kind }) => `${kind === 'delete' ? '-' : ''}${collection} ${id}`).join(', '),
        },
        { title: 'TENANT', of: ({ about }) => about.tenant },
      ],
      'Nothing has been changed.',
    );
  }
}
