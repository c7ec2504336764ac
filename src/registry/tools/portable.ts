/** Export and import: one JSON file, laid out as `registry.json`, for any registry. */
import { Low } from 'lowdb';
import type { Collection, Registry, Stored } from '../contract.ts';
import { EMPTY_FOLDED, type Folded, FoldedFile } from '../file/folded.ts';
import { FORMAT } from '../file/migrations.ts';
import { looksSealed } from '../file/seal.ts';
import { type CopyOptions, fill } from './copy.ts';
import { batches, declared, type Inventory, inventoryOf, type ToolOptions } from './inventory.ts';
import { RegistryRefusal } from './refusal.ts';

export interface ExportOptions extends ToolOptions {
  /** `plain`: the file is as secret as what is in it. `omit`: sealed fields are left out, so that it can be shown, but not imported for use. */
  readonly secrets: 'plain' | 'omit';
}

/** Writes all records into one file, with mode 0600. @returns what the registry holds */
export async function exportRegistry(registry: Registry, file: string, options: ExportOptions): Promise<Inventory> {
  const { records, sequence } = await registry.info();
  const low = new Low<Folded>(new FoldedFile(file), EMPTY_FOLDED);
  await registry.read(async (tx) => {
    const collections: Record<string, Stored[]> = {};
    for (const from of declared(Object.keys(records), options.collections)) {
      const all: Stored[] = (collections[from.name] = []);
      for await (const batch of batches(tx, from, records[from.name] ?? 0, options.progress))
        for (const record of batch) all.push(options.secrets === 'plain' ? record : without(record, from));
    }
    low.data = { format: FORMAT, sequence, collections };
  });
  await low.write();
  return inventoryOf(registry, { collections: options.collections });
}

function without(record: Stored, from: Collection<Stored>): Stored {
  const sealed = new Set<string>(from.sealed);
  return Object.fromEntries(Object.entries(record).filter(([field]) => !sealed.has(field))) as unknown as Stored;
}

const BATCH = 500;

/** Reads such a file into a registry. @throws RegistryDamaged, RegistryTooNew; @returns what the registry holds then */
export async function importRegistry(file: string, registry: Registry, options: CopyOptions): Promise<Inventory> {
  const low = new Low<Folded>(new FoldedFile(file), EMPTY_FOLDED);
  await low.read();
  if (low.data === EMPTY_FOLDED) throw new RegistryRefusal(`${file} is not there`);
  const lists = low.data.collections as Readonly<Record<string, readonly Stored[]>>;
  const wanted = declared(Object.keys(lists), options.collections);
  for (const one of wanted) for (const record of lists[one.name]!) requirePlain(file, one, record);
  const slices = function* (one: Collection<Stored>) {
    const all = lists[one.name] ?? [];
    for (let at = 0; at < all.length; at += BATCH) {
      yield all.slice(at, at + BATCH);
      options.progress?.({ collection: one.name, records: Math.min(at + BATCH, all.length), of: all.length });
    }
  };
  await fill(registry, wanted, slices, { ...options, operation: 'registry import' });
  return inventoryOf(registry, { collections: options.collections });
}

/** A `registry.json` itself is of no use without its key. */
function requirePlain(file: string, one: Collection<Stored>, record: Stored): void {
  const sealed = one.sealed.find((field) => looksSealed(record[field]));
  if (sealed)
    throw new RegistryRefusal(
      `${file}: ${sealed} of ${one.name} is sealed with the key of another registry: export with secrets, or restore a backup that has the key`,
    );
}
