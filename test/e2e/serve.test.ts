/** `compass serve`: how a plane starts, is found, and ends. */
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Home, newHome, type Serving } from './support/plane.ts';

let home: Home;
const started: Serving[] = [];
const serve = async (...words: Parameters<Home['serve']>) => {
  const plane = await home.serve(...words);
  started.push(plane);
  return plane;
};

/** A free port, and somebody on the one after it. */
async function neighbours(): Promise<{ taken: Server; free: number }> {
  for (;;) {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const free = (taken.address() as AddressInfo).port - 1;
    const probe = createServer().listen(free, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    probe.close();
    if (isFree) return { taken, free };
    taken.close();
  }
}

beforeEach(() => {
  home = newHome();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((plane) => plane.stop()));
  home.remove();
});

test('the ready file tells everything, and is for its owner alone', async () => {
  const { ready, readyFile } = await serve();
  const loopback = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+/) as string;
  expect(ready).toEqual({
    pid: expect.any(Number) as number,
    version: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
    gateway: loopback,
    director: `${ready.gateway}/director`,
    connector: `${ready.gateway}/connector`,
    provisioner: `${ready.gateway}/provisioner`,
    mtls: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/) as string,
    tenant: '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae',
    token: expect.any(String) as string,
    caFile: expect.any(String) as string,
  });
  expect(statSync(readyFile).mode & 0o077).toBe(0);
  expect(existsSync(ready.caFile)).toBe(true);
});

test('what it prints tells where things are, and no token', async () => {
  const plane = await serve();
  await vi.waitFor(() => expect(plane.output().stderr).toContain('Ready in'), 10_000);
  const { stdout, stderr } = plane.output();
  expect(stdout).toContain(plane.ready.director);
  expect(stdout).toContain('in memory');
  expect(stdout + stderr).not.toContain(plane.ready.token);
});

test('the other commands find it by the context local', async () => {
  await serve();
  expect(await home.json('whoami')).toMatchObject({ context: 'local', type: 'USER' });
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s ends it with 0, and nothing of an ephemeral plane is left', async (signal) => {
  const plane = await serve();
  await home.compass(['app', 'register', '--name', 'shop']);
  expect(await plane.stop(signal)).toBe(0);
  expect(existsSync(plane.readyFile)).toBe(false);
  expect(existsSync(plane.ready.caFile)).toBe(false);
  expect((await home.compass(['app', 'list'])).exit).toBe(2);
  expect(readdirSync(home.path)).toEqual(['config']);
});

test('a taken port is told as such: 5', async () => {
  const { ready } = await serve();
  const { exit, stdout } = await home.compass(['serve', '--local', '--ephemeral', '--port', new URL(ready.gateway).port, '--json']);
  expect(exit).toBe(5);
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'conflict', hint: expect.stringContaining('--port') as string } });
});

test('--only starts some of the systems, and tells no addresses of others', async () => {
  const { ready } = await serve(['--ephemeral', '--only', 'gateway,director']);
  expect(Object.keys(ready).sort()).toEqual(['caFile', 'director', 'gateway', 'mtls', 'pid', 'tenant', 'token', 'version']);
  expect((await fetch(`${ready.director}/healthz`)).status).toBe(200);
  expect((await fetch(`${ready.gateway}/connector/graphql`, { method: 'POST' })).status).toBe(404);
});

test('systems that need each other are started together or not at all: 2', async () => {
  const { exit, stderr } = await home.compass(['serve', '--local', '--ephemeral', '--port', '0', '--only', 'director,provisioner']);
  expect([exit, stderr]).toEqual([2, expect.stringContaining('provisioner needs gateway, connector')]);
});

test('a taken port of the second door closes the first', async () => {
  const { ready } = await serve();
  const taken = new URL(ready.mtls).port;
  const { exit, stderr } = await home.compass(['serve', '--local', '--ephemeral', '--port', '0', '--mtls-port', taken]);
  expect([exit, stderr]).toEqual([5, expect.stringContaining(taken)]);
});

test('the second door goes elsewhere where nobody asked for its number', async () => {
  const { taken, free } = await neighbours();
  const { ready } = await serve(['--ephemeral', '--port', String(free)]);
  taken.close();
  expect(new URL(ready.gateway).port).toBe(String(free));
  expect((await fetch(`${ready.director}/healthz`)).status).toBe(200);
});

test('a variable that means nothing is told before anything starts: 2', async () => {
  const { exit, stderr } = await home.compass(['serve', '--local', '--ephemeral', '--port', '0'], {
    env: { COMPASS_TOKEN_TTL_RUNTIME: 'soon' },
  });
  expect([exit, stderr.includes('COMPASS_TOKEN_TTL_RUNTIME')]).toEqual([2, true]);
});

test('the state outlives the plane where a folder is given', async () => {
  const folder = ['--data-dir', join(home.path, 'state')];
  const first = await serve(folder);
  await home.json('app', 'register', '--name', 'shop');
  expect(await first.stop()).toBe(0);
  await serve(folder);
  expect(await home.json<{ name: string }[]>('app', 'list')).toMatchObject([{ name: 'shop' }]);
});
