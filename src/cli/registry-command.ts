/** A command that works on the registry of a folder, with no plane running on it. */
import { join, resolve } from 'node:path';
import { type Command, Flags, type Interfaces } from '@oclif/core';
import { BaseCommand } from './base-command.ts';
import { named } from './flags.ts';
import { dataFolder } from './paths.ts';
import { table, type Table } from './view.ts';

interface Done {
  readonly collection: string;
  readonly records: number;
  readonly of: number;
}

export abstract class RegistryCommand<T extends typeof Command> extends BaseCommand<T> {
  static override baseFlags: Interfaces.FlagInput = {
    ...BaseCommand.baseFlags,
    ...named({
      'data-dir': Flags.string({ summary: 'Folder of the registry; that of `serve --local` unless given.', helpValue: 'DIR' }),
    }),
  };

  protected get folder(): string {
    const { 'data-dir': dir } = this.flags as { 'data-dir'?: string };
    return dir === undefined ? join(dataFolder(this.host.env), 'local') : resolve(dir);
  }

  /** Tells of each collection once it is gone through. */
  protected readonly progress = ({ collection, records, of }: Done): void => {
    if (records >= of) this.output.trace(`${collection}: ${records}`);
  };

  /** How many records there are of each kind. */
  protected inventory(held: Readonly<Record<string, { readonly records: number; readonly checksum: string }>>): Table {
    const rows = Object.entries(held).map(([collection, content]) => ({ collection, ...content }));
    return table(
      rows,
      [
        { title: 'COLLECTION', of: ({ collection }) => collection },
        { title: 'RECORDS', of: ({ records }) => records },
        { title: 'CHECKSUM', of: ({ checksum }) => checksum.slice(0, 16) },
      ],
      'The registry is empty.',
    );
  }
}
