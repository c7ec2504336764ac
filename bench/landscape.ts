/** Landscapes to measure on: registries filled by the Director's own rules, many changes to a transaction, without HTTP between. */
import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { WriteCall } from '../src/director/call.ts';
import { seed } from '../src/director/seed.ts';
import { tenants } from '../src/director/tenant/records.ts';
import { openFileRegistry } from '../src/registry/file/registry.ts';
import type { Registry } from '../src/registry/contract.ts';
import { COLLECTIONS } from '../src/local/collections.ts';
import { DEFAULT_TENANT } from '../src/local/plane.ts';
import { temporaryFolder } from './processes.ts';

export interface Landscape<T> {
  /** Holds the folder of a registry. */
  readonly dir: string;
  readonly planted: T;
}

/** One transaction of the bench. */
export type Write = <T>(work: (call: WriteCall) => Promise<T>) => Promise<T>;

const known = new Map<string, Promise<Landscape<unknown>>>();

/** Planted once in a run for each name. */
export function landscape<T>(name: string, plant: (write: Write) => Promise<T>): Promise<Landscape<T>> {
  const found = known.get(name) ?? fill(plant);
  known.set(name, found);
  return found as Promise<Landscape<T>>;
}

/** A folder with a copy of its state, which a plane may change. */
export function copied({ dir }: Landscape<unknown>): string {
  const copy = temporaryFolder();
  cpSync(dir, join(copy, 'data'), { recursive: true });
  return copy;
}

async function fill<T>(plant: (write: Write) => Promise<T>): Promise<Landscape<T>> {
  const dir = temporaryFolder();
  const registry = await openFileRegistry({ dir, collections: COLLECTIONS, durability: 'fast', foldBytes: Number.MAX_SAFE_INTEGER });
  try {
    await registry.write({ by: 'bench', operation: 'seed' }, (tx) => seed(tx, false));
    const tenant = await registry.read(async (tx) => (await tx.find(tenants, 'externalID', DEFAULT_TENANT))[0]!.id);
    return { dir, planted: await plant(writer(registry, tenant)) };
  } finally {
    await registry.close();
  }
}

const writer =
  (registry: Registry, tenant: string): Write =>
  (work) =>
    registry.write({ by: 'bench', operation: 'plant' }, (tx) =>
      work({
        tx,
        caller: {
          consumer: { id: 'bench', type: 'Static User' },
          flow: 'JWT',
          scopes: [],
          tenant: { id: tenant, externalId: DEFAULT_TENANT },
        },
        now: () => new Date().toISOString(),
        newId: randomUUID,
      }),
    );
