/** A formation as a person sees it: two receivers on the same machine, one of which fails at first. */
import { type ChildProcess, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

let home: Home;
let plane: Serving;
const running: Running[] = [];
beforeAll(async () => {
  home = newHome();
  plane = await home.serve();
});
afterAll(async () => {
  await Promise.all(running.map(({ end }) => end()));
  await plane.stop();
  home.remove();
});

interface Running {
  readonly child: ChildProcess;
  text(): string;
  until(part: string): Promise<void>;
  end(): Promise<number | null>;
}

/** A command that goes on while others run. */
function start(...argv: string[]): Running {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../../bin/run.js'), ...argv], {
    env: { PATH, HOME: home.path, COMPASS_HOME: home.path },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (text += String(chunk)));
  const closed = new Promise<number | null>((done) => child.on('close', done));
  const one: Running = {
    child,
    text: () => text,
    async until(part) {
      const deadline = Date.now() + 15_000;
      while (!text.includes(part)) {
        if (Date.now() > deadline) throw new Error(`${part} did not come: ${text}`);
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    end() {
      child.kill('SIGINT');
      return closed;
    },
  };
  running.push(one);
  return one;
}

test('what happens to a formation is watched, explained, and sent again', async () => {
  await home.json('formation-template', 'create', '--name', 'Shops', '--application-type', 'shop');
  for (const name of ['shop', 'crm']) await home.json('app', 'register', '--name', name, '--label', 'applicationType=shop');
  await home.json('formation', 'create', '--name', 'orders', '--template', 'Shops');
  const replies = join(home.path, 'replies.yaml');
  writeFileSync(replies, 'replies:\n- {status: 500, body: {error: no room}}\n- {body: {state: READY, configuration: {password: open}}}\n');
  const crm = start('webhook', 'listen', '--app', 'crm', '--reply', replies);
  const shop = start('webhook', 'listen', '--app', 'shop', '--mode', 'ASYNC_CALLBACK');
  await Promise.all([crm.until('Listening on'), shop.until('Listening on')]);
  const watch = start('formation', 'watch', 'orders');
  await watch.until('is READY');

  await home.json('formation', 'assign', 'orders', '--app', 'crm');
  await home.json('formation', 'assign', 'orders', '--app', 'shop');
  await shop.until('reported READY');
  await watch.until('crm about shop: CREATE_ERROR (no room)');
  expect((await home.compass(['formation', 'status', 'orders'])).exit).toBe(1);
  const { findings } = await home.json<{ findings: { what: string; why: string; todo: string }[] }>('formation', 'explain', 'orders');
  expect(findings).toHaveLength(1);
  expect(findings[0]!.what).toBe('crm could not be set up for shop.');
  expect(findings[0]!.why).toContain('crm said: no room.');

  const [failed] = await home.json<{ id: string }[]>('notification', 'list', '--formation', 'orders', '--failed');
  expect(findings[0]!.todo).toContain(`compass notification resend ${failed!.id}`);
  await home.json('notification', 'resend', failed!.id);
  expect((await home.compass(['formation', 'watch', 'orders', '--until', 'ready', '--timeout', '15s'])).exit).toBe(0);
  const rows = await home.json<{ id: string; kind: string; source: string; response: { status: number } }[]>('notification', 'list');
  const again = rows.find(({ kind, response }) => kind === 'notification' && response.status === 200)!;
  const shown = await home.json('notification', 'show', again.id);
  expect(JSON.stringify(shown)).toContain('***');
  expect(JSON.stringify(shown)).not.toContain('"open"');

  expect(await crm.end()).toBe(0);
  expect(await home.json('webhook', 'list', '--app', 'crm')).toEqual([]);
  expect(await watch.end()).toBe(130);
}, 60_000);

test('watch ends with 7 when the time is over', async () => {
  await home.json('app', 'register', '--name', 'silent', '--label', 'applicationType=shop');
  const silent = start('webhook', 'listen', '--app', 'silent', '--reply', replyFile('silent', 'status: 204\n'));
  await silent.until('Listening on');
  await home.json('formation', 'assign', 'orders', '--app', 'silent');
  expect((await home.compass(['formation', 'watch', 'orders', '--until', 'ready', '--timeout', '1s'])).exit).toBe(7);
  expect((await home.compass(['formation', 'explain', 'orders'])).stdout).toContain('needs configuration from');
});

test('who asks for credentials gets them from the application', async () => {
  await home.json('bundle', 'add', '--app', 'shop', '--name', 'orders-api');
  const reply = 'credentials: {auth: {credential: {basic: {username: me, password: open}}}}\n';
  // The webhooks of the other stories go first: an application has one of each type.
  await Promise.all(running.splice(0).map(({ end }) => end()));
  const shop = start('webhook', 'listen', '--app', 'shop', '--reply', replyFile('credentials', reply));
  await shop.until('Listening on');
  const asked = await home.json<{ id: string; status: { condition: string } }>(
    'bundle',
    'auth',
    'request',
    'orders-api',
    '--app',
    'shop',
    '--parameters',
    '{"plan":"gold"}',
    '--wait',
    '--timeout',
    '15s',
  );
  expect(asked.status.condition).toBe('SUCCEEDED');
  await shop.until(`credentials ${asked.id}: SUCCEEDED`);
  expect(shop.text()).toContain('"plan": "gold"');
  expect(await shop.end()).toBe(0);
  // Ctrl-C ends the waiting; the request stays
  const waiting = start('bundle', 'auth', 'request', 'orders-api', '--app', 'shop', '--wait');
  await waiting.until('waiting for the application');
  expect(await waiting.end()).toBe(130);
  const left = await home.json<{ status: { condition: string } }[]>('bundle', 'auth', 'list', 'orders-api', '--app', 'shop');
  expect(left.map(({ status }) => status.condition).sort()).toEqual(['PENDING', 'SUCCEEDED']);
});

function replyFile(name: string, content: string): string {
  const path = join(home.path, `${name}.yaml`);
  writeFileSync(path, content);
  return path;
}
