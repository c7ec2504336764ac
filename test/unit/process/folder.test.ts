import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder, UnusableFolder } from '../../../src/process/folder.ts';

const base = mkdtempSync(join(tmpdir(), 'compass-folder-'));
afterAll(() => rmSync(base, { recursive: true }));

test('makes what is missing, for the owner alone, and leaves what is there', () => {
  const folder = join(base, 'a/b');
  makeFolder(folder);
  makeFolder(folder);
  expect([statSync(folder).mode & 0o777, statSync(join(base, 'a')).mode & 0o777]).toEqual([0o700, 0o700]);
});

test('a file, what is below one, and a file system without folders are refused, not waited for', () => {
  const file = join(base, 'file');
  writeFileSync(file, '');
  const places = process.platform === 'linux' ? [file, join(file, 'x'), '/proc/x', '/proc/x/y'] : [file, join(file, 'x')];
  for (const place of places) expect(() => makeFolder(place), place).toThrow(UnusableFolder);
});
