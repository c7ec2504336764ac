/** What the documents for maintainers name is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
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

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));

/** What a heading is called in links, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
    .trim()
    .replaceAll(' ', '-');
const anchorsIn = (name: string) => [...read(name).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchorOf(heading!));

test('every link between documents leads somewhere, to a heading as well', () => {
  const links = DOCUMENTS.flatMap((name) =>
    [...read(name).matchAll(/\]\((?!\w+:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(([link, path, anchor]) => ({
      link: `${name}: ${link}`,
      file: path === '' ? name : join(dirname(name), path!),
      anchor,
    })),
  );
  expect(links.length).toBeGreaterThan(30);
  const leadsNowhere = ({ file, anchor }: (typeof links)[number]) =>
    !existsSync(join(root, file)) || (anchor !== undefined && !anchorsIn(file).includes(anchor));
  expect(links.filter(leadsNowhere).map(({ link }) => link)).toEqual([]);
});

test('every dependency has its reason, and none is explained that is not there', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
  const [table = '', development = ''] = read('docs/dependencies.md').split('Development:');
  const rows = [...table.matchAll(/^\| (\S+) \|/gm)].map(([, name]) => name!).filter((name) => name !== 'package' && name !== '---');
  expect(rows.toSorted()).toEqual(Object.keys(dependencies!).toSorted());
  const named = [...development.split('Overrides')[0]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
  expect(named.toSorted()).toEqual(Object.keys(devDependencies!).toSorted());
});
