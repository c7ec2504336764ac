/** What the file backend keeps in its folder, and how it comes back. */
import { chmod, copyFile, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RegistryDamaged, RegistryLocked, RegistryTooNew, type Notice } from '../../../src/registry/file/errors.ts';
import { readHistory } from '../../../src/registry/file/history.ts';
import { openFileRegistry } from '../../../src/registry/file/registry.ts';
import { newFolder, openIn } from './folder.ts';
import { about, ids, ship, ships } from './records.ts';

const launch = (registry: Awaited<ReturnType<typeof openIn>>, ...all: ReturnType<typeof ship>[]) =>
  registry.write(about, (tx) => {
    for (const one of all) void tx.put(ships, one);
  });

const journals = async (folder: string) => (await readdir(folder)).filter((name) => name.startsWith('journal-'));
const folded = async (folder: string) =>
  JSON.parse(await readFile(join(folder, 'registry.json'), 'utf8')) as {
    format: number;
    sequence: number;
    collections: Record<string, { id: string; secret?: unknown }[]>;
  };

describe('files', () => {
  it('are for their owner alone', async () => {
    const parent = await newFolder();
    const folder = join(parent, 'a', 'b');
    const registry = await openIn(folder);
    await launch(registry, ship('1'));
    await registry.fold();
    await launch(registry, ship('2'));
    const modes = await Promise.all(
      (await readdir(folder)).map(async (name) => [name.replace(/\d{12}/, 'N'), (await stat(join(folder, name))).mode & 0o777]),
    );
    expect(Object.fromEntries(modes)).toEqual({
      'history.jsonl': 0o600,
      'journal-N.jsonl': 0o600,
      'lock.1': 0o600,
      'registry.json': 0o600,
      'registry.key': 0o600,
    });
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    await registry.close();
  });

  it('fold into one that people can read, by name and id, with no journal left', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder);
    await launch(registry, ship('2'), ship('1'));
    await registry.close();
    expect(await folded(folder)).toMatchObject({ format: 1, sequence: 1, collections: { ships: [ship('1'), ship('2')] } });
    expect(await readFile(join(folder, 'registry.json'), 'utf8')).toMatch(
      /^\{\n {2}"format": 1,\n {2}"sequence": 1,\n {2}"collections": \{\n {4}"ships": \[\n {6}\{\n {8}"id": "1",\n/,
    );
    expect(await journals(folder)).toEqual([]);
  });

  it('are not written again when nothing has changed', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder);
    await launch(registry, ship('1'));
    await registry.close();
    const before = await stat(join(folder, 'registry.json'));
    await (await openIn(folder)).close();
    expect((await stat(join(folder, 'registry.json'))).mtimeMs).toBe(before.mtimeMs);
    expect((await stat(join(folder, 'registry.json'))).ino).toBe(before.ino);
  });

  it('give the same state whichever crash comes while folding', async () => {
    const folder = await newFolder();
    let registry = await openIn(folder);
    await launch(registry, ship('1'));
    await launch(registry, ship('2'));
    const [journal] = await journals(folder);
    await copyFile(join(folder, journal!), join(folder, 'kept'));
    await registry.fold();
    await launch(registry, ship('1', { name: 'renamed' }));
    await registry.abandon();
    // registry.json is there, and the journal was not put away yet.
    await rename(join(folder, 'kept'), join(folder, journal!));
    registry = await openIn(folder);
    expect(await registry.latest.find(ships, 'all', 'all')).toEqual([ship('1', { name: 'renamed' }), ship('2')]);
    await registry.abandon();
    // registry.json was not replaced yet, and two journals are there.
    const lines = (await readFile(join(folder, 'history.jsonl'), 'utf8')).split('\n');
    await writeFile(join(folder, journal!), `${lines.slice(0, 2).join('\n')}\n`);
    await rm(join(folder, 'registry.json'));
    await writeFile(join(folder, 'registry.json.0123456789ab.tmp'), '{"half');
    registry = await openIn(folder);
    expect(await registry.latest.find(ships, 'all', 'all')).toEqual([ship('1', { name: 'renamed' }), ship('2')]);
    expect(registry.sequence).toBe(3);
    expect((await registry.history(0, 9)).map((commit) => commit.sequence)).toEqual([1, 2, 3]);
    await registry.close();
    expect((await readdir(folder)).filter((name) => name.endsWith('.tmp') || name.startsWith('journal'))).toEqual([]);
  });

  it('hold edits by hand, which are told and taken', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder);
    await launch(registry, ship('1', { name: 'Anna' }), ship('2'));
    await registry.close();
    const file = join(folder, 'registry.json');
    const text = await readFile(file, 'utf8');
    for (const edited of [text.replace('Anna', 'Beta'), JSON.stringify(JSON.parse(text.replace('Anna', 'Beta')))]) {
      await writeFile(file, edited);
      const notices: Notice[] = [];
      const again = await openIn(folder, { report: (notice) => notices.push(notice) });
      expect(notices).toMatchObject([{ kind: 'edited', message: expect.stringContaining('ships') as string }]);
      expect(ids(await again.latest.find(ships, 'name', 'north|Beta'))).toEqual(['1']);
      await again.close();
      const silent = await openIn(folder, { report: (notice) => expect.unreachable(notice.message) });
      await silent.close();
    }
  });

  it('go on counting when an older registry.json was put back', async () => {
    const folder = await newFolder();
    let registry = await openIn(folder);
    await launch(registry, ship('1'));
    await registry.close();
    await copyFile(join(folder, 'registry.json'), join(folder, 'old'));
    registry = await openIn(folder);
    await launch(registry, ship('2'));
    await registry.close();
    await copyFile(join(folder, 'old'), join(folder, 'registry.json'));
    registry = await openIn(folder);
    expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual(['1']);
    await launch(registry, ship('3'));
    expect(registry.sequence).toBe(3);
    await registry.abandon();
    registry = await openIn(folder);
    expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual(['1', '3']);
    await registry.close();
  });
});

describe('history', () => {
  it('goes on through folds and restarts', async () => {
    const folder = await newFolder();
    for (let run = 0; run < 3; run++) {
      const registry = await openIn(folder, { foldBytes: run === 1 ? 1 : 1 << 20 });
      for (let at = 0; at < 3; at++) await launch(registry, ship(`${run}${at}`));
      await (run === 2 ? registry.abandon() : registry.close());
    }
    const registry = await openIn(folder);
    const all = await registry.history(0, 100);
    expect(all.map((commit) => commit.sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(all[4]).toMatchObject({ about, changes: [{ collection: 'ships', id: '11', kind: 'put' }] });
    expect((await registry.history(3, 2)).map((commit) => commit.sequence)).toEqual([4, 5]);
    await registry.close();
  });

  it('is bounded in size', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder, { historyBytes: 20_000 });
    for (let round = 0; round < 20; round++) {
      await launch(registry, ship('1', { name: 'x'.repeat(3000), flags: [String(round)] }));
      await registry.fold();
    }
    const sizes = await Promise.all(['history.jsonl', 'history.1.jsonl'].map(async (name) => (await stat(join(folder, name))).size));
    expect(sizes[0]! + sizes[1]!).toBeLessThanOrEqual(20_000);
    await registry.close();
    const again = await openIn(folder, { historyBytes: 20_000 });
    expect((await again.history(0, 100)).at(-1)?.sequence).toBe(20);
    // One journal alone is longer than all that may be kept.
    for (let at = 0; at < 10; at++) await launch(again, ship('1', { name: 'y'.repeat(3000), flags: [String(at)] }));
    await again.fold();
    expect((await stat(join(folder, 'history.jsonl'))).size).toBeLessThanOrEqual(10_000);
    await expect(stat(join(folder, 'history.1.jsonl'))).rejects.toThrow();
    expect((await readHistory(folder, 0, 100, 100)).map((commit) => commit.sequence)).toEqual([28, 29, 30]);
    await again.close();
  });
});

describe('sealed fields', () => {
  const secret = { user: 'u', password: 'correct horse' };

  it('are plain nowhere on disk, and the same bytes while they do not change', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder);
    await launch(registry, ship('1', { secret }));
    const journal = await readFile(join(folder, (await journals(folder))[0]!), 'utf8');
    await registry.fold();
    const before = (await folded(folder)).collections['ships']?.[0]?.secret;
    await launch(registry, ship('1', { secret, name: 'other' }), ship('2', { secret }));
    await registry.close();
    const after = (await folded(folder)).collections['ships']!;
    expect(after[0]!.secret).toEqual(before);
    expect(after[1]!.secret).not.toEqual(before);
    const history = await readFile(join(folder, 'history.jsonl'), 'utf8');
    for (const text of [journal, history, JSON.stringify(after)]) expect(text).not.toMatch(/password|correct/);
    const again = await openIn(folder);
    expect((await again.latest.get(ships, '1'))?.secret).toEqual(secret);
    await again.close();
  });

  it('stay sealed when the program does not know the collection', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder);
    await launch(registry, ship('1', { secret }));
    await registry.close();
    const plain = await openFileRegistry({ dir: folder, collections: [] });
    await plain.write(about, (tx) => tx.put({ name: 'ships', indexes: {}, sealed: [] }, ship('2', { secret })));
    await plain.close();
    expect(await readFile(join(folder, 'registry.json'), 'utf8')).not.toMatch(/password/);
  });

  it('are told when they cannot be opened: no key, another key, another place', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder);
    await launch(registry, ship('1', { secret }), ship('2', { secret: 'x' }));
    await registry.close();
    const key = join(folder, 'registry.key');
    const file = join(folder, 'registry.json');
    const right = await readFile(key, 'utf8');
    await rm(key);
    await expect(openIn(folder)).rejects.toThrow(/ships, record 1, field secret is sealed, and registry.key is missing/);
    await expect(stat(key)).rejects.toThrow();
    await writeFile(key, `${Buffer.alloc(32, 1).toString('base64')}\n`);
    await expect(openIn(folder)).rejects.toThrow(/record 1, field secret cannot be opened/);
    await writeFile(key, 'short');
    await expect(openIn(folder)).rejects.toThrow(/registry\.key: a key of 32 bytes/);
    await writeFile(key, right);
    await chmod(key, 0o644);
    const text = await readFile(file, 'utf8');
    const [first, second] = [...text.matchAll(/"\$sealed": "([^"]+)"/g)].map((match) => match[1]!);
    await writeFile(file, text.replace(first!, 'HERE').replace(second!, first!).replace('HERE', second!));
    await expect(openIn(folder)).rejects.toBeInstanceOf(RegistryDamaged);
    await writeFile(file, text);
    await (await openIn(folder)).close();
    expect((await stat(key)).mode & 0o777).toBe(0o600);
  });
});

describe('formats', () => {
  it('newer than known are refused with their number, and untouched', async () => {
    const folder = await newFolder();
    const text = '{"format": 7, "sequence": 1, "future": {}}';
    await writeFile(join(folder, 'registry.json'), text);
    const refused = await openIn(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RegistryTooNew);
    expect(refused).toMatchObject({ format: 7, message: expect.stringContaining('format 7') as string });
    expect(await readFile(join(folder, 'registry.json'), 'utf8')).toBe(text);
  });

  it('that are older are brought forward', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, 'registry.json'), JSON.stringify({ format: 0, sequence: 4, fleet: [ship('1')] }));
    const registry = await openIn(folder, { migrations: { 0: ({ fleet, ...rest }) => ({ ...rest, collections: { ships: fleet } }) } });
    expect(await registry.latest.get(ships, '1')).toEqual(ship('1'));
    await registry.close();
    expect(await folded(folder)).toMatchObject({ format: 1, sequence: 4, collections: { ships: [ship('1')] } });
  });
});

describe('lock', () => {
  it('keeps a second one out and tells who is in', async () => {
    const folder = await newFolder();
    const registry = await openIn(folder);
    await registry.describeHolder({ port: 4711 });
    const refused = await openIn(folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RegistryLocked);
    expect(refused).toMatchObject({
      holder: { pid: process.pid, port: 4711 },
      message: expect.stringContaining(`pid ${process.pid}, port 4711`) as string,
    });
    await registry.close();
    await (await openIn(folder)).close();
  });

  it('lets one of many in, after a crash too', async () => {
    const folder = await newFolder();
    await (await openIn(folder)).close();
    const mark = JSON.parse(await readFile(join(folder, 'lock.1'), 'utf8')) as object;
    for (const stale of [
      { released: undefined, pid: 2 ** 22 + 1 },
      { released: undefined, started: '1' },
      { released: undefined, boot: 'earlier' },
    ]) {
      const last = (await readdir(folder)).find((name) => name.startsWith('lock.'))!;
      await writeFile(join(folder, last), JSON.stringify({ ...mark, ...stale }));
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => openIn(folder)));
      const winners = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      expect(winners).toHaveLength(1);
      for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RegistryLocked);
      await winners[0]!.close();
      expect((await readdir(folder)).filter((name) => name.startsWith('lock.'))).toHaveLength(1);
    }
  });
});
