/** Planes side by side on one machine. */
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { portFor } from '../../src/cli/serve/instance.ts';
import { type Home, newHome, type Serving } from './support/plane.ts';

let home: Home;
const started: Serving[] = [];
const serve = async (...argv: string[]) => {
  const plane = await home.serve(argv);
  started.push(plane);
  return plane;
};

beforeEach(() => {
  home = newHome();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((plane) => plane.stop()));
  home.remove();
});

test('each has a context and a folder of its own, and both are listed', async () => {
  const [local, shop] = await Promise.all([serve(), serve('--instance', 'shop')]);
  await expect.poll(() => shop.output().stdout).toContain(join(home.path, 'data', 'shop'));
  await home.json('app', 'register', '--name', 'only-here', '--context', 'shop');
  expect(await home.json('app', 'list', '--context', 'local')).toEqual([]);
  expect(await home.json('app', 'list', '--context', 'shop')).toMatchObject([{ name: 'only-here' }]);
  await shop.stop();
  const contexts = await home.json<object[]>('context', 'list');
  expect(contexts).toHaveLength(2);
  expect(contexts).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'local', running: true, director: local.ready.director }),
      expect.objectContaining({ name: 'shop', running: false }),
    ]),
  );
  expect(await home.json('registry', 'info', '--instance', 'shop')).toMatchObject({ records: { applications: 1 } });
});

test('a second one of the same name is told where the first is: 5', async () => {
  const { ready } = await serve('--name', 'shop');
  const { exit, stderr } = await home.compass(['serve', '--local', '--instance', 'shop', '--port', '0']);
  expect(exit).toBe(5);
  expect(stderr).toContain(`The plane shop runs already: ${ready.gateway}, process ${ready.pid}`);
  expect(stderr).toContain('--instance NAME');
});

test('a second plane of no name of its own, in another folder, leaves the context where it is', async () => {
  const first = await serve();
  const second = await serve('--data-dir', join(home.path, 'elsewhere'));
  await expect.poll(() => second.output().stderr).toContain(`the context local stays with the plane that has it, ${first.ready.director}`);
  expect(await home.json('context', 'show')).toMatchObject({ director: first.ready.director });
  await second.stop();
  await first.stop();
  const third = await serve('--data-dir', join(home.path, 'elsewhere'));
  expect(await home.json('context', 'show')).toMatchObject({ director: third.ready.director });
});

test('commands that go elsewhere are told how they come here', async () => {
  await home.compass(['context', 'add', 'team', '--url', 'http://127.0.0.1:1']);
  const plane = await serve('--instance', 'shop', '--ephemeral');
  await expect.poll(() => plane.output().stderr).toContain('compass context use shop');
  expect(plane.output().stderr).toContain('compass app list --context shop');
});

test('the context of another Compass is not written over: 5', async () => {
  await home.compass(['context', 'add', 'team', '--url', 'http://127.0.0.1:1', '--token', 'secret']);
  const { exit } = await home.compass(['serve', '--local', '--ephemeral', '--port', '0', '--instance', 'team']);
  expect([exit, new Contexts({ COMPASS_HOME: home.path }).token('team')]).toEqual([5, 'secret']);
});

test.each(['../evil', 'agents', 'shop.log'])('%s names no plane: 2', async (name) => {
  expect((await home.compass(['serve', '--local', '--ephemeral', '--port', '0', '--instance', name])).exit).toBe(2);
});

test('a plane that cannot be announced leaves no context behind', async () => {
  const { exit, stderr } = await home.compass(['serve', '--local', '--ephemeral', '--port', '0', '--ready-file', '/no-such-folder/ready']);
  expect([exit, stderr]).toEqual([1, expect.stringContaining('ready file')]);
  expect(new Contexts({ COMPASS_HOME: home.path }).all()).toEqual({});
});

test('a folder that holds no registry is told as such, and stays as it is: 3', async () => {
  expect((await home.compass(['registry', 'info', '--instance', 'nobody'])).exit).toBe(3);
  expect(existsSync(join(home.path, 'data'))).toBe(false);
});

test('a damaged folder is left as it was found', async () => {
  const folder = join(home.path, 'state');
  mkdirSync(folder);
  writeFileSync(join(folder, 'registry.json'), '{ "format": ');
  expect((await home.compass(['serve', '--local', '--port', '0', '--data-dir', folder])).exit).toBe(1);
  expect(readdirSync(folder)).toEqual(['registry.json']);
});

test('ports: 3330 for local, the last one for others, or one that is free', async () => {
  const contexts = new Contexts({ COMPASS_HOME: home.path });
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as { port: number };
  contexts.save('shop', { director: `http://127.0.0.1:${port}/director`, plane: { pid: 1, state: null } });
  expect(await portFor('local', contexts, '127.0.0.1')).toBe(3330);
  expect(await portFor('shop', contexts, '127.0.0.1')).not.toBe(port);
  await new Promise((done) => taken.close(done));
  expect(await portFor('shop', contexts, '127.0.0.1')).toBe(port);
});

test('in the background: there when the command is over, told when it runs already, stopped by name', async () => {
  const serveDetached = () => home.compass(['serve', '--local', '--detach', '--instance', 'shop', '--port', '0', '--json']);
  const { exit, stdout } = await serveDetached();
  const told = JSON.parse(stdout) as { instance: string; gateway: string; log: string; token?: string };
  expect([exit, told.instance, told.token]).toEqual([0, 'shop', undefined]);
  await home.json('app', 'register', '--name', 'kept', '--context', 'shop');
  expect((await serveDetached()).exit).toBe(5);
  expect((await home.compass(['registry', 'info', '--instance', 'shop'])).stderr).toContain('compass stop');
  expect(await home.json('stop', 'shop')).toEqual({ name: 'shop', stopped: true });
  expect(await home.json('registry', 'info', '--instance', 'shop')).toMatchObject({ records: { applications: 1 } });
  expect(await home.json('stop', 'shop')).toEqual({ name: 'shop', stopped: false });
  const after = await home.compass(['app', 'list', '--context', 'shop']);
  expect([after.exit, after.stderr]).toEqual([6, expect.stringContaining('compass serve --local --instance shop')]);
  expect((await home.compass(['stop', 'nobody'])).exit).toBe(3);
});

test('what keeps a background plane from starting is told: 1', async () => {
  const { exit, stderr } = await home.compass(['serve', '--local', '--ephemeral', '-d', '--port', '0'], {
    env: { COMPASS_STAGE_TIMEOUT: 'soon' },
  });
  expect([exit === 0, stderr]).toEqual([false, expect.stringContaining('soon')]);
});
