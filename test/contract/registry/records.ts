/** A collection with every kind of index, for all tests of the registry. */
import { collection, type Stored } from '../../../src/registry/contract.ts';

export interface Ship extends Stored {
  readonly name: string;
  readonly fleet: string;
  readonly flags?: readonly string[];
  readonly secret?: unknown;
}

export const ships = collection<Ship>()(
  'ships',
  {
    fleet: { keys: (ship) => [ship.fleet] },
    byName: { keys: (ship) => [ship.fleet], order: (ship) => ship.name },
    name: { keys: (ship) => [`${ship.fleet}|${ship.name}`], unique: true },
    flag: { keys: (ship) => ship.flags ?? [] },
    all: { keys: () => ['all'] },
  },
  { sealed: ['secret'] },
);

export const ports = collection<Stored & { readonly city: string }>()('ports', { city: { keys: (port) => [port.city] } });

export const ship = (id: string, more: Partial<Ship> = {}): Ship => ({ id, name: `ship ${id}`, fleet: 'north', ...more });

export const about = { by: 'Static User admin', operation: 'launch', tenant: 't1' };

export const ids = (records: readonly (Stored | undefined)[]) => records.map((record) => record?.id);
