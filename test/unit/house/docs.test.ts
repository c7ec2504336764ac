/** What the documents for maintainers name is there. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test('every path that the architecture names leads somewhere', () => {
  const paths = [...read('docs/architecture.md').matchAll(/`((?:src|test|docs|bench|scripts|commands)\/[\w./-]*)`/g)].map(
    ([, path]) => path!,
  );
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, `${path}.ts`)))).toEqual([]);
});

test('every dependency has its reason, and none is explained that is not there', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const [table = '', development = ''] = read('docs/dependencies.md').split('Development:');
  const rows = [...table.matchAll(/^\| (\S+) \|/gm)].map(([, name]) => name!).filter((name) => name !== 'package' && name !== '---');
  expect(rows.toSorted()).toEqual(Object.keys(dependencies!).toSorted());
  const named = [...development.split('Overrides')[0]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  expect(named.toSorted()).toEqual(Object.keys(devDependencies!).toSorted());
});
