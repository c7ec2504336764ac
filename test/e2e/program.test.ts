/** The program itself: how it starts, fails and talks to other programs. */
import { execFile, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { newHome } from './support/plane.ts';

const root = resolve(import.meta.dirname, '../..');
const home = newHome();
afterAll(() => home.remove());

test('--version tells the version of package.json', async () => {
  const { version } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as { version: string };
  expect(await home.compass(['--version'])).toEqual({
    exit: 0,
    stdout: expect.stringMatching(`^compass/${version} `) as string,
    stderr: '',
  });
});

test('help names all topics and reaches nothing', async () => {
  const { exit, stdout, stderr } = await home.compass(['--help']);
  expect([exit, stderr]).toEqual([0, '']);
  for (const topic of ['app', 'runtime', 'formation', 'context', 'serve', 'graphql'])
    expect(stdout).toMatch(new RegExp(`^ {2}${topic} `, 'm'));
  expect(stdout).toContain('`compass serve --local` starts a plane');
});

test('help of a command: flags with their variables, examples as they are typed', async () => {
  const { stdout } = await home.compass(['app', 'register', '--help']);
  expect(stdout).toContain('[env: COMPASS_NAME]');
  expect(stdout).toContain('$ compass app register --name shop');
});

test('`help` and `version` are words, too', async () => {
  expect((await home.compass(['help', 'app', 'list'])).stdout).toBe((await home.compass(['app', 'list', '--help'])).stdout);
  expect((await home.compass(['version'])).stdout).toMatch(/^compass\//);
  expect((await home.compass(['app', 'list', '-h'])).stdout).toContain('List the applications of the tenant.');
});

test('help of what is no command says so', async () => {
  const { exit, stderr } = await home.compass(['help', 'app', 'lst']);
  expect([exit, stderr]).toEqual([2, expect.stringContaining('There is no command `compass app lst`.')]);
});

test('an unknown command offers near ones and exits with 2', async () => {
  const { exit, stdout, stderr } = await home.compass(['app', 'lst']);
  expect([exit, stdout]).toEqual([2, '']);
  expect(stderr).toContain('`compass app list`');
});

test('an unknown command is told in JSON where that was asked for', async () => {
  const { exit, stdout } = await home.compass(['ap', 'list', '--json']);
  expect(exit).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    error: { code: 'usage', details: { suggestions: expect.arrayContaining(['compass app list']) as string[] } },
  });
});

test('colons work as blanks do', async () => {
  expect((await home.compass(['context:list', '--json'])).stdout.trim()).toBe('[]');
});

test('a question is never waited for without a terminal', async () => {
  expect((await home.compass(['app', 'register', '--url', 'http://127.0.0.1:1'])).exit).toBe(2);
});

test('a closed pipe is no failure', async () => {
  const command = `"${process.execPath}" "${resolve(root, 'bin/run.js')}" --help | head -n 1; exit "\${PIPESTATUS[0]}"`;
  const code = await new Promise((done) => execFile('bash', ['-c', command], (error) => done(error === null ? 0 : error.code)));
  expect(code).toBe(0);
});

test('SIGINT ends a command with 130', async () => {
  const child = spawn(
    process.execPath,
    [resolve(root, 'bin/run.js'), 'wait', 'plane', '--url', 'http://127.0.0.1:1', '--timeout', '30s', '--verbose'],
    {
      env: { PATH: process.env.PATH, COMPASS_HOME: home.path },
    },
  );
  await new Promise((done) => setTimeout(done, 700));
  child.kill('SIGINT');
  expect(await new Promise((done) => child.on('close', done))).toBe(130);
});

test('a filter that never ends is ended by a signal', async () => {
  const child = spawn(process.execPath, [resolve(root, 'bin/run.js'), 'context', 'list', '--jq', 'repeat(0) | empty'], {
    env: { PATH: process.env.PATH, COMPASS_HOME: home.path },
  });
  await new Promise((done) => setTimeout(done, 1500));
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  child.kill('SIGINT');
  expect(await new Promise((done) => child.on('close', (_, signal) => done(signal)))).toBe('SIGINT');
});

test('whoever leaves an operation is told that it goes on, and how to follow it', async () => {
  const plane = await home.serve(['--ephemeral'], { COMPASS_PROVIDER: 'simulated', COMPASS_SIMULATED_STAGE: '1m' });
  const child = spawn(process.execPath, [resolve(root, 'bin/run.js'), 'runtime', 'provision', '--name', 'prod'], {
    env: { PATH: process.env.PATH, COMPASS_HOME: home.path },
  });
  let said = '';
  child.stderr.on('data', (text) => {
    const isFirst = !/^\d\/\d /m.test(said);
    said += String(text);
    if (isFirst && /^\d\/\d /m.test(said)) child.kill('SIGINT');
  });
  expect(await new Promise((done) => child.on('close', done))).toBe(130);
  expect(said).toContain('The operation goes on: `compass runtime status prod`');
  await plane.stop();
});
