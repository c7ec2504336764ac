import { isDatabase } from './address.ts';
import { type Collection, type Registry } from './contract.ts';
import type { Report } from './file/errors.ts';
import type { Durability } from './file/journal.ts';

/** Where the state is: `memory`, a folder, or the address of a PostgreSQL database. */
export type RegistryPlace = string | { readonly dir: string };

export interface OpenOptions {
  readonly collections: readonly Collection<never>[];
  readonly clock?: () => Date;
  /** Where the key of sealed fields is, on databases; in a folder it lies beside the rest. COMPASS_REGISTRY_KEY_FILE unless given. */
  readonly keyFile?: string;
  /** Of the file backend alone. */
  readonly durability?: Durability;
  readonly report?: Report;
}

/** Opens the registry with the backend that the place names; the others are not loaded. @throws RegistryUnavailable and what the backend tells of damage */
export async function openRegistry(place: RegistryPlace, options: OpenOptions): Promise<Registry> {
  if (place === 'memory') {
    const { openMemoryRegistry } = await import('./memory/registry.ts');
    return openMemoryRegistry({ collections: options.collections, ...(options.clock && { clock: options.clock }) });
  }
  const dir = typeof place === 'string' ? place : place.dir;
  if (isDatabase(dir)) {
    const { openPostgresRegistry } = await import('./postgres/registry.ts');
    return openPostgresRegistry({ ...options, url: dir });
  }
  const { openFileRegistry } = await import('./file/registry.ts');
  return openFileRegistry({ ...options, dir });
}
