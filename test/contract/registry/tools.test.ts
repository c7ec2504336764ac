import { appendFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openRegistry } from '../../../src/registry/open.ts';
import { openMemoryRegistry } from '../../../src/registry/memory/registry.ts';
import {
  backupRegistry,
  checkFolder,
  compactFolder,
  copyRegistry,
  exportRegistry,
  importRegistry,
  inventoryOf,
  restoreRegistry,
} from '../../../src/registry/tools.ts';
import { RegistryLocked } from '../../../src/registry/file/errors.ts';
import { newFolder, openIn } from './folder.ts';
import { about, ports, ship, ships } from './records.ts';

const options = { collections: [ships, ports] };
const secret = { password: 'p' };

let folder: string;
let registry: Awaited<ReturnType<typeof openIn>>;
beforeEach(async () => {
  folder = await newFolder();
  registry = await openIn(folder);
  await registry.write(about, (tx) => {
    for (let at = 0; at < 1200; at++) void tx.put(ships, ship(String(at), { secret }));
    void tx.put(ports, { id: 'p', city: 'Kiel' });
  });
  return () => registry.close();
});

describe('inventory', () => {
  it('is the same on every backend and after a restart, and tells any difference', async () => {
    const seen: number[] = [];
    const inventory = await inventoryOf(registry, { ...options, progress: ({ records, of }) => seen.push(records, of) });
    expect(inventory).toMatchObject({ ships: { records: 1200 }, ports: { records: 1 } });
    expect(seen.slice(-2)).toEqual([1200, 1200]);
    await registry.close();
    registry = await openIn(folder);
    expect(await inventoryOf(registry, options)).toEqual(inventory);
    await registry.write(about, (tx) => tx.put(ships, { secret, fleet: 'north', name: 'ship 7', id: '7' }));
    expect(await inventoryOf(registry, options)).toEqual(inventory);
    await registry.write(about, (tx) => tx.put(ships, ship('7')));
    const changed = await inventoryOf(registry, options);
    expect(changed['ships']).not.toEqual(inventory['ships']);
    expect(changed['ports']).toEqual(inventory['ports']);
  });

  it('does not pass over what the program does not know', async () => {
    await expect(inventoryOf(registry, { collections: [ports] })).rejects.toThrow(/ships/);
  });
});

describe('copy', () => {
  it('brings all from one registry into another, and back', async () => {
    const memory = openMemoryRegistry();
    const inventory = await inventoryOf(registry, options);
    expect(await copyRegistry(registry, memory, options)).toEqual(inventory);
    await registry.write(about, (tx) => tx.delete(ships, '5'));
    await expect(copyRegistry(memory, registry, options)).rejects.toThrow(/not empty/);
    expect(await copyRegistry(memory, registry, { ...options, existing: 'replace' })).toEqual(inventory);
  });

  it('merges where it is told to', async () => {
    const memory = openMemoryRegistry({ collections: options.collections });
    await memory.write(about, (tx) => tx.put(ships, ship('own')));
    expect(await copyRegistry(registry, memory, { ...options, existing: 'merge' })).toMatchObject({ ships: { records: 1201 } });
  });
});

describe('export and import', () => {
  it('bring all through one file that others cannot read', async () => {
    const file = join(folder, 'export.json');
    const inventory = await exportRegistry(registry, file, { ...options, secrets: 'plain' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const memory = openMemoryRegistry();
    expect(await importRegistry(file, memory, options)).toEqual(inventory);
    expect(await memory.latest.get(ships, '7')).toEqual(ship('7', { secret }));
    await expect(importRegistry(file, memory, options)).rejects.toThrow(/not empty/);
    await expect(importRegistry(join(folder, 'none'), memory, options)).rejects.toThrow(/not there/);
  });

  it('refuse what only another registry’s key opens', async () => {
    await registry.close();
    await expect(importRegistry(join(folder, 'registry.json'), openMemoryRegistry(), options)).rejects.toThrow(/secret of ships is sealed/);
  });

  it('leave secrets out where they are to be shown', async () => {
    const file = join(folder, 'export.json');
    await exportRegistry(registry, file, { ...options, secrets: 'omit' });
    expect(await readFile(file, 'utf8')).not.toContain('secret');
  });
});

describe('backup and restore', () => {
  it('give the same state with its history, taken while writes go on', async () => {
    const inventory = await inventoryOf(registry, options);
    const backup = join(await newFolder(), 'backup');
    const running = registry.write(about, (tx) => tx.get(ships, '1'));
    expect(await backupRegistry(registry, backup, options)).toEqual(inventory);
    await running;
    await registry.write(about, (tx) => tx.delete(ships, '5'));
    await expect(restoreRegistry(backup, folder, { ...options, replace: true })).rejects.toBeInstanceOf(RegistryLocked);
    await registry.close();
    await expect(restoreRegistry(backup, folder, options)).rejects.toThrow(/not empty/);
    expect(await restoreRegistry(backup, folder, { ...options, replace: true })).toEqual(inventory);
    expect((await readdir(folder)).filter((name) => name.startsWith('before-restore-'))).toHaveLength(1);
    registry = await openIn(folder);
    expect((await registry.history(0, 9)).map((commit) => commit.sequence)).toEqual([1]);
    expect(await registry.latest.get(ships, '7')).toEqual(ship('7', { secret }));
  });

  it('refuse a damaged backup before anything is touched', async () => {
    const backup = await newFolder();
    await backupRegistry(registry, backup, options);
    await truncate(join(backup, 'registry.json'), 500);
    await expect(restoreRegistry(backup, join(folder, 'new'), options)).rejects.toThrow(/registry\.json, line \d+/);
    await expect(readdir(join(folder, 'new'))).rejects.toThrow();
    const other = await newFolder();
    await writeFile(join(other, 'file'), '');
    await expect(backupRegistry(registry, other, options)).rejects.toThrow(/not empty/);
  });
});

describe('check', () => {
  it('finds nothing wrong with a registry that is sound, and tells what it holds', async () => {
    await expect(checkFolder(folder, options)).rejects.toBeInstanceOf(RegistryLocked);
    await registry.abandon();
    expect(await checkFolder(folder, options)).toMatchObject({ findings: [], sequence: 1, inventory: { ships: { records: 1200 } } });
  });

  it('tells where something is wrong, and leaves it as it is', async () => {
    await registry.abandon();
    const journal = join(
      folder,
      (await readdir(folder)).find((name) => name.startsWith('journal-'))!,
    );
    await appendFile(journal, '{"sequence":2,');
    const torn = await readFile(journal);
    expect((await checkFolder(folder, options)).findings).toMatchObject([{ level: 'warning', place: { file: journal, line: 2 } }]);
    await appendFile(journal, '\n');
    expect((await checkFolder(folder, options)).findings).toMatchObject([
      { level: 'error', place: { file: journal, line: 2, byte: torn.length - 14 } },
    ]);
    await truncate(journal, torn.length - 14);
  });

  it('finds records that break a unique index', async () => {
    await registry.close();
    const file = join(folder, 'registry.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"ship 8"', '"ship 7"'));
    expect((await checkFolder(folder, options)).findings).toMatchObject([
      { level: 'warning' },
      { level: 'error', message: 'ships: several records have the name north|ship 7' },
    ]);
  });

  it('says that there is nothing where nothing is', async () => {
    expect((await checkFolder(join(folder, 'none'), options)).findings).toMatchObject([
      { level: 'error', message: expect.stringContaining('no registry') as string },
    ]);
  });
});

it('compacts what nobody has open', async () => {
  await registry.abandon();
  const { inventory } = await compactFolder(folder, options);
  expect(inventory).toMatchObject({ ships: { records: 1200 } });
  expect((await readdir(folder)).filter((name) => name.startsWith('journal-'))).toEqual([]);
});

it('opens what a place names', async () => {
  const memory = await openRegistry('memory', options);
  expect((await memory.info()).backend).toBe('memory');
  const dir = join(folder, 'other');
  await mkdir(dir);
  const file = await openRegistry({ dir }, options);
  expect(await file.info()).toMatchObject({ backend: 'file', place: dir });
  await file.close();
  const nowhere = openRegistry('postgres://user:sesame@127.0.0.1:1/db', { ...options, keyFile: join(folder, 'key') });
  await expect(nowhere).rejects.toThrow('postgres://user@127.0.0.1:1/db cannot be used now');
});
