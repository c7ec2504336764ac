/** Any sequence of writes answers like a model that keeps a plain list, on every backend and after a restart. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PageQuery, ReadTx, Registry } from '../../../src/registry/contract.ts';
import { UniqueViolation } from '../../../src/registry/contract.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import { openPostgresRegistry } from '../../../src/registry/postgres/registry.ts';
import { ask, describeWithPostgres, newDatabase } from '../../support/postgres.ts';
import { newFolder, openIn } from './folder.ts';
import { about, ports, type Ship, ships } from './records.ts';

type Step = { readonly kind: 'put'; readonly ship: Ship } | { readonly kind: 'delete'; readonly id: string };
interface Write {
  readonly steps: readonly Step[];
  readonly fails: boolean;
}
type Index = keyof (typeof ships)['indexes'];
type Query = PageQuery<Ship, Index>;

const name = fc.constantFrom('a', 'b', 'c', 'ä', '\uffff', '😀', '');
const id = fc.constantFrom(...'0123456789ab');
const fleet = fc.constantFrom('x', 'y');
const flag = fc.constantFrom('f', 'g', 'h', '__proto__');
// JSON.stringify forgets the sign of -0.
const json = fc.jsonValue({ maxDepth: 1 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const aShip: fc.Arbitrary<Ship> = fc.record(
  { id, name, fleet, flags: fc.array(flag, { maxLength: 3 }), secret: json },
  { requiredKeys: ['id', 'name', 'fleet'] },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: aShip.map((ship) => ({ kind: 'put' as const, ship })) },
  { weight: 1, arbitrary: id.map((one) => ({ kind: 'delete' as const, id: one })) },
);
const writes: fc.Arbitrary<Write[]> = fc.array(
  fc.record({ steps: fc.array(step, { maxLength: 6 }), fails: fc.nat(3).map((chance) => chance === 0) }),
  { maxLength: 12 },
);
const term = fc.oneof(
  fc.record({ index: fc.constantFrom<Index>('fleet', 'byName'), anyOf: fc.array(fleet, { maxLength: 2 }) }),
  fc.record({ index: fc.constant<Index>('flag'), anyOf: fc.array(flag, { maxLength: 3 }) }),
  fc.record({ index: fc.constant<Index>('all'), anyOf: fc.constant(['all']) }),
);
const query: fc.Arbitrary<Query> = fc
  .record({
    all: fc
      .tuple(term, fc.array(term, { maxLength: 2 }))
      .map(([first, others]) => [first, ...others] as [typeof first, ...(typeof first)[]]),
    first: fc.integer({ min: 1, max: 5 }),
    offset: fc.integer({ min: 0, max: 6 }),
  })
  .chain((plain) => fc.constantFrom(plain, { ...plain, match: (one: Ship) => one.id > '4' }))
  .chain((plain) => {
    const isOrdered = ships.indexes[plain.all[0].index].order !== undefined;
    const behind = fc.record({ behind: id, ...(isOrdered && { behindOrder: name }) });
    return fc.option(behind, { nil: {} }).map((place) => ({ ...plain, ...place }));
  });

const byBytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The naive registry. */
class Model {
  readonly records: ReadonlyMap<string, Ship>;
  constructor(records: ReadonlyMap<string, Ship> = new Map()) {
    this.records = records;
  }

  /** Undefined if a unique key is broken. */
  after(steps: readonly Step[]): Model | undefined {
    const records = new Map(this.records);
    for (const one of steps) {
      if (one.kind === 'delete') records.delete(one.id);
      else {
        for (const other of records.values())
          if (other.id !== one.ship.id && other.fleet === one.ship.fleet && other.name === one.ship.name) return undefined;
        records.set(one.ship.id, one.ship);
      }
    }
    return new Model(records);
  }

  list(index: Index, keys: readonly string[]): Ship[] {
    const found = [...this.records.values()].filter((ship) => ships.indexes[index].keys(ship).some((key) => keys.includes(key)));
    return found.sort(
      (a, b) => byBytes(ships.indexes[index].order?.(a) ?? '', ships.indexes[index].order?.(b) ?? '') || byBytes(a.id, b.id),
    );
  }

  page({ all, match, first, offset = 0, behind, behindOrder = '' }: Query) {
    const others = all.slice(1).map((one) => new Set(this.list(one.index, one.anyOf)));
    const found = this.list(all[0].index, all[0].anyOf).filter(
      (ship) => others.every((other) => other.has(ship)) && (match?.(ship) ?? true),
    );
    const orderOf = (ship: Ship) => ships.indexes[all[0].index].order?.(ship) ?? '';
    const rest =
      behind === undefined
        ? found.slice(offset)
        : found.filter((ship) => (byBytes(orderOf(ship), behindOrder) || byBytes(ship.id, behind)) > 0);
    return { records: rest.slice(0, first), total: found.length };
  }
}

async function expectAlike(tx: ReadTx, model: Model, queries: readonly Query[]): Promise<void> {
  const keys = ['x', 'y', 'f', 'g', 'h', '__proto__', 'all', 'x|a', 'y|ä'];
  for (const index of Object.keys(ships.indexes) as Index[]) {
    expect(await tx.findMany(ships, index, keys)).toEqual(keys.map((key) => model.list(index, [key])));
    for (const key of keys) expect(await tx.count(ships, index, key)).toBe(model.list(index, [key]).length);
  }
  for (const one of queries) expect(await tx.page(ships, one)).toEqual(model.page(one));
  const all = [...model.records.values()].sort((a, b) => byBytes(a.id, b.id));
  expect(await tx.scan(ships, undefined, 100)).toEqual(all);
  expect(await tx.scan(ships, '4', 3)).toEqual(all.filter((ship) => ship.id > '4').slice(0, 3));
}

/** Runs the writes on both; looks inside the writes, in a reader that is older, and at the end. */
async function follow(registry: Registry, all: readonly Write[], queries: readonly Query[]): Promise<Model> {
  let model = new Model();
  for (const { steps, fails } of all) {
    const before = model;
    await registry.read(async (older) => {
      // A view is taken with the first look at the latest.
      await older.get(ships, '0');
      const done = registry.write(about, async (tx) => {
        for (const one of steps) await (one.kind === 'put' ? tx.put(ships, one.ship) : tx.delete(ships, one.id));
        await expectAlike(tx, before.after(steps)!, queries);
        if (fails) throw new Error('fails');
      });
      const error = await done.then(
        () => undefined,
        (reason: Error) => reason,
      );
      const after = before.after(steps);
      if (!after) expect(error).toBeInstanceOf(UniqueViolation);
      else if (fails) expect(error?.message).toBe('fails');
      else expect(error).toBeUndefined();
      if (after && !fails) model = after;
      await expectAlike(older, before, queries);
    });
  }
  await expectAlike(registry.latest, model, queries);
  return model;
}

const inputs = [writes, fc.array(query, { maxLength: 3 })] as const;

describe('any sequence of writes', () => {
  it('in memory', () =>
    fc.assert(
      fc.asyncProperty(...inputs, async (all, queries) => void (await follow(openMemoryRegistry(), all, queries))),
      { numRuns: 150 },
    ));

  it('in a folder, folding at any time, and after each restart', () =>
    fc.assert(
      fc.asyncProperty(...inputs, fc.constantFrom(1, 300, 1 << 20), fc.boolean(), async (all, queries, foldBytes, clean) => {
        const folder = await newFolder();
        const registry = await openIn(folder, { foldBytes });
        const model = await follow(registry, all, queries);
        const sequence = registry.sequence;
        if (clean) await registry.close();
        else await registry.abandon();
        const again = await openIn(folder);
        await expectAlike(again.latest, model, queries);
        expect(again.sequence).toBe(sequence);
        await again.close();
        const folded = await openIn(folder);
        await expectAlike(folded.latest, model, queries);
        await folded.close();
      }),
      { numRuns: 60 },
    ));
});

describeWithPostgres('any sequence of writes on PostgreSQL', () => {
  it('and seen by another process', async () => {
    const { url, keyFile } = await newDatabase();
    const open = () => openPostgresRegistry({ url, keyFile, collections: [ships, ports], poolSize: 3, longList: 1 });
    await (await open()).close();
    await fc.assert(
      fc.asyncProperty(...inputs, async (all, queries) => {
        await ask(url, 'TRUNCATE compass.records, compass.entries, compass.commits');
        const registry = await open();
        const model = await follow(registry, all, queries);
        await registry.close();
        const another = await open();
        await expectAlike(another.latest, model, queries);
        expect(await another.verify([ships, ports])).toEqual([]);
        await another.close();
      }),
      { numRuns: 20 },
    );
  });
});
