/** A disk that is full, slow to take, or fails to sync. */
import { mkdir, open, readdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { RegistryUnavailable } from '../../src/registry/contract.ts';
import type { JournalFile } from '../../src/registry/file/journal.ts';
import type { Notice } from '../../src/registry/file/errors.ts';
import { newFolder, openIn } from '../contract/registry/folder.ts';
import { about, ids, ship, ships } from '../contract/registry/records.ts';

type Opened = Awaited<ReturnType<typeof openIn>>;
const put = (registry: Opened, id: string) => registry.write(about, (tx) => tx.put(ships, ship(id)));

/** Opens the true file with some of its functions replaced. */
const fileWith =
  (change: (file: JournalFile) => Partial<JournalFile>) =>
  async (path: string): Promise<JournalFile> => {
    const handle = await open(path, 'a', 0o600);
    const plain: JournalFile = {
      write: handle.write.bind(handle) as JournalFile['write'],
      datasync: () => handle.datasync(),
      close: () => handle.close(),
    };
    return { ...plain, ...change(plain) };
  };

it('a full disk refuses this write and all later ones; reads go on with what is stored', async () => {
  const folder = await newFolder();
  const before = await openIn(folder);
  await put(before, '1');
  await before.close();
  const registry = await openIn(folder, { openFile: () => open('/dev/full', 'a') });
  const { sequence } = registry;
  const results = await Promise.allSettled([put(registry, '2'), put(registry, '3')]);
  for (const result of results)
    expect(result).toMatchObject({
      status: 'rejected',
      reason: expect.objectContaining({ message: expect.stringContaining('ENOSPC') as string }) as Error,
    });
  await expect(put(registry, '4')).rejects.toBeInstanceOf(RegistryUnavailable);
  expect(ids(await registry.latest.find(ships, 'all', 'all'))).toEqual(['1']);
  expect(await registry.read((tx) => tx.count(ships, 'fleet', 'north'))).toBe(1);
  expect(registry.sequence, 'answers kept by the number of the lost writes are not served again').toBeGreaterThan(sequence + 1);
  expect(await registry.history(1, 9)).toEqual([]);
  await registry.close();
  const again = await openIn(folder);
  expect(ids(await again.latest.find(ships, 'all', 'all'))).toEqual(['1']);
  await put(again, '2');
  await again.close();
});

it('a sync that fails once makes the journal suspect for good, and tells listeners nothing', async () => {
  let syncs = 0;
  const registry = await openIn(await newFolder(), {
    openFile: fileWith((file) => ({ datasync: () => (++syncs === 2 ? Promise.reject(new Error('EIO: i/o error')) : file.datasync()) })),
  });
  const heard: string[] = [];
  registry.watch((commit) => heard.push(commit.changes[0]!.id));
  await put(registry, '1');
  const reader = registry.read(async (tx) => {
    await expect(put(registry, '2')).rejects.toThrow(/EIO/);
    return ids(await tx.find(ships, 'all', 'all'));
  });
  expect(await reader).toEqual(['1']);
  await expect(put(registry, '3')).rejects.toThrow(/EIO/);
  expect(heard).toEqual(['1']);
  expect(syncs).toBe(2);
  await registry.close();
});

it('a reader that saw a write which then failed keeps its view', async () => {
  let fail: ((error: Error) => void) | undefined;
  const registry = await openIn(await newFolder(), {
    openFile: fileWith(() => ({ datasync: () => new Promise((_, reject) => (fail = reject)) })),
  });
  const writing = put(registry, '1');
  await registry.read(async (tx) => {
    expect(await tx.count(ships, 'all', 'all')).toBe(1);
    await vi.waitFor(() => expect(fail).toBeDefined());
    fail?.(new Error('EIO'));
    await expect(writing).rejects.toThrow('EIO');
    expect(await tx.count(ships, 'all', 'all')).toBe(1);
    expect(await registry.latest.count(ships, 'all', 'all')).toBe(0);
  });
  await registry.close();
});

it('a disk that takes a few bytes at a time gets all of them', async () => {
  const folder = await newFolder();
  const few = fileWith((file) => ({
    write: ((bytes: Buffer, from: number, length: number) =>
      file.write(bytes, from, Math.min(length, 7))) as unknown as JournalFile['write'],
  }));
  const registry = await openIn(folder, { openFile: few });
  await Promise.all(['1', '2', '3'].map((id) => put(registry, id)));
  await registry.abandon();
  const again = await openIn(folder);
  expect(await again.latest.count(ships, 'all', 'all')).toBe(3);
  await again.close();
});

it('concurrent writes share a sync', async () => {
  let syncs = 0;
  const registry = await openIn(await newFolder(), {
    openFile: fileWith((file) => ({
      datasync: () => {
        syncs++;
        return file.datasync();
      },
    })),
  });
  await Promise.all(Array.from({ length: 64 }, (_, at) => put(registry, String(at))));
  expect(syncs).toBeLessThanOrEqual(2);
  await registry.close();
});

it('a fold that fails is told, loses nothing, and is tried again', async () => {
  const folder = await newFolder();
  const notices: Notice[] = [];
  const registry = await openIn(folder, { foldBytes: 1, report: (notice) => notices.push(notice) });
  await mkdir(join(folder, 'registry.json', 'in the way'), { recursive: true });
  await put(registry, '1');
  await expect(registry.fold()).rejects.toThrow();
  await put(registry, '2');
  await rmdir(join(folder, 'registry.json', 'in the way'));
  await rmdir(join(folder, 'registry.json'));
  await put(registry, '3');
  await registry.close();
  expect(notices.map((notice) => notice.kind)).toContain('fold-failed');
  const again = await openIn(folder);
  expect(ids(await again.latest.find(ships, 'all', 'all'))).toEqual(['1', '2', '3']);
  await again.close();
  expect((await readdir(folder)).filter((name) => name.includes('tmp'))).toEqual([]);
});
