/** A command that works on a registry itself: a folder that no plane runs on, or a database, whoever else is on it. */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Command, Flags, type Interfaces } from '@oclif/core';
import { BaseCommand } from './base-command.ts';
import { Failure } from '../failure/failure.ts';
import { named } from './flags.ts';
import { LOCAL } from '../connection/contexts.ts';
import { planeFolder } from '../connection/paths.ts';
import { checkedName } from '../serve/instance.ts';
import { table, type Table } from '../output/view.ts';

interface Done {
  readonly collection: string;
  readonly records: number;
  readonly of: number;
}

/** Where a registry is, and the key of a database. */
export interface Place {
  /** A folder, or the address of a database. */
  readonly at: string;
  readonly keyFile: string;
}

const DATABASE = /^postgres(ql)?:\/\//i;
function holdsRegistry(folder: string): boolean {
  try {
    return readdirSync(folder).some((name) => /^(?:registry\.|journal-)/.test(name));
  } catch {
    return false;
  }
}

/** How many records are gone through in silence. */
const STRIDE = 5000;

export abstract class RegistryCommand<T extends typeof Command> extends BaseCommand<T> {
  static override baseFlags: Interfaces.FlagInput = {
    ...BaseCommand.baseFlags,
    ...named({
      instance: Flags.string({
        summary: 'Plane of this machine whose registry it is, by the name that `serve` gave it.',
        helpValue: 'NAME',
        default: LOCAL,
      }),
      'data-dir': Flags.string({ summary: 'Folder of the registry; that of the plane unless given.', helpValue: 'DIR' }),
      registry: Flags.string({ summary: 'PostgreSQL database in place of a folder; better given as COMPASS_REGISTRY.', helpValue: 'URL' }),
      'registry-key-file': Flags.string({
        summary: 'Key of what is sealed in the database; that of `serve` unless given.',
        helpValue: 'FILE',
      }),
    }),
  };

  /** The registry that the flags name. A folder that is typed wins over a database that a variable names. */
  protected get place(): Place {
    const { 'data-dir': dir, registry } = this.flags as { 'data-dir'?: string; registry?: string };
    const isTyped = (flag: string) => this.argv.some((word) => word === flag || word.startsWith(`${flag}=`));
    if (registry !== undefined && (isTyped('--registry') || !isTyped('--data-dir'))) return this.placeOf(registry);
    return this.placeOf(dir ?? this.#local);
  }

  /** The same where a registry must be there already. @throws Failure not_found */
  protected get existing(): Place {
    const { place } = this;
    if (DATABASE.test(place.at) || holdsRegistry(place.at)) return place;
    throw new Failure('not_found', `There is no registry in ${place.at}.`, {
      hint: 'Name one with --instance or --data-dir; `compass context list` shows the planes of this machine.',
      details: { folder: place.at },
    });
  }

  /** What somebody has typed: a folder, or the address of a database. */
  protected placeOf(text: string, keyFile = (this.flags as { 'registry-key-file'?: string })['registry-key-file']): Place {
    if (DATABASE.test(text)) process.title = 'compass registry';
    return {
      at: DATABASE.test(text) ? text : resolve(text),
      keyFile: keyFile === undefined ? join(this.#local, 'database.key') : resolve(keyFile),
    };
  }

  get #local(): string {
    return planeFolder(this.host.env, checkedName((this.flags as { instance: string }).instance));
  }

  /** Whoever has the folder open must let it go first. */
  override async catch(error: Error): Promise<never> {
    const { holder } = error as { holder?: { pid: number } };
    if (holder === undefined) return super.catch(error);
    return super.catch(
      new Failure('conflict', error.message, {
        hint: `Stop that plane first: \`compass stop\`, or Ctrl-C where it runs (process ${holder.pid}).`,
        cause: error,
      }),
    );
  }

  /** Tells of each collection once it is gone through, and on the way where it is long. */
  protected readonly progress = ({ collection, records, of }: Done): void => {
    if (records >= of) this.output.trace(`${collection}: ${records}`);
    else if (records % STRIDE === 0) this.output.note(`${collection}: ${records} of ${of} …`);
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
