/** What every backend of the registry has to do. `open` gives an empty registry. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Commit, type Registry, RegistryUnavailable, UniqueViolation } from '../../../src/registry/contract.ts';
import { about, ids, ports, type Ship, ship, ships } from './records.ts';

export function registryContract(name: string, open: () => Promise<Registry>): void {
  describe(`registry contract: ${name}`, () => {
    let registry: Registry;
    beforeEach(async () => {
      registry = await open();
    });
    afterEach(async () => {
      await registry.close();
    });
    const launch = (...fleet: Ship[]) =>
      registry.write(about, async (tx) => {
        for (const one of fleet) await tx.put(ships, one);
      });

    describe('records', () => {
      it('gives back what was put, and nothing after a deletion', async () => {
        const full = ship('1', { flags: ['a', 'b'], secret: { password: 'p' } });
        await launch(full);
        expect(await registry.latest.get(ships, '1')).toEqual(full);
        await registry.write(about, (tx) => tx.delete(ships, '1'));
        expect(await registry.latest.get(ships, '1')).toBeUndefined();
        expect(await registry.latest.find(ships, 'fleet', 'north')).toEqual([]);
      });

      it('replaces a record as a whole', async () => {
        await launch(ship('1', { flags: ['a'] }));
        await launch(ship('1'));
        expect(await registry.latest.get(ships, '1')).toEqual(ship('1'));
      });

      it('keeps collections apart', async () => {
        await launch(ship('1'));
        expect(await registry.latest.get(ports, '1')).toBeUndefined();
      });

      it('shows a write what it has put or deleted just now, whether it has waited or not', async () => {
        await launch(ship('1'), ship('2'));
        await registry.write(about, async (tx) => {
          expect(ids(await tx.find(ships, 'fleet', 'north'))).toEqual(['1', '2']);
          const renamed = ship('1', { name: 'new', fleet: 'south', secret: { password: 'p' } });
          const waited = [tx.put(ships, renamed), tx.delete(ships, '2'), tx.put(ships, ship('3'))];
          expect(await tx.getMany(ships, ['1', '2', '3'])).toEqual([renamed, undefined, ship('3')]);
          expect((await tx.findMany(ships, 'fleet', ['north', 'south'])).map(ids)).toEqual([['3'], ['1']]);
          expect(await tx.count(ships, 'all', 'all')).toBe(2);
          await Promise.all(waited);
          await tx.put(ships, ship('2', { name: 'again' }));
          await tx.delete(ships, '3');
          expect(await tx.getMany(ships, ['1', '2', '3'])).toEqual([renamed, ship('2', { name: 'again' }), undefined]);
        });
        expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual(['1', '2']);
      });

      it('takes the deletion of what is not there', async () => {
        await registry.write(about, (tx) => tx.delete(ships, 'none'));
        expect(await registry.latest.count(ships, 'all', 'all')).toBe(0);
      });

      it('gives batches in the order that was asked', async () => {
        await launch(ship('1'), ship('2', { fleet: 'south' }), ship('3'));
        expect(ids(await registry.latest.getMany(ships, ['3', 'none', '1', '3']))).toEqual(['3', undefined, '1', '3']);
        const lists = await registry.latest.findMany(ships, 'fleet', ['south', 'none', 'north']);
        expect(lists.map(ids)).toEqual([['2'], [], ['1', '3']]);
      });

      it('scans by id, from after one', async () => {
        await launch(ship('b'), ship('a'), ship('c'));
        expect(ids(await registry.latest.scan(ships, undefined, 2))).toEqual(['a', 'b']);
        expect(ids(await registry.latest.scan(ships, 'b', 2))).toEqual(['c']);
        expect(ids(await registry.latest.scan(ships, 'aa', 9))).toEqual(['b', 'c']);
      });

      it('keeps names and values of any text', async () => {
        const odd = ship('ß|"\\\n\u2028', { name: '\u0000😀', flags: ['__proto__', 'constructor', ''], secret: { $sealed: 'x' } });
        await launch(odd);
        expect(await registry.latest.get(ships, odd.id)).toEqual(odd);
        expect(await registry.latest.find(ships, 'flag', '__proto__')).toEqual([odd]);
      });
    });

    describe('indexes', () => {
      it('finds by any key, and no longer by one that went', async () => {
        await launch(ship('1', { flags: ['a', 'b'] }), ship('2', { flags: ['b'] }));
        await launch(ship('1', { flags: ['b', 'c'] }));
        const found = await registry.latest.findMany(ships, 'flag', ['a', 'b', 'c']);
        expect(found.map(ids)).toEqual([[], ['1', '2'], ['1']]);
        expect(await registry.latest.count(ships, 'flag', 'b')).toBe(2);
      });

      it('finds a record once although its keys are given twice', async () => {
        await launch(ship('1', { flags: ['a', 'a'] }));
        expect(ids(await registry.latest.find(ships, 'flag', 'a'))).toEqual(['1']);
        await launch(ship('1'));
        expect(await registry.latest.find(ships, 'flag', 'a')).toEqual([]);
      });

      it('orders by what the index says, then by id, bytewise', async () => {
        const named = (id: string, name: string) => ship(id, { name, fleet: `f${id}` });
        const order = ['A', 'Z', 'a', 'ä', '\uffee', '😀'];
        await registry.write(about, async (tx) => {
          for (const [at, name] of [...order].reverse().entries()) await tx.put(ships, { ...named(String(at), name), fleet: 'x' });
          await tx.put(ships, ship('0x', { name: 'a2', fleet: 'x' }));
        });
        const found = await registry.latest.find(ships, 'byName', 'x');
        expect(found.map((one) => one.name)).toEqual(['A', 'Z', 'a', 'a2', 'ä', '\uffee', '😀']);
      });

      it('moves a record in the order when it is renamed', async () => {
        await launch(ship('1', { name: 'b' }), ship('2', { name: 'c' }), ship('3', { name: 'd' }));
        await launch(ship('1', { name: 'z' }));
        expect(ids(await registry.latest.find(ships, 'byName', 'north'))).toEqual(['2', '3', '1']);
        expect(ids(await registry.latest.find(ships, 'fleet', 'north'))).toEqual(['1', '2', '3']);
      });

      it('refuses an index that was not declared', async () => {
        await expect((async () => registry.latest.find(ships, 'captain' as 'fleet', 'x'))()).rejects.toThrow('captain');
      });
    });

    describe('unique indexes', () => {
      it('refuses the second record of a key and keeps nothing of that write', async () => {
        await launch(ship('1', { name: 'a' }));
        await expect(launch(ship('2', { name: 'b' }), ship('3', { name: 'a' }))).rejects.toMatchObject({
          collection: 'ships',
          index: 'name',
          key: 'north|a',
        });
        await expect(launch(ship('3', { name: 'a' }))).rejects.toBeInstanceOf(UniqueViolation);
        expect(await registry.latest.count(ships, 'all', 'all')).toBe(1);
      });

      it('takes the same record again, and a key that was given up, in one write too', async () => {
        await launch(ship('1', { name: 'a' }));
        await launch(ship('1', { name: 'a', flags: ['x'] }));
        await registry.write(about, async (tx) => {
          await tx.delete(ships, '1');
          await tx.put(ships, ship('2', { name: 'a' }));
        });
        await registry.write(about, async (tx) => {
          await tx.put(ships, ship('2', { name: 'b' }));
          await tx.put(ships, ship('3', { name: 'a' }));
        });
        const found = await registry.latest.findMany(ships, 'name', ['north|a', 'north|b']);
        expect(found.map(ids)).toEqual([['3'], ['2']]);
      });

      it('tells of a broken key before all that the work has found wrong because of it', async () => {
        await launch(ship('1', { name: 'a' }));
        const write = registry.write(about, async (tx) => {
          await tx.put(ships, ship('2', { name: 'a' }));
          if ((await tx.find(ships, 'name', 'north|a')).length !== 2) throw new Error('what happened?');
        });
        await expect(write).rejects.toBeInstanceOf(UniqueViolation);
        await launch(ship('2', { name: 'b' }));
      });

      it('lets one of many at the same time win', async () => {
        const results = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => launch(ship(String(at), { name: 'one' }))));
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
        expect(await registry.latest.count(ships, 'name', 'north|one')).toBe(1);
      });
    });

    describe('pages', () => {
      beforeEach(() =>
        registry.write(about, async (tx) => {
          for (let at = 0; at < 30; at++) {
            const id = String(at).padStart(2, '0');
            await tx.put(
              ships,
              ship(id, { name: `n${99 - at}`, fleet: at % 3 === 0 ? 'south' : 'north', flags: [`f${at % 5}`, ...(at % 2 ? ['odd'] : [])] }),
            );
          }
        }),
      );
      const page = (query: Parameters<typeof registry.latest.page<Ship, keyof (typeof ships)['indexes']>>[1]) =>
        registry.latest.page(ships, query);

      it('gives a part of one list and the number of all', async () => {
        const result = await page({ all: [{ index: 'fleet', anyOf: ['south'] }], first: 3, offset: 2 });
        expect(ids(result.records)).toEqual(['06', '09', '12']);
        expect(result.total).toBe(10);
        expect((await page({ all: [{ index: 'fleet', anyOf: ['south'] }], first: 3, offset: 10 })).records).toEqual([]);
        expect(await page({ all: [{ index: 'fleet', anyOf: ['west'] }], first: 3 })).toEqual({ records: [], total: 0 });
      });

      it('holds all terms, in the order of the first', async () => {
        const terms = [
          { index: 'byName', anyOf: ['north'] },
          { index: 'flag', anyOf: ['f1'] },
          { index: 'flag', anyOf: ['odd'] },
        ] as const;
        const result = await page({ all: terms, first: 2 });
        expect(ids(result.records)).toEqual(['11', '01']);
        expect(result.total).toBe(2);
        const [byName, ...others] = terms;
        expect(ids((await page({ all: [others[0]!, byName, others[1]!], first: 9 })).records)).toEqual(['01', '11']);
      });

      it('takes any of a term’s keys, each record once', async () => {
        const result = await page({ all: [{ index: 'flag', anyOf: ['f1', 'odd', 'f1', 'none'] }], first: 5, offset: 1 });
        expect(ids(result.records)).toEqual(['03', '05', '06', '07', '09']);
        expect(result.total).toBe(18);
        expect(
          (
            await page({
              all: [
                { index: 'flag', anyOf: [] },
                { index: 'all', anyOf: ['all'] },
              ],
              first: 5,
            })
          ).total,
        ).toBe(0);
      });

      it('asks match for what no index tells', async () => {
        const result = await page({ all: [{ index: 'fleet', anyOf: ['north'] }], match: (one) => one.id > '20', first: 2, offset: 1 });
        expect(ids(result.records)).toEqual(['23', '25']);
        expect(result.total).toBe(6);
      });

      it('goes on behind an id, whether it is still there or not', async () => {
        const south = { all: [{ index: 'fleet', anyOf: ['south'] }], first: 2 } as const;
        expect(ids((await page({ ...south, behind: '06' })).records)).toEqual(['09', '12']);
        expect(ids((await page({ ...south, behind: '07' })).records)).toEqual(['09', '12']);
        expect(await page({ ...south, behind: '27' })).toEqual({ records: [], total: 10 });
        expect(ids((await page({ ...south, behind: '07', match: (one) => one.id > '10' })).records)).toEqual(['12', '15']);
        const byName = { all: [{ index: 'byName', anyOf: ['south'] }], first: 2 } as const;
        expect(ids((await page({ ...byName, behind: '06', behindOrder: 'n93' })).records)).toEqual(['03', '00']);
        expect(ids((await page({ ...byName, behind: 'gone', behindOrder: 'n71' })).records)).toEqual(['27', '24']);
        expect(ids((await page({ ...byName, behind: '10', behindOrder: 'n90' })).records)).toEqual(['06', '03']);
        await expect(
          Promise.resolve().then(() => page({ all: [{ index: 'byName', anyOf: ['north'] }], first: 1, behind: '07' })),
        ).rejects.toThrow('order of ids');
      });

      it('shows a write its own changes', async () => {
        await registry.write(about, async (tx) => {
          await tx.delete(ships, '00');
          await tx.put(ships, ship('31', { name: 'n00', fleet: 'south', flags: ['f3'] }));
          await tx.put(ships, ship('09', { name: 'n00', fleet: 'east' }));
          const south = await tx.page(ships, { all: [{ index: 'fleet', anyOf: ['south'] }], first: 4, offset: 6 });
          expect(ids(south.records)).toEqual(['24', '27', '31']);
          expect(south.total).toBe(9);
          expect(await tx.count(ships, 'fleet', 'south')).toBe(9);
          const both = await tx.page(ships, {
            all: [
              { index: 'byName', anyOf: ['south'] },
              { index: 'flag', anyOf: ['f3'] },
            ],
            first: 9,
          });
          expect(ids(both.records)).toEqual(['31', '18', '03']);
          expect(ids(await tx.scan(ships, '27', 9))).toEqual(['28', '29', '31']);
        });
      });
    });

    describe('transactions', () => {
      it('keeps nothing of a write that throws, before or after waiting', async () => {
        await launch(ship('1', { name: 'old' }));
        for (const wait of [false, true]) {
          const work = registry.write(about, async (tx) => {
            await tx.put(ships, ship('1', { name: 'new' }));
            await tx.put(ships, ship('2'));
            if (wait) await new Promise((resolve) => setTimeout(resolve, 2));
            throw new Error('no');
          });
          await expect(work).rejects.toThrow('no');
        }
        expect(await registry.latest.find(ships, 'all', 'all')).toEqual([ship('1', { name: 'old' })]);
        expect(await registry.latest.find(ships, 'name', 'north|new')).toEqual([]);
      });

      it('answers with what the work returns', async () => {
        expect(await registry.write(about, () => 7)).toBe(7);
        expect(await registry.write(about, async () => 'eight')).toBe('eight');
        expect(await registry.read(async (tx) => (await tx.get(ships, 'none')) ?? 'nine')).toBe('nine');
      });

      it('shows changes to nobody else before they are committed', async () => {
        let written!: () => void;
        let seen!: () => void;
        const isWritten = new Promise<void>((resolve) => (written = resolve));
        const isSeen = new Promise<void>((resolve) => (seen = resolve));
        const writing = registry.write(about, async (tx) => {
          await tx.put(ships, ship('1'));
          expect(await tx.get(ships, '1')).toEqual(ship('1'));
          expect(ids(await tx.find(ships, 'fleet', 'north'))).toEqual(['1']);
          written();
          await isSeen;
        });
        await isWritten;
        expect(await registry.latest.get(ships, '1')).toBeUndefined();
        expect(await registry.read((tx) => tx.count(ships, 'all', 'all'))).toBe(0);
        seen();
        await writing;
        expect(await registry.latest.get(ships, '1')).toEqual(ship('1'));
      });

      it('shows a reader one state, whatever is committed meanwhile', async () => {
        await launch(ship('1', { name: 'a', flags: ['x'] }), ship('2', { name: 'b' }));
        const look = async (tx: Parameters<Parameters<typeof registry.read>[0]>[0]) => ({
          one: await tx.get(ships, '1'),
          all: ids(await tx.find(ships, 'byName', 'north')),
          flags: await tx.count(ships, 'flag', 'x'),
          page: (
            await tx.page(ships, {
              all: [
                { index: 'all', anyOf: ['all'] },
                { index: 'fleet', anyOf: ['north'] },
              ],
              first: 9,
            })
          ).total,
          scan: ids(await tx.scan(ships, undefined, 9)),
        });
        await registry.read(async (tx) => {
          const before = await look(tx);
          await launch(ship('1', { name: 'c' }), ship('3', { name: '0', flags: ['x'] }));
          await registry.write(about, (other) => other.delete(ships, '2'));
          await launch(ship('2', { name: 'again', fleet: 'south' }));
          expect(await look(tx)).toEqual(before);
        });
        expect(ids(await registry.latest.find(ships, 'byName', 'north'))).toEqual(['3', '1']);
      });

      it('loses no update of many writers', async () => {
        await launch(ship('1', { name: '0' }));
        const count = () =>
          registry.write(about, async (tx) => {
            const old = (await tx.get(ships, '1'))!;
            await Promise.resolve();
            await tx.put(ships, { ...old, name: String(Number(old.name) + 1) });
          });
        await Promise.all(Array.from({ length: 20 }, count));
        expect((await registry.latest.get(ships, '1'))?.name).toBe('20');
      });

      it('does not serve a transaction that is over', async () => {
        let kept: { get(from: typeof ships, id: string): unknown } | undefined;
        await registry.read((tx) => {
          kept = tx;
        });
        await expect((async () => kept?.get(ships, '1'))()).rejects.toThrow();
      });
    });

    describe('commits', () => {
      it('tells who changed what, in order, and listens to each', async () => {
        const heard: Commit[] = [];
        const end = registry.watch((commit) => heard.push(commit));
        const start = (await registry.info()).sequence;
        await launch(ship('1'), ship('2'));
        await registry.write({ by: 'Runtime 5', operation: 'sink' }, async (tx) => {
          await tx.delete(ships, '1');
          await tx.put(ships, ship('3'));
          await tx.delete(ships, '3');
        });
        end();
        await launch(ship('4'));
        const history = await registry.history(start, 2);
        expect(history).toMatchObject([
          {
            sequence: start + 1,
            about,
            changes: [
              { collection: 'ships', id: '1', kind: 'put' },
              { collection: 'ships', id: '2', kind: 'put' },
            ],
          },
          {
            sequence: start + 2,
            about: { by: 'Runtime 5', operation: 'sink' },
            changes: [{ collection: 'ships', id: '1', kind: 'delete' }],
          },
        ]);
        expect(history[0]!.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
        expect(heard).toEqual(history);
        expect((await registry.history(start + 2, 10)).map((commit) => commit.changes[0]?.id)).toEqual(['4']);
        expect(await registry.history(start + 3, 10)).toEqual([]);
      });

      it('counts no write that changes nothing, nor one that fails', async () => {
        await launch(ship('1'));
        const before = await registry.info();
        await registry.write(about, (tx) => tx.get(ships, '1'));
        await registry.write(about, (tx) => tx.delete(ships, 'none'));
        await launch(ship('9', { name: 'ship 1' })).catch(() => undefined);
        expect(await registry.info()).toEqual(before);
      });

      it('moves its sequence with each commit, if it has one', async () => {
        const before = registry.sequence;
        await launch(ship('1'));
        if (before !== undefined) expect(registry.sequence).toBe(before + 1);
      });

      it('counts the records of each collection', async () => {
        await launch(ship('1'), ship('2'));
        expect((await registry.info()).records).toEqual({ ships: 2 });
      });

      it('does not mind a listener that throws', async () => {
        registry.watch(() => {
          throw new Error('listener');
        });
        await launch(ship('1'));
        expect(await registry.latest.get(ships, '1')).toBeDefined();
      });
    });

    it('finishes what it has accepted when it is closed, and refuses what comes later', async () => {
      const accepted = Array.from({ length: 5 }, (_, at) => launch(ship(String(at))));
      const closing = registry.close();
      await expect(launch(ship('late'))).rejects.toBeInstanceOf(RegistryUnavailable);
      expect((await Promise.allSettled(accepted)).map((result) => result.status)).toEqual(Array(5).fill('fulfilled'));
      await closing;
      await expect((async () => registry.read((tx) => tx.get(ships, '1')))()).rejects.toBeInstanceOf(RegistryUnavailable);
      await registry.close();
    });
  });
}
