/** What is written about the command line is what it does. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from '@oclif/core';
import { describe, expect, test } from 'vitest';
import { EXIT, MEANINGS } from '../../src/cli/failure/exit-codes.ts';
import { KINDS } from '../../src/cli/failure/failure.ts';
import { FORMATS } from '../../src/cli/output/format.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(resolve(root, file), 'utf8');
const rows = (text: string, row: RegExp) => [...text.matchAll(row)].map(([, first = '', second = '']) => [first, second] as const);

describe('docs/cli.md', () => {
  const document = read('docs/cli.md');

  test('tells every exit code, and no other, in the words of `compass help exit-codes`', () => {
    const section = document.slice(document.indexOf('## Exit codes'), document.indexOf('## Errors'));
    const told = Object.entries(EXIT).map(([name, code]) => [String(code), MEANINGS[name as keyof typeof EXIT]]);
    expect(rows(section, /^\| (\d+) \| (.*) \|$/gm)).toEqual(told);
  });

  test('tells every error with its exit code, and no other', () => {
    const section = document.slice(document.indexOf('## Errors'));
    expect(rows(section, /^\| `(\w+)` \| (\d+) \|$/gm)).toEqual(Object.entries(KINDS).map(([code, { exit }]) => [code, String(exit)]));
  });

  test('tells every format', () => {
    for (const format of FORMATS) expect(document).toContain(`\`${format}\``);
  });
});

describe('README.md', () => {
  const document = read('README.md');
  const { commands } = JSON.parse(read('oclif.manifest.json')) as { commands: Record<string, { flags: Record<string, unknown> }> };

  test('leads to every page of docs/, and to nothing that is not there', () => {
    const linked = rows(document, /\]\((docs\/[^)#]+)\)/g).map(([path]) => path);
    const pages = readdirSync(resolve(root, 'docs')).flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : []));
    expect([...new Set(linked)].filter((path) => path.endsWith('.md')).sort()).toEqual(pages.sort());
    for (const path of linked) expect(existsSync(resolve(root, path)), path).toBe(true);
  });

  test('types commands and flags that there are', () => {
    const lines = rows(document, /^ {4}\$ compass (.*)$/gm).map(([line]) => line);
    expect(lines.length).toBeGreaterThan(8);
    for (const line of lines) {
      const words = line.split(' ');
      const id = [3, 2, 1].map((length) => words.slice(0, length).join(':')).find((name) => name in commands);
      expect(id, line).toBeDefined();
      for (const [flag] of rows(line, / --([a-z-]+)/g)) expect(Object.keys(commands[id!]!.flags), line).toContain(flag);
    }
  });
});

describe('oclif.manifest.json', () => {
  const manifest = JSON.parse(read('oclif.manifest.json')) as {
    version: string;
    commands: Record<
      string,
      {
        summary?: string;
        hidden?: boolean;
        examples?: string[];
        flags: Record<string, { env?: string; summary?: string }>;
        args: Record<string, unknown>;
      }
    >;
  };
  const files = readdirSync(resolve(root, 'commands'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const idOf = (file: string) => file.slice(0, -3).replaceAll('/', ':');

  test('has the version of package.json, and every command', () => {
    expect(manifest.version).toBe((JSON.parse(read('package.json')) as { version: string }).version);
    expect(Object.keys(manifest.commands).sort()).toEqual(files.map(idOf).sort());
  });

  test.each(files)('knows %s as it is', async (file) => {
    const { default: command } = (await import(resolve(root, 'commands', file))) as { default: typeof Command };
    const known = manifest.commands[idOf(file)];
    expect(known?.summary).toBe(command.summary);
    expect(known?.examples).toEqual(command.examples);
    expect(Object.keys(known?.args ?? {})).toEqual(Object.keys(command.args ?? {}));
    const flags = { ...command.baseFlags, ...command.flags };
    expect(Object.keys(known?.flags ?? {}).sort()).toEqual(Object.keys(flags).sort());
    for (const [name, { summary }] of Object.entries(flags)) expect(known?.flags[name]?.summary, name).toBe(summary);
  });
});

test('every topic of package.json has commands, and every topic is described', () => {
  const { oclif } = JSON.parse(read('package.json')) as { oclif: { topics: Record<string, unknown> } };
  const folders = readdirSync(resolve(root, 'commands'), { recursive: true, encoding: 'utf8', withFileTypes: false }).filter(
    (file) => !file.endsWith('.ts'),
  );
  // topics of other names for commands have no folder
  const { commands } = JSON.parse(read('oclif.manifest.json')) as { commands: Record<string, { aliases?: string[] }> };
  const aliased = Object.values(commands).flatMap(({ aliases = [] }) => aliases.map((alias) => alias.split(':').slice(0, -1).join(':')));
  const topics = new Set([...folders.map((folder) => folder.replaceAll('/', ':')), ...aliased.filter((topic) => topic !== '')]);
  expect(Object.keys(oclif.topics).sort()).toEqual([...topics].sort());
});
