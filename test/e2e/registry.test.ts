/** A plane's registry, moved, saved and looked after from the command line. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeWithPostgres, newDatabase } from '../support/postgres.ts';
import { type Home, newHome } from './support/plane.ts';

let home: Home;
beforeEach(() => {
  home = newHome();
});
afterEach(() => home.remove());

type Held = readonly { readonly collection: string; readonly records: number; readonly checksum: string }[];

/** A plane with two applications, stopped. */
async function furnish(): Promise<string> {
  const plane = await home.serve(['--data-dir', join(home.path, 'state')]);
  for (const name of ['shop', 'crm']) await home.json('app', 'register', '--name', name);
  await plane.stop();
  return join(home.path, 'state');
}

test('a folder is backed up, checked, damaged, and restored', async () => {
  const state = await furnish();
  const backup = join(home.path, 'backup');
  const held = await home.json<Held>('registry', 'backup', backup, '--data-dir', state);
  expect(held.find(({ collection }) => collection === 'applications')?.records).toBe(2);
  expect(await home.json('registry', 'check', '--data-dir', state)).toEqual(held);
  const again = await home.compass(['registry', 'backup', backup, '--data-dir', state, '--json']);
  expect([again.exit, JSON.parse(again.stdout)]).toMatchObject([5, { error: { code: 'conflict' } }]);
  expect(await home.json('registry', 'restore', backup, '--data-dir', state, '--replace', '--yes')).toEqual(held);
  const history = await home.json<{ about: { operation: string } }[]>('registry', 'history', '--data-dir', state);
  expect(history.map(({ about }) => about.operation)).toContain('registerApplication');
});

describeWithPostgres('a plane that moves', () => {
  test('to a database and back is the same, and told without its password', async () => {
    const state = await furnish();
    const { url, keyFile } = await newDatabase();
    const secret = new URL(url);
    secret.password = 'sesame';
    const env = { COMPASS_REGISTRY: secret.href, COMPASS_REGISTRY_KEY_FILE: keyFile };
    const run = async <T>(...argv: string[]): Promise<T> => {
      const { exit, stdout, stderr } = await home.compass([...argv, '--json'], { env });
      expect(stdout + stderr).not.toContain('sesame');
      expect([exit, stderr]).toEqual([0, '']);
      return JSON.parse(stdout) as T;
    };
    const held = await home.json<Held>('registry', 'check', '--data-dir', state);
    expect(await run('registry', 'copy', '--from', state, '--to', secret.href)).toEqual(held);
    const refused = await home.compass(['registry', 'copy', '--from', state, '--to', secret.href], { env });
    expect(refused).toMatchObject({ exit: 5, stderr: expect.stringContaining('is not empty') as string });

    expect(await run('registry', 'info')).toMatchObject({ backend: 'postgres', records: { applications: 2 } });
    expect(await run('registry', 'check')).toEqual(held);
    await run('registry', 'compact');
    const file = join(home.path, 'landscape.json');
    await run('registry', 'export', file);
    expect(readFileSync(file, 'utf8')).toContain('"shop"');

    const plane = await home.serve([], env);
    expect(await home.json('app', 'list')).toHaveLength(2);
    await plane.stop();

    const back = join(home.path, 'back');
    expect(await run('registry', 'backup', back)).toEqual(held);
    expect(await home.json('registry', 'check', '--data-dir', back)).toEqual(held);
    expect(await run('registry', 'restore', back, '--replace', '--yes')).toEqual(held);
    const history = await run<{ about: { operation: string } }[]>('registry', 'history');
    expect(history.map(({ about }) => about.operation)).toContain('registry copy');
  });

  test('says what is wrong where no database answers: 6', async () => {
    const env = { COMPASS_REGISTRY: 'postgres://compass:sesame@127.0.0.1:1/compass' };
    for (const argv of [
      ['registry', 'info', '--json'],
      ['serve', '--local', '--port', '0', '--json'],
    ]) {
      const { exit, stdout, stderr } = await home.compass(argv, { env });
      expect(exit).toBe(6);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'unreachable' } });
      expect(stdout + stderr).not.toContain('sesame');
    }
  });
});
