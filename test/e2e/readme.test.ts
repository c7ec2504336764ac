/** What README.md shows, typed as it stands there, one line after the other. */
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const typed = [...readme.matchAll(/^ {4}\$ (compass .*)$/gm)].map(([, line]) => line!).filter((line) => !line.startsWith('compass serve'));
const inline = [...readme.matchAll(/`(compass app list --jq [^`]*)`/g)].map(([, line]) => line!);

let home: Home;
let plane: Serving;
beforeAll(async () => {
  home = newHome();
  plane = await home.serve();
  const bin = join(home.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'compass'), `#!/bin/sh\nexec ${process.execPath} ${join(root, 'bin/run.js')} "$@"\n`);
  chmodSync(join(bin, 'compass'), 0o755);
});
afterAll(async () => {
  await plane.stop();
  home.remove();
});

const shell = (script: string) =>
  new Promise<string>((done, failed) => {
    const env = { COMPASS_HOME: home.path, PATH: `${join(home.path, 'bin')}:${process.env.PATH}` };
    execFile('bash', ['-euc', script], { env }, (error, stdout, stderr) =>
      error ? failed(new Error(`${error.message}\n${stderr}`)) : done(stdout),
    );
  });

test('two minutes: every line works, and the runtime sees the application at the end', async () => {
  expect(typed.length).toBeGreaterThan(9);
  const stdout = await shell(typed.join('\n'));
  expect(stdout).toContain('summer\tREADY\n');
  expect(stdout).toMatch(/^mp-shop\t/m);
  expect(stdout.endsWith('shop\n')).toBe(true);
  expect(inline).toHaveLength(1);
  expect(await shell(inline[0]!)).toMatch(/^[0-9a-f-]{36}\n$/);
}, 60_000);

test('what serve prints has the fields that are shown', async () => {
  const shown = readme.slice(readme.indexOf('$ compass serve --local'), readme.indexOf('In another one'));
  const fields = [...shown.matchAll(/^ {4}([A-Z][\w ]*): /gm)].map(([, field]) => field);
  const { stdout } = plane.output();
  expect(fields).toEqual(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0]),
  );
});
