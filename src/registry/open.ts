import { type Collection, type Registry } from './contract.ts';
import type { Report } from './file/errors.ts';
import type { Durability } from './file/journal.ts';

/** Where the state is: `memory`, a folder, or the address of a PostgreSQL database. */
export type RegistryPlace = string | { readonly dir: string };

export interface OpenOptions {
  readonly collections: readonly Collection<never>[];
  readonly clock?: () => Date;
  /** Of the file backend alone. */
  readonly durability?: Durability;
  readonly report?: Report;
}

const DATABASE = /^postgres(?:ql)?:\/\//;

/** Opens the registry with the backend that the place names; the others are not loaded. @throws RegistryUnavailable and what the backend tells of damage */
export async function openRegistry(place: RegistryPlace, options: OpenOptions): Promise<Registry> {
  if (place === 'memory') {
    const { openMemoryRegistry } = await import('./memory/registry.ts');
    return openMemoryRegistry({ collections: options.collections, ...(options.clock && { clock: options.clock }) });
  }
  const dir = typeof place === 'string' ? place : place.dir;
  if (DATABASE.test(dir)) throw new Error('This version keeps its registry in memory or in a folder; PostgreSQL is not there yet');
  const { openFileRegistry } = await import('./file/registry.ts');
  return openFileRegistry({ ...options, dir });
}
