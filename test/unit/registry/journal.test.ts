import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Journal } from '../../../src/registry/file/journal.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compass-journal-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const WRITERS = 16;
const LINES = 20;

it('lets writers who came in two halves share a flush, not wait for each other’s', async () => {
  let syncs = 0;
  const slow = async (file: string) => {
    const handle = await open(file, 'a');
    const datasync = () => (syncs++, sleep(5));
    return { write: handle.write.bind(handle) as typeof handle.write, datasync, close: () => handle.close() };
  };
  const journal = new Journal(join(folder, 'journal'), 0, { durability: 'safe', openFile: slow });
  const write = async () => {
    for (let line = 0; line < LINES; line++) {
      await journal.append('a line\n');
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    }
  };
  const early = Array.from({ length: WRITERS / 2 }, write);
  await expect.poll(() => syncs, { interval: 1 }).toBe(1);
  await Promise.all([...early, ...Array.from({ length: WRITERS / 2 }, write)]);
  await journal.close();
  expect((WRITERS * LINES) / syncs).toBeGreaterThan(WRITERS * 0.75);
});
