/** Several processes on one database, and what may happen to their connections. */
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { type Commit, collection, type ReadTx, RegistryUnavailable, type Stored, UniqueViolation } from '../../../src/registry/contract.ts';
import { Client } from '../../../src/registry/postgres/driver.ts';
import { MIGRATIONS } from '../../../src/registry/postgres/migrations.ts';
import { openPostgresRegistry, type PostgresOptions } from '../../../src/registry/postgres/registry.ts';
import { ask, describeWithPostgres, newDatabase, type TestDatabase } from '../../support/postgres.ts';
import { about, ids, ports, ship, ships } from './records.ts';

describeWithPostgres('several processes on one database', () => {
  const open = ({ url, keyFile }: TestDatabase, more: Partial<PostgresOptions> = {}) =>
    openPostgresRegistry({ url, keyFile, collections: [ships, ports], poolSize: 6, ...more });
  const pair = async () => {
    const database = await newDatabase();
    return { database, registries: [await open(database), await open(database)] as const };
  };

  const cutAll = ({ url }: TestDatabase) =>
    ask(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'compass' AND datname = current_database()`);
  /** Numbers of the server's processes that wait for a lock in a statement with these words. */
  const waitingFor = async ({ url }: TestDatabase, words: string) =>
    (
      await ask<{ pid: number }>(
        url,
        `SELECT pid FROM pg_stat_activity
         WHERE application_name = 'compass' AND datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%${words}%'`,
      )
    ).map(({ pid }) => pid);

  it('make the tables and the key once, however many start together', async () => {
    const database = await newDatabase();
    const registries = await Promise.all(Array.from({ length: 6 }, () => open(database, { poolSize: 2 })));
    await Promise.all(registries.map((one, at) => one.write(about, (tx) => tx.put(ships, ship(String(at), { secret: `s${at}` })))));
    for (const one of registries) {
      expect((await one.latest.get(ships, '3'))?.secret).toBe('s3');
      await one.close();
    }
    expect(await ask(database.url, 'SELECT number FROM compass.migrations')).toEqual(MIGRATIONS.map((_, at) => ({ number: at + 1 })));
  });

  it('keep a name unique, and tell the loser', async () => {
    const { registries } = await pair();
    for (let round = 0; round < 10; round++) {
      const tries = Array.from({ length: 6 }, (_, at) =>
        registries[at % 2]!.write(about, (tx) => tx.put(ships, ship(`${round}-${at}`, { name: `n${round}` }))),
      );
      const results = await Promise.allSettled(tries);
      const lost = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason as Error);
      expect(lost).toHaveLength(5);
      for (const error of lost) expect(error).toBeInstanceOf(UniqueViolation);
    }
    expect(await registries[0].latest.count(ships, 'all', 'all')).toBe(10);
    for (const one of registries) await one.close();
  });

  it('never both act on what the other is about to change', async () => {
    const { registries } = await pair();
    // Each adds a ship only while the fleet has fewer than three: a rule over records that are not there yet.
    const join = (at: number) =>
      registries[at % 2]!.write(about, async (tx) => {
        if ((await tx.count(ships, 'fleet', 'north')) < 3) await tx.put(ships, ship(String(at)));
      });
    await Promise.all(Array.from({ length: 16 }, (_, at) => join(at)));
    expect(await registries[0].latest.count(ships, 'fleet', 'north')).toBe(3);
    for (const one of registries) await one.close();
  });

  it('count a list anew as soon as any of them has written', async () => {
    const { registries } = await pair();
    const page = (at: number) => registries[at]!.latest.page(ships, { all: [{ index: 'all', anyOf: ['all'] }], first: 2 });
    registries[0].watch(() => undefined);
    for (let written = 1; written <= 6; written++) {
      await registries[written % 2]!.write(about, (tx) => tx.put(ships, ship(String(written))));
      // Twice, as what was counted is remembered.
      for (const at of [0, 1, 0, 1]) expect((await page(at)).total).toBe(written);
    }
    for (const one of registries) await one.close();
  });

  it('know how long a list is while all of them write, in views of any age', async () => {
    const database = await newDatabase();
    const registries = await Promise.all([0, 1].map(() => open(database, { longList: 1 })));
    const both = [
      { index: 'all', anyOf: ['all'] },
      { index: 'flag', anyOf: ['odd'] },
    ] as const;
    const lists = [[both[0]], [both[1]], both, [{ index: 'flag', anyOf: ['odd', 'even'] }]] as const;
    const expectExact = (tx: ReadTx) =>
      Promise.all(
        lists.map(async (all) => {
          const { total } = await tx.page(ships, { all, first: 1 });
          expect(total).toBe((await tx.page(ships, { all, first: 1, match: () => true })).total);
        }),
      );
    const end = new AbortController();
    const reader = async (at: number) => {
      while (!end.signal.aborted)
        await registries[at % 2]!.read(async (tx) => {
          await tx.get(ships, '0');
          // What is remembered may be newer than this view by now.
          await registries[at % 2]!.latest.page(ships, { all: lists[0], first: 1 });
          await expectExact(tx);
        });
    };
    const writer = async (at: number) => {
      for (let step = 0; step < 25; step++) {
        const done = registries[at % 2]!.write(about, async (tx) => {
          const id = String((at * 7 + step * 5) % 20);
          const flags = [['odd', 'even', 'none'][(at + step) % 3]!];
          if (step % 3 === 0) await tx.delete(ships, id);
          else await tx.put(ships, ship(id, { flags }));
          // Back again, elsewhere, and in another place of the same list.
          if (step % 6 === 0) await tx.put(ships, ship(id, { flags }));
          if (step % 5 === 0) await tx.put(ships, ship(id, { name: `renamed ${id}`, flags: ['odd', 'odd', 'even'] }));
          await tx.put(ships, ship(`${at}-${step}`, { name: `${at}-${step}`, flags: step % 2 ? ['odd'] : ['odd', 'even'] }));
          if (step % 4 === 1) await tx.delete(ships, `${at}-${step - 1}`);
          // Others commit, and count, while this one is open.
          if (step % 8 === 2) await sleep(30);
          if (step % 7 === 3) throw new Error('changes its mind');
        });
        await done.catch((error: Error) => expect(error.message).toBe('changes its mind'));
      }
    };
    const readers = Array.from({ length: 4 }, (_, at) => reader(at));
    await Promise.all(Array.from({ length: 4 }, (_, at) => writer(at)));
    end.abort();
    await Promise.all(readers);
    await expectExact(registries[0]!.latest);
    for (const one of registries) await one.close();
  });

  it('count a long list once, whoever writes, and each time after a program that tells nothing of what it moves', async () => {
    const database = await newDatabase();
    const registries = await Promise.all([0, 1].map(() => open(database, { longList: 3 })));
    const total = async () => (await registries[0]!.latest.page(ships, { all: [{ index: 'all', anyOf: ['all'] }], first: 1 })).total;
    const launch = (...names: string[]) =>
      registries[1]!.write(about, async (tx) => {
        for (const name of names) await tx.put(ships, ship(name));
      });
    await launch('1', '2', '3');
    expect(await total()).toBe(3);
    // An entry that nobody has taken away by a commit is still counted.
    await ask(database.url, `DELETE FROM compass.entries WHERE index_name = 'all' AND id = '1'`);
    await launch('4', '5');
    await registries[0]!.write(about, (tx) => tx.delete(ships, '2'));
    expect(await total()).toBe(4);
    await ask(database.url, `INSERT INTO compass.commits (time, about, changes) VALUES (now(), '{}', '[]')`);
    expect(await total()).toBe(3);
    for (const one of registries) await one.close();
  });

  it('let the writes succeed that share a transaction with one that fails', async () => {
    const { registries } = await pair();
    const [one] = registries;
    const results = await Promise.allSettled(
      Array.from({ length: 9 }, (_, at) =>
        one.write(about, async (tx) => {
          await tx.put(ships, ship(String(at)));
          if (at % 3 === 1) throw new Error('no');
          if (at % 3 === 2) await tx.put(ships, ship(`again-${at}`, { name: `ship ${at}` }));
        }),
      ),
    );
    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(Array.from({ length: 9 }, (_, at) => at % 3 === 0));
    expect(ids(await registries[1].latest.find(ships, 'all', 'all'))).toEqual(['0', '3', '6']);
    expect((await one.history(0, 20)).map(({ changes }) => changes.map(({ id }) => id))).toEqual([['0'], ['3'], ['6']]);
    for (const registry of registries) await registry.close();
  });

  it('lose no update of a record that all change', async () => {
    const { registries } = await pair();
    await registries[0].write(about, (tx) => tx.put(ships, ship('1', { name: '0' })));
    const count = (at: number) =>
      registries[at % 2]!.write(about, async (tx) => {
        const old = (await tx.get(ships, '1'))!;
        await tx.put(ships, { ...old, name: String(Number(old.name) + 1) });
      });
    await Promise.all(Array.from({ length: 40 }, (_, at) => count(at)));
    expect((await registries[1].latest.get(ships, '1'))?.name).toBe('40');
    for (const one of registries) await one.close();
  });

  it('hear of the commits of all, once, in one order without gaps', async () => {
    const { registries } = await pair();
    const heard = registries.map(() => [] as Commit[]);
    // A process hears of the others from its first own write on at the latest.
    for (const [at, one] of registries.entries()) {
      one.watch((commit) => commit.sequence > 2 && heard[at]!.push(commit));
      await one.write(about, (tx) => tx.put(ports, { id: String(at), city: 'Kiel' }));
    }
    await Promise.all(Array.from({ length: 20 }, (_, at) => registries[at % 2]!.write(about, (tx) => tx.put(ships, ship(String(at))))));
    await expect.poll(() => heard.map((list) => list.length), { timeout: 5000 }).toEqual([20, 20]);
    expect(heard[0]).toEqual(heard[1]);
    expect(heard[0]!.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, at) => at + 3));
    expect(await registries[0].history(2, 100)).toEqual(heard[0]);
    for (const one of registries) await one.close();
  });

  it('go on after their connections were cut', async () => {
    const { database, registries } = await pair();
    const [one, other] = registries;
    const heard: string[] = [];
    one.watch(({ changes }) => heard.push(...changes.map(({ id }) => id)));
    await one.write(about, (tx) => tx.put(ships, ship('1')));
    await cutAll(database);
    await one.write(about, (tx) => tx.put(ships, ship('2')));
    expect(ids(await other.latest.find(ships, 'all', 'all'))).toEqual(['1', '2']);
    const cutInside = one.write(about, async (tx) => {
      await tx.put(ships, ship('3'));
      await cutAll(database);
      await tx.put(ships, ship('4'));
    });
    await expect(cutInside).rejects.toBeInstanceOf(RegistryUnavailable);
    await other.write(about, (tx) => tx.put(ships, ship('5')));
    expect(ids(await one.latest.find(ships, 'all', 'all'))).toEqual(['1', '2', '5']);
    await expect.poll(() => heard, { timeout: 5000 }).toEqual(['1', '2', '5']);
    for (const registry of registries) await registry.close();
  });

  it('are not held up for long by one that is stopped in a write', async () => {
    const database = await newDatabase();
    const stopped = await open(database, { longestPause: 600 });
    const other = await open(database);
    let put!: () => void;
    const isPut = new Promise<void>((resolve) => (put = resolve));
    let goOn!: () => void;
    const isOver = new Promise<void>((resolve) => (goOn = resolve));
    const failing = stopped.write(about, async (tx) => {
      await tx.put(ships, ship('1', { name: 'one' }));
      // Puts are not waited for: this is answered after it.
      await tx.count(ships, 'all', 'all');
      put();
      await isOver;
      await tx.put(ships, ship('2'));
    });
    failing.catch(() => undefined);
    await isPut;
    // The same unique key: the server has it wait until it is known how the first ends.
    await other.write(about, (tx) => tx.put(ships, ship('3', { name: 'one' })));
    goOn();
    await expect(failing).rejects.toThrow(/Nothing of this was stored/);
    await stopped.write(about, (tx) => tx.put(ships, ship('4')));
    expect(ids(await other.latest.find(ships, 'all', 'all'))).toEqual(['3', '4']);
    for (const one of [stopped, other]) await one.close();
  });

  it('go on reading where nothing may be written, and write again as soon as it may', async () => {
    const database = await newDatabase();
    const registry = await open(database);
    await registry.write(about, (tx) => tx.put(ships, ship('1')));
    const allow = async (setting: string) => {
      // A server that takes over from another begins like this.
      await ask(database.url, `BEGIN READ WRITE; ALTER DATABASE ${new URL(database.url).pathname.slice(1)} ${setting}; COMMIT`);
      await cutAll(database);
    };
    await allow('SET default_transaction_read_only = on');
    const refused = registry.write(about, (tx) => tx.put(ships, ship('2')));
    await expect(refused).rejects.toBeInstanceOf(RegistryUnavailable);
    await expect(refused).rejects.toThrow(/read-only.*Nothing of this was stored/);
    expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual(['1']);
    await allow('RESET default_transaction_read_only');
    await registry.write(about, (tx) => tx.put(ships, ship('2')));
    expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual(['1', '2']);
    await registry.close();
  });

  it('start after a step of the tables was cut off, beside one that is at work', async () => {
    const database = await newDatabase();
    const older = await open(database);
    await older.write(about, (tx) => tx.put(ships, ship('1')));
    const backToStep3 =
      'DELETE FROM compass.migrations WHERE number > 3; ALTER TABLE compass.commits DROP COLUMN moved; DROP TABLE compass.life';
    await ask(database.url, backToStep3);
    // Somebody reads the table, so the step waits: and is cut off.
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    await reader.query('BEGIN; SELECT 1 FROM compass.commits');
    const starting = open(database);
    starting.catch(() => undefined);
    await expect.poll(async () => (await waitingFor(database, 'ALTER TABLE')).length).toBe(1);
    await ask(database.url, `SELECT pg_terminate_backend(${(await waitingFor(database, 'ALTER TABLE'))[0]})`);
    await expect(starting).rejects.toBeInstanceOf(RegistryUnavailable);
    expect(await ask(database.url, 'SELECT max(number) AS last FROM compass.migrations')).toEqual([{ last: 3 }]);
    await reader.query('ROLLBACK');
    await reader.end();
    const newer = await open(database);
    await newer.write(about, (tx) => tx.put(ships, ship('2')));
    expect(ids(await older.latest.find(ships, 'all', 'all'))).toEqual(['1', '2']);
    for (const one of [older, newer]) await one.close();
  });

  it('tell nobody the password', async () => {
    const url = 'postgres://compass:very-secret@127.0.0.1:1/compass?password=also-secret';
    const failure = await openPostgresRegistry({ url, keyFile: '/nowhere/key', collections: [] }).catch((error: unknown) => error as Error);
    expect(failure).toBeInstanceOf(RegistryUnavailable);
    expect((failure as Error).message).toContain('postgres://compass@127.0.0.1:1/compass');
    expect(String((failure as Error).stack) + String((failure as Error).cause)).not.toMatch(/secret/);
    const database = await newDatabase();
    const withPassword = new URL(database.url);
    withPassword.password = 'very-secret';
    const registry = await open({ ...database, url: withPassword.href });
    expect(JSON.stringify(await registry.info())).not.toMatch(/secret/);
    await registry.close();
  });

  it('keep sealed fields from whoever reads the tables, and refuse another key', async () => {
    const database = await newDatabase();
    const registry = await open(database);
    await registry.write(about, (tx) => tx.put(ships, ship('1', { secret: 'sesame' })));
    await registry.close();
    expect(JSON.stringify(await ask(database.url, 'SELECT doc FROM compass.records'))).not.toContain('sesame');
    const key = await readFile(database.keyFile);
    const elsewhere = `${database.keyFile}-2`;
    await expect(open({ ...database, keyFile: elsewhere })).rejects.toThrow(/is missing/);
    const other = await newDatabase();
    await (await open(other)).close();
    await writeFile(elsewhere, await readFile(other.keyFile));
    await expect(open({ ...database, keyFile: elsewhere })).rejects.toThrow(/is not the key/);
    await writeFile(elsewhere, key);
    const again = await open({ ...database, keyFile: elsewhere });
    expect((await again.latest.get(ships, '1'))?.secret).toBe('sesame');
    await again.close();
  });

  it('refuse tables of a newer program', async () => {
    const database = await newDatabase();
    await (await open(database)).close();
    await ask(database.url, 'INSERT INTO compass.migrations (number) VALUES (1000)');
    await expect(open(database)).rejects.toThrow(/1000/);
  });

  it('forget the oldest commits while they are at work', async () => {
    const database = await newDatabase();
    const registry = await open(database, { remembered: 10 });
    registry.watch(() => undefined);
    for (let at = 0; at < 45; at++) await registry.write(about, (tx) => tx.put(ports, { id: String(at), city: 'Kiel' }));
    await registry.close();
    const kept = await ask<{ last: string; count: number }>(
      database.url,
      'SELECT max(sequence) AS last, count(*)::int FROM compass.commits',
    );
    expect(kept[0]!.last).toBe('45');
    expect(kept[0]!.count).toBeGreaterThanOrEqual(10);
    expect(kept[0]!.count).toBeLessThanOrEqual(20);
  });

  it('fill an index that the program has got since', async () => {
    const database = await newDatabase();
    const plain = collection<Stored & { readonly city: string }>()('ports');
    const before = await open(database, { collections: [plain] });
    await before.write(about, async (tx) => {
      for (let at = 0; at < 700; at++) await tx.put(plain, { id: String(at), city: at % 2 ? 'Bremen' : 'Kiel' });
    });
    await before.close();
    const after = await open(database);
    expect(await after.latest.count(ports, 'city', 'Kiel')).toBe(350);
    expect(await after.verify([ports])).toEqual([]);
    await after.close();
  });

  it('find and mend entries that somebody has damaged', async () => {
    const database = await newDatabase();
    const registry = await open(database);
    await registry.write(about, (tx) => tx.put(ships, ship('1')));
    await ask(database.url, `DELETE FROM compass.entries WHERE index_name = 'fleet'`);
    expect(await registry.verify([ships, ports])).toEqual([expect.stringMatching(/ships, record 1: .*1 missing/)]);
    await registry.mend([ships, ports]);
    expect(await registry.verify([ships, ports])).toEqual([]);
    expect(ids(await registry.latest.find(ships, 'fleet', 'north'))).toEqual(['1']);
    await registry.close();
  });
});
