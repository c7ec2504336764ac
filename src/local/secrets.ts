/** Keys of the plane itself: sealed in its Registry, so that all processes on one Registry sign alike, and a copy of it is whole. */
import { collection, type Registry, type Stored } from '../registry/contract.ts';

interface SecretRecord extends Stored {
  readonly value: unknown;
}

export const planeSecrets = collection<SecretRecord>()('planeSecrets', {}, { sealed: ['value'] });

/** The value of that name, or a new one, kept before it is used. */
export async function keptSecret<T>(registry: Registry, id: string, make: () => T): Promise<T> {
  const kept = await registry.latest.get(planeSecrets, id);
  if (kept) return kept.value as T;
  const value = make();
  // Another process may have been quicker: the one that is kept wins.
  return registry.write({ by: 'compass', operation: 'createKeys' }, async (tx) => {
    const present = await tx.get(planeSecrets, id);
    if (present) return present.value as T;
    await tx.put(planeSecrets, { id, value });
    return value;
  });
}
