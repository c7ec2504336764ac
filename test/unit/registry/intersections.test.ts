import { expect, it } from 'vitest';
import { collection, type Stored } from '../../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';

interface Ship extends Stored {
  readonly colour: string;
  readonly size: string;
}
const ships = collection<Ship>()('ships', { colour: { keys: ({ colour }) => [colour] }, size: { keys: ({ size }) => [size] } });
const about = { by: 'test', operation: 'test' };
const id = (number: number) => `ship-${String(number).padStart(5, '0')}`;
const both = [
  { index: 'colour', anyOf: ['red'] },
  { index: 'size', anyOf: ['large'] },
] as const;

it('a long list that was remembered is made anew after each change, and old readers keep theirs', async () => {
  const registry = openMemoryRegistry({ collections: [ships] });
  const put = (number: number, size: string) =>
    registry.write(about, (tx) => tx.put(ships, { id: id(number), colour: number % 2 === 0 ? 'red' : 'blue', size }));
  await registry.write(about, (tx) => {
    for (let number = 0; number < 6_000; number++)
      tx.put(ships, { id: id(number), colour: number % 2 === 0 ? 'red' : 'blue', size: number % 3 === 0 ? 'large' : 'small' });
  });
  const page = (more: object = {}) => registry.latest.page(ships, { all: both, first: 2, ...more });
  expect(await page()).toMatchObject({ total: 1_000, records: [{ id: id(0) }, { id: id(6) }] });
  expect(await page({ behind: id(7) })).toMatchObject({ total: 1_000, records: [{ id: id(12) }, { id: id(18) }] });
  expect(await page({ offset: 999 })).toMatchObject({ total: 1_000, records: [{ id: id(5_994) }] });
  await registry.read(async (tx) => {
    expect(await tx.page(ships, { all: both, first: 1 })).toMatchObject({ total: 1_000 });
    await put(2, 'large');
    expect(await tx.page(ships, { all: both, first: 2 })).toMatchObject({ total: 1_000, records: [{ id: id(0) }, { id: id(6) }] });
  });
  expect(await page()).toMatchObject({ total: 1_001, records: [{ id: id(0) }, { id: id(2) }] });
  await registry.write(about, (tx) => tx.delete(ships, id(0)));
  expect(await page()).toMatchObject({ total: 1_000, records: [{ id: id(2) }, { id: id(6) }] });
});
