/** A process that writes pairs as fast as it can and says which are acknowledged, until it is killed. Arguments: folder, round. */
import { collection, type Stored } from '../../src/registry/contract.ts';
import { openFileRegistry } from '../../src/registry/file/registry.ts';

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

async function writeForever(dir: string, round: number): Promise<void> {
  const registry = await openHalves(dir);
  let next = 0;
  const writer = async () => {
    for (;;) {
      const number = next++;
      const id = `${round}-${number}`;
      await registry.write({ by: `round ${round}`, operation: 'pair' }, async (tx) => {
        const counter = await tx.get(counters, String(round));
        await tx.put(halves, { id: `${id}-a`, round, number, other: `${id}-b` });
        await tx.put(halves, { id: `${id}-b`, round, number, other: `${id}-a` });
        await tx.put(counters, { id: String(round), count: (counter?.count ?? 0) + 1 });
      });
      process.stdout.write(`${number}\n`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

const [, script, dir, round] = process.argv;
if (script?.endsWith('writer.ts') && dir) await writeForever(dir, Number(round));
