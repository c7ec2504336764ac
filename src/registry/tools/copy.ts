import type { About, Collection, Registry, Stored } from '../contract.ts';
import { batches, declared, differences, type Inventory, inventoryOf, type ToolOptions } from './inventory.ts';
import { RegistryRefusal } from './refusal.ts';

/** What becomes of records that the target holds already: all stops, they are deleted first, or the new ones are put over them. */
export type Existing = 'refuse' | 'replace' | 'merge';

export interface CopyOptions extends ToolOptions {
  /** `refuse` if not said. */
  readonly existing?: Existing;
  /** Who is told in the target's history. */
  readonly by?: string;
}

/** Copies all records from one registry to another, of any backends, and compares. The history stays where it is. @returns what the target holds then */
export async function copyRegistry(from: Registry, to: Registry, options: CopyOptions): Promise<Inventory> {
  const { records } = await from.info();
  await from.read(async (tx) => {
    const source = declared(Object.keys(records), options.collections);
    await fill(to, source, (one) => batches(tx, one, records[one.name] ?? 0, options.progress), { ...options, operation: 'registry copy' });
  });
  const held = await inventoryOf(to, { collections: options.collections });
  if (options.existing === 'merge') return held;
  const wrong = differences(await inventoryOf(from, { collections: options.collections }), held);
  if (wrong.length > 0)
    throw new RegistryRefusal(`The copy differs in ${wrong.join(', ')}: something has written to one of the two meanwhile`);
  return held;
}

/** Puts all records into a registry, a batch in each write. */
export async function fill(
  to: Registry,
  collections: readonly Collection<Stored>[],
  recordsOf: (one: Collection<Stored>) => AsyncIterable<readonly Stored[]> | Iterable<readonly Stored[]>,
  options: CopyOptions & { readonly operation: string },
): Promise<void> {
  const about: About = { by: options.by ?? 'compass registry', operation: options.operation };
  const { records } = await to.info();
  const existing = Object.keys(records);
  if (existing.length > 0 && (options.existing ?? 'refuse') === 'refuse')
    throw new RegistryRefusal(`The target is not empty, it holds ${existing.join(', ')}`, true);
  if (options.existing === 'replace') for (const one of declared(existing, options.collections)) await empty(to, one, about);
  for (const one of collections) {
    for await (const batch of recordsOf(one))
      await to.write(about, async (tx) => {
        await Promise.all(batch.map((record) => tx.put(one, record)));
      });
  }
}

async function empty(registry: Registry, one: Collection<Stored>, about: About): Promise<void> {
  for (let more = true; more;) {
    const batch = await registry.latest.scan(one, undefined, 500);
    await registry.write(about, async (tx) => {
      await Promise.all(batch.map(({ id }) => tx.delete(one, id)));
    });
    more = batch.length > 0;
  }
}
