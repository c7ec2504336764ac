/** A plane for the length of one program. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newHome } from './support/plane.ts';

const program = resolve(import.meta.dirname, '../../bin/run.js');
const home = newHome();
afterAll(() => home.remove());

test('the program finds the plane, its exit code is passed on, and nothing is left', async () => {
  const script = [
    `"${process.execPath}" "${program}" app register --name shop --output name >&2`,
    `"${process.execPath}" "${program}" app list --json`,
    'echo "$COMPASS_HOME $COMPASS_URL $COMPASS_CA_FILE" >&2',
    'exit 9',
  ].join('\n');
  const { exit, stdout, stderr } = await home.compass(['exec', '--', 'sh', '-c', script], {
    env: { COMPASS_CONTEXT: 'another', COMPASS_DATA_DIR: '/nowhere' },
  });
  expect([exit, JSON.parse(stdout)]).toEqual([9, [expect.objectContaining({ name: 'shop' })]]);
  const [folder, url, authority] = stderr.trim().split('\n').at(-1)!.split(' ') as [string, string, string];
  expect([existsSync(folder), existsSync(dirname(authority))]).toEqual([false, false]);
  await expect(fetch(url)).rejects.toThrow();
});

test('SIGTERM goes to the program, and the plane ends with it', async () => {
  const child = spawn(process.execPath, [program, 'exec', '--', 'sh', '-c', 'echo "$COMPASS_URL"; exec sleep 30'], {
    env: { PATH: process.env.PATH, COMPASS_HOME: home.path },
  });
  const url = await new Promise<string>((told) => child.stdout.once('data', (text) => told(String(text).trim())));
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await new Promise((done) => child.once('close', done))).toBe(143);
  await expect(fetch(url)).rejects.toThrow();
});

test('a plane whose exec was killed ends by itself', async () => {
  const child = spawn(process.execPath, [program, 'exec', '--', 'sh', '-c', 'echo "$COMPASS_URL $COMPASS_HOME"; exec sleep 3'], {
    env: { PATH: process.env.PATH, COMPASS_HOME: home.path },
  });
  const told = await new Promise<string>((tell) => child.stdout.once('data', (text) => tell(String(text).trim())));
  const [url, folder] = told.split(' ') as [string, string];
  child.kill('SIGKILL');
  await expect
    .poll(
      () =>
        fetch(`${url}/healthz`).then(
          () => 'there',
          () => 'gone',
        ),
      { timeout: 5_000 },
    )
    .toBe('gone');
  expect(existsSync(folder)).toBe(false);
});

test('a program behind no dashes, one that is not there, and a plane that does not start are told', async () => {
  expect(await home.compass(['exec', 'true'])).toMatchObject({ exit: 2, stderr: expect.stringContaining('exec -- npm test') as string });
  expect(await home.compass(['exec', '--', 'no-such-program'])).toMatchObject({
    exit: 2,
    stderr: expect.stringContaining('no-such-program') as string,
  });
  expect(await home.compass(['exec', '--', 'true'], { env: { COMPASS_STAGE_TIMEOUT: 'soon' } })).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('"soon" is no duration') as string,
  });
});
