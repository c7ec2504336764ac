import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareBytes } from '../../../src/text/order.ts';
import { SortedIds } from '../../../src/registry/memory/sorted-ids.ts';

const ids = (share: number) =>
  Array.from({ length: 4_000 }, (_, index) => `id-${index}`).filter((_, index) => (index * 7_919) % 100 < share);

it('tells in ascending order what it tells by searching, over many chunks', () =>
  fc.assert(
    fc.property(fc.nat(100), fc.nat(100), fc.nat(4_000), (share, askedShare, hole) => {
      const list = new SortedIds({ compare: compareBytes, knows: () => true });
      for (const id of ids(share)) list.add(id);
      for (let index = hole; index < hole + 1_500; index++) list.delete(`id-${index}`);
      const isIn = list.ascending();
      for (const id of ids(askedShare).sort(compareBytes)) expect(isIn(id)).toBe(list.has(id));
    }),
    { numRuns: 20 },
  ));
