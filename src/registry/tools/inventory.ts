import { createHash } from 'node:crypto';
import type { Collection, ReadTx, Registry, Stored } from '../contract.ts';
import { isObject } from '../../text/json.ts';
import { RegistryRefusal } from './refusal.ts';

/** What one collection holds. */
export interface Content {
  readonly records: number;
  /** SHA-256 over the records by id, the same on every backend. */
  readonly checksum: string;
}
export type Inventory = Readonly<Record<string, Content>>;

/** Told while records are gone through. */
export type Progress = (done: { readonly collection: string; readonly records: number; readonly of: number }) => void;

export interface ToolOptions {
  /** All that the program keeps. */
  readonly collections: readonly Collection<never>[];
  readonly progress?: Progress;
}

const BATCH = 500;

/** Counts and checksums of all that the registry holds. @throws if it holds a collection that nobody declares */
export async function inventoryOf(registry: Registry, options: ToolOptions): Promise<Inventory> {
  const { records } = await registry.info();
  return registry.read(async (tx) => {
    const inventory: Record<string, Content> = {};
    for (const from of declared(Object.keys(records), options.collections)) {
      const hash = createHash('sha256');
      let count = 0;
      for await (const batch of batches(tx, from, records[from.name] ?? 0, options.progress)) {
        for (const record of batch) hash.update(`${canonical(record)}\n`);
        count += batch.length;
      }
      inventory[from.name] = { records: count, checksum: hash.digest('hex') };
    }
    return inventory;
  });
}

/** Names of collections of which the two hold different records. */
export function differences(a: Inventory, b: Inventory): string[] {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].filter((name) => a[name]?.checksum !== b[name]?.checksum).sort();
}

/** The declared collections of these names. @throws for a name that is not declared: its indexes are not known */
export function declared(names: readonly string[], collections: readonly Collection<never>[]): Collection<Stored>[] {
  return names.map((name) => {
    const found = collections.find((one) => one.name === name);
    if (!found) throw new RegistryRefusal(`The registry holds ${name}, which this program does not know: use the program that wrote it`);
    return found as unknown as Collection<Stored>;
  });
}

/** All records by id, some hundred at a time. */
export async function* batches(tx: ReadTx, from: Collection<Stored>, of: number, progress?: Progress): AsyncGenerator<readonly Stored[]> {
  let records = 0;
  for (let after: string | undefined; ;) {
    const batch = await tx.scan(from, after, BATCH);
    if (batch.length > 0) yield batch;
    records += batch.length;
    progress?.({ collection: from.name, records, of });
    if (batch.length < BATCH) return;
    after = batch.at(-1)!.id;
  }
}

/** JSON with names in order, as a database may give them in another. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  );
}
