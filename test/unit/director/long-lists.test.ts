/** Lists that are longer than a page: whoever follows the cursors sees each element once that is there all the time, whatever comes and goes meanwhile. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Page, PageArguments } from '../../../src/director/page.ts';
import { pageById, pageInOrder, pageOfSorted } from '../../../src/director/page.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import { collection, type ReadTx, type Stored } from '../../../src/registry/contract.ts';

interface Boat extends Stored {
  readonly name: string;
}
const boats = collection<Boat>()('boats', {
  all: { keys: () => ['all'] },
  byName: { keys: () => ['all'], order: ({ name }) => name },
});
const about = { by: 'test', operation: 'test' };
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
/** Scattered over the list, so that neighbours come and go. */
const boat = (number: number): Boat => ({
  id: uuid((number * 7919) % 1_000_003),
  name: ['a', 'ä@', '😀', ''][number % 4]! + (number % 90),
});

type List = (tx: ReadTx, args: PageArguments) => ReturnType<typeof pageById<Boat>>;
const lists: Record<string, List> = {
  'in the order of ids': (tx, args) => pageById(args, 200, (part) => tx.page(boats, { all: [{ index: 'all', anyOf: ['all'] }], ...part })),
  'in an order of its own': (tx, args) =>
    pageInOrder<Boat>(
      args,
      200,
      ({ name }) => name,
      (part) => tx.page(boats, { all: [{ index: 'byName', anyOf: ['all'] }], ...part }),
    ),
  'that is searched': (tx, args) =>
    pageInOrder<Boat>(
      args,
      200,
      ({ name }) => name,
      (part) => tx.page(boats, { all: [{ index: 'byName', anyOf: ['all'] }], match: ({ name }) => !name.endsWith('7'), ...part }),
    ),
  'that is held whole': async (tx, args) => pageOfSorted(await tx.find(boats, 'all', 'all'), args, null),
};

const meanwhile = fc.array(fc.record({ leave: fc.array(fc.nat(499), { maxLength: 30 }), come: fc.nat(30) }), {
  minLength: 1,
  maxLength: 5,
});

describe.each(Object.entries(lists))('a long list %s', (_, list) => {
  it('shows what is there all the time once', () =>
    fc.assert(
      fc.asyncProperty(meanwhile, fc.constantFrom(40, 97, 200), async (steps, first) => {
        const registry = openMemoryRegistry();
        const all = Array.from({ length: 500 }, (_unused, at) => boat(at));
        await registry.write(about, async (tx) => Promise.all(all.map((one) => tx.put(boats, one))));
        const left = new Set<string>();
        let next = 500;
        const seen: string[] = [];
        for (let after = '', number = 0; ; number++) {
          const page: Page<Boat> = await registry.read(async (tx) => list(tx, { first, after }));
          seen.push(...page.data.map(({ id }) => id));
          if (!page.pageInfo.hasNextPage) break;
          after = page.pageInfo.endCursor;
          const { leave, come } = steps[number % steps.length]!;
          await registry.write(about, async (tx) => {
            for (const at of leave) {
              left.add(all[at]!.id);
              await tx.delete(boats, all[at]!.id);
            }
            for (let newcomer = 0; newcomer < come; newcomer++) await tx.put(boats, boat(next++));
          });
        }
        expect(new Set(seen).size).toBe(seen.length);
        const shown = new Set(seen);
        const inList = new Set((await registry.read(async (tx) => everything(tx, list))).map(({ id }) => id));
        expect(all.filter(({ id }) => !left.has(id) && inList.has(id) && !shown.has(id))).toEqual([]);
        await registry.close();
      }),
      { numRuns: 15 },
    ));

  it('refuses the cursor of a list in another order', async () => {
    const registry = openMemoryRegistry();
    const cursor = (text: string) => Buffer.from(text).toString('base64');
    const isOrdered = list === lists['in an order of its own'] || list === lists['that is searched'];
    const other = cursor(`5@${uuid(5)}${isOrdered ? '' : '@YQ'}`);
    await expect((async () => registry.read(async (tx) => list(tx, { first: 2, after: other })))()).rejects.toThrow(
      'cursor is not correct',
    );
    const own = cursor(`5@${uuid(5)}${isOrdered ? '@YQ' : ''}`);
    expect((await registry.read(async (tx) => list(tx, { first: 2, after: own }))).data).toEqual([]);
    await registry.close();
  });
});

/** Nobody writes meanwhile. */
async function everything(tx: ReadTx, list: List): Promise<Boat[]> {
  const found: Boat[] = [];
  for (let after = ''; ;) {
    const { data, pageInfo } = await list(tx, { first: 200, after });
    found.push(...data);
    if (!pageInfo.hasNextPage) return found;
    after = pageInfo.endCursor;
  }
}
