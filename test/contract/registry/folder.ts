import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type FileOptions, openFileRegistry } from '../../../src/registry/file/registry.ts';
import { ports, ships } from './records.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

/** An empty folder that goes when the tests of the file have run. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'compass-registry-'));
  folders.push(folder);
  return folder;
}

export const openIn = (dir: string, more: Partial<FileOptions> = {}) => openFileRegistry({ dir, collections: [ships, ports], ...more });
