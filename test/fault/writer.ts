/** A process that writes pairs as fast as it can and says which are acknowledged, until it is killed. Arguments: folder or database, round, and for a database the file of its key. */
import { collection, type Registry, RegistryUnavailable, type Stored } from '../../src/registry/contract.ts';
import { openFileRegistry } from '../../src/registry/file/registry.ts';
import { openPostgresRegistry } from '../../src/registry/postgres/registry.ts';

export interface Half extends Stored {
  readonly round: number;
  readonly number: number;
  readonly other: string;
}

/** Each write puts both halves of a pair and moves the counter of its round. */
export const halves = collection<Half>()('halves', { round: { keys: (half) => [String(half.round)] } }, { sealed: ['other'] });
export const counters = collection<Stored & { readonly count: number }>()('counters');

export const WRITERS = 8;
/** Small enough that a fold is under way most of the time. */
export const FOLD_BYTES = 20_000;

export const openHalves = (dir: string) => openFileRegistry({ dir, collections: [halves, counters], foldBytes: FOLD_BYTES });

/** Milliseconds for which a writer that is stopped may be in the way of others. */
const LONGEST_PAUSE = 500;

export const openShared = (url: string, keyFile: string) =>
  openPostgresRegistry({ url, keyFile, collections: [halves, counters], poolSize: 3, longestPause: LONGEST_PAUSE });

/** A server that is away comes back: only the acknowledged counts. */
const unlessAway = (error: unknown) => {
  if (!(error instanceof RegistryUnavailable)) throw error;
};

async function writeForever(registry: Registry, round: number): Promise<void> {
  let next = 0;
  const writer = async () => {
    for (;;) {
      const number = next++;
      const id = `${round}-${number}`;
      const write = registry.write({ by: `round ${round}`, operation: 'pair' }, async (tx) => {
        const counter = await tx.get(counters, String(round));
        await tx.put(halves, { id: `${id}-a`, round, number, other: `${id}-b` });
        await tx.put(halves, { id: `${id}-b`, round, number, other: `${id}-a` });
        await tx.put(counters, { id: String(round), count: (counter?.count ?? 0) + 1 });
      });
      await write.then(() => process.stdout.write(`${number}\n`), registry.sequence === undefined ? unlessAway : undefined);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

const [, script, place, round, keyFile] = process.argv;
if (script?.endsWith('writer.ts') && place)
  await writeForever(await (keyFile ? openShared(place, keyFile) : openHalves(place)), Number(round));
