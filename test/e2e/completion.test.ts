/** The script that bash is given, in bash: commands, flags, values and the names of live objects. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

const program = resolve(import.meta.dirname, '../../bin/run.js');
let home: Home;
let plane: Serving;
let script: string;

beforeAll(async () => {
  home = newHome();
  plane = await home.serve();
  const bin = join(home.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'compass'), `#!/bin/sh\nexec ${process.execPath} ${program} "$@"\n`);
  chmodSync(join(bin, 'compass'), 0o755);
  script = (await home.compass(['completion', 'bash'])).stdout;
  await home.json('app', 'register', '--name', 'shop');
  await home.json('app', 'register', '--name', "the baker's");
  await home.json('bundle', 'add', '--app', 'shop', '--name', 'basket');
  await home.json('formation', 'create', '--name', 'orders');
});
afterAll(async () => {
  await plane.stop();
  home.remove();
});

/** What bash offers where the cursor stands behind `line`. */
function offered(line: string): string[] {
  const words = line.split(' ');
  const source = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
COMP_CWORD=${words.length - 1}
_compass_complete
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', source], {
    encoding: 'utf8',
    env: { PATH: `${join(home.path, 'bin')}:${process.env.PATH}`, HOME: home.path, COMPASS_HOME: home.path },
  });
  if (stderr !== '') throw new Error(stderr);
  return stdout.split('\n').filter(Boolean);
}

test('commands', () => {
  expect(offered('compass runtime pro')).toEqual(['provision']);
  expect(offered('compass formation ')).toEqual(expect.arrayContaining(['assign', 'create', 'list']));
});

test('flags, and those that are said no to', () => {
  expect(offered('compass runtime provision --no')).toEqual(expect.arrayContaining(['--no-wait', '--no-color']));
  expect(offered('compass app list --lab')).toEqual(['--label']);
});

test('values of a flag', () => {
  expect(offered('compass runtime provision --cloud-provider a')).toEqual(['aws', 'azure']);
});

test('names of live objects, as bash needs them written', () => {
  expect(offered('compass app get ').sort()).toEqual(['shop', String.raw`the\ baker\'s`]);
  expect(offered('compass formation assign orders --app s')).toEqual(['shop']);
  expect(offered('compass formation get o')).toEqual(['orders']);
  expect(offered('compass context use l')).toEqual(['local']);
  expect(offered('compass bundle get --app shop ')).toEqual(['basket']);
  expect(offered('compass bundle get ')).toEqual([]);
  expect(offered('compass tenant get ')).toEqual(['default']);
});

test('the scripts of the other shells ask the same', async () => {
  expect((await home.compass(['completion', 'zsh'])).stdout).toContain('compass complete --');
  expect((await home.compass(['completion', 'fish'])).stdout).toContain('compass complete --');
});
