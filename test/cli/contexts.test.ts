import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Contexts } from '../../src/cli/connection/contexts.ts';
import { compass, newHome } from './support/compass.ts';
import { page, type StandIn, standIn } from './support/director.ts';

let director: StandIn;
beforeAll(async () => {
  director = await standIn({ Applications: { data: page([]) } });
});
afterAll(() => director.close());

const inHome =
  (home: string) =>
  (argv: readonly string[], more: { env?: Record<string, string>; stdin?: string } = {}) =>
    compass(argv, { ...more, env: { COMPASS_HOME: home, ...more.env } });
const lastAsked = () => {
  const { authorization, tenant } = director.asked.at(-1)?.headers ?? {};
  return { path: director.asked.at(-1)?.path, authorization, tenant };
};

describe('a context', () => {
  test('tells where, as whom, and in which tenant', async () => {
    const run = inHome(newHome());
    await run(['context', 'add', 'team', '--url', director.url, '--tenant', 'acme', '--token-stdin'], { stdin: 'secret\n' });
    await run(['app', 'list']);
    expect(lastAsked()).toEqual({ path: '/director/graphql', authorization: 'Bearer secret', tenant: 'acme' });
  });

  test.each(['/', '/director', '/director/graphql', '/connector/graphql'])('the gateway is meant by %s as well', async (path) => {
    await compass(['app', 'list', '--url', `${director.url}${path}`]);
    expect(lastAsked().path).toBe('/director/graphql');
  });

  test('flags go before variables, and these before the context', async () => {
    const run = inHome(newHome());
    await run(['context', 'add', 'team', '--url', director.url, '--tenant', 'acme', '--token', 'secret']);
    await run(['app', 'list'], { env: { COMPASS_TENANT: 'by variable', COMPASS_TOKEN: 'other' } });
    expect(lastAsked()).toMatchObject({ authorization: 'Bearer other', tenant: 'by variable' });
    await run(['app', 'list', '--tenant', 'by flag'], { env: { COMPASS_TENANT: 'by variable' } });
    expect(lastAsked()).toMatchObject({ authorization: 'Bearer secret', tenant: 'by flag' });
  });

  test('the token of a context is not shown to another address', async () => {
    const run = inHome(newHome());
    await run(['context', 'add', 'team', '--url', 'http://127.0.0.1:1', '--token', 'secret']);
    await run(['app', 'list', '--url', director.url]);
    expect(lastAsked().authorization).toBeUndefined();
  });

  test('is kept from other eyes: files 0600, the token in none that is shown', async () => {
    const home = newHome();
    const run = inHome(home);
    await run(['context', 'add', 'team', '--url', director.url, '--token', 'secret']);
    const [file, token] = [join(home, 'config/contexts.json'), join(home, 'config/tokens/team')];
    expect([file, token].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(readFileSync(file, 'utf8')).not.toContain('secret');
    expect((await run(['context', 'show', '--json'])).stdout).not.toContain('secret');
    expect((await run(['context', 'show', '--show-secrets'])).stdout).toContain('secret');
  });

  test('the first is current, `use` changes that, `remove` forgets the token', async () => {
    const home = newHome();
    const run = inHome(home);
    const current = async () =>
      (JSON.parse((await run(['context', 'list', '--json'])).stdout) as { name: string; current: boolean }[])
        .filter((one) => one.current)
        .map(({ name }) => name);
    await run(['context', 'add', 'a', '--url', director.url, '--token', 'secret']);
    await run(['context', 'add', 'b', '--url', director.url]);
    expect(await current()).toEqual(['a']);
    await run(['context', 'use', 'b']);
    expect(await current()).toEqual(['b']);
    await run(['context', 'remove', 'a']);
    expect(new Contexts({ COMPASS_HOME: home }).token('a')).toBeUndefined();
    expect((await run(['context', 'use', 'a'])).exit).toBe(3);
  });

  test('a name that would leave the folder is refused', async () => {
    const ran = await inHome(newHome())(['context', 'add', '../evil', '--url', director.url, '--token', 'x']);
    expect(ran.exit).toBe(2);
  });

  test('a damaged file is told with its place', async () => {
    const home = newHome();
    mkdirSync(join(home, 'config'));
    writeFileSync(join(home, 'config/contexts.json'), '{ "contexts": ');
    const ran = await inHome(home)(['app', 'list']);
    expect(ran.exit).toBe(1);
    expect(ran.stderr).toContain('contexts.json is damaged');
  });
});

test('files follow XDG where COMPASS_HOME says nothing', () => {
  expect(new Contexts({ HOME: '/home/ada' }).file).toBe('/home/ada/.config/compass/contexts.json');
  expect(new Contexts({ HOME: '/home/ada', XDG_CONFIG_HOME: '/etc/ada' }).file).toBe('/etc/ada/compass/contexts.json');
  expect(new Contexts({ HOME: '/home/ada', XDG_CONFIG_HOME: 'relative' }).file).toBe('/home/ada/.config/compass/contexts.json');
});
