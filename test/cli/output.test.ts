import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { compass, type World } from './support/compass.ts';
import { page, type StandIn, standIn } from './support/director.ts';

const shop = {
  id: '5b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55',
  name: 'shop',
  providerName: null,
  description: 'A shop\nthat sells \u001b[31mthings',
  status: { condition: 'CONNECTED', timestamp: '2026-01-01T00:00:00Z' },
};
const depot = {
  ...shop,
  id: '6b2d8b49-2f6b-4f0e-8f4f-1f3f0a4c7a55',
  name: 'depot',
  description: null,
  status: { condition: 'FAILED', timestamp: '2026-01-01T00:00:00Z' },
};

let director: StandIn;
beforeAll(async () => {
  director = await standIn({ Applications: { data: page([shop, depot]) } });
});
afterAll(() => director.close());

const list = (words: readonly string[] = [], world: World = {}) => compass(['app', 'list', '--url', director.url, ...words], world);

describe('answers', () => {
  test('on a terminal: a table with a header, cut to its width, control characters out', async () => {
    const { stdout, exit } = await list([], { terminal: true, columns: 70, env: { NO_COLOR: '1' } });
    const lines = stdout.trimEnd().split('\n');
    expect(exit).toBe(0);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^NAME +ID +STATUS +DESCRIPTION$/);
    expect(stdout).toContain(shop.id);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(70);
    expect(stdout).toContain('…');
    expect(stdout).not.toContain('\u001b');
  });

  test('characters that take two columns, and accents that take none, keep the columns apart', async () => {
    const wide = { ...shop, name: '日本の店' };
    const accented = { ...depot, name: 'cafe\u0301' };
    const before = director.answers;
    director.answers = { Applications: { data: page([wide, accented]) } };
    const { stdout } = await list([], { terminal: true, columns: 200, env: { NO_COLOR: '1' } });
    director.answers = before;
    const [header, first, second] = stdout.split('\n');
    expect(header).toMatch(/^NAME {6}ID/);
    expect(first).toContain(`日本の店  ${shop.id}`);
    expect(second).toContain(`cafe\u0301      ${depot.id}`);
  });

  test('in a narrow terminal ids stay whole', async () => {
    const { stdout } = await list([], { terminal: true, columns: 40, env: { NO_COLOR: '1' } });
    expect(stdout).toContain(depot.id);
  });

  test('in a pipe: tabs, no header, nothing cut', async () => {
    const { stdout } = await list();
    expect(stdout).toBe(`shop\t${shop.id}\tCONNECTED\t\tA shop that sells  [31mthings\ndepot\t${depot.id}\tFAILED\t\t\n`);
  });

  test('--jq: a part of any answer, texts bare, nothing where there is nothing', async () => {
    expect((await list(['--jq', '.[].name'])).stdout).toBe('shop\ndepot\n');
    expect((await list(['--jq', '.[] | select(.status.condition == "FAILED") | .name'])).stdout).toBe('depot\n');
    expect(JSON.parse((await list(['--jq', '.[0].status', '--json'])).stdout)).toEqual(shop.status);
    expect((await list(['--jq', '.[0].description | .[]', '--json'])).exit).toBe(1);
  });

  test('--jq: a filter that is none is refused before anything is sent', async () => {
    const asked = director.asked.length;
    const ran = await list(['--jq', 'map(.name']);
    expect([ran.exit, director.asked.length]).toEqual([2, asked]);
  });

  test('as JSON: one document, null kept, the text as it is', async () => {
    const { stdout, stderr } = await list(['--json']);
    expect(JSON.parse(stdout)).toEqual([shop, depot]);
    expect(stderr).toBe('');
  });

  test('as YAML the same', async () => {
    expect(parse((await list(['-o', 'yaml'])).stdout)).toEqual([shop, depot]);
  });

  test('as ndjson: a document a line', async () => {
    const lines = (await list(['--output', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([shop, depot]);
  });

  test('as names: the ids, for xargs', async () => {
    expect((await list(['--output=name'])).stdout).toBe(`${shop.id}\n${depot.id}\n`);
  });

  test('COMPASS_OUTPUT chooses the format, and a flag goes before it', async () => {
    const env = { COMPASS_OUTPUT: 'name' };
    expect((await list([], { env })).stdout).toBe(`${shop.id}\n${depot.id}\n`);
    expect(JSON.parse((await list(['--json'], { env })).stdout)).toHaveLength(2);
  });

  test('an empty list says what to do, on stderr', async () => {
    director.answers = { Applications: { data: page([]) } };
    const { stdout, stderr, exit } = await list();
    director.answers = { Applications: { data: page([shop, depot]) } };
    expect([stdout, exit]).toEqual(['', 0]);
    expect(stderr).toContain('compass app register');
  });
});

describe('colour', () => {
  const escape = '\u001b[';
  test.each([
    ['a terminal', true, {}, [], true],
    ['a pipe', false, {}, [], false],
    ['NO_COLOR', true, { NO_COLOR: '1' }, [], false],
    ['an empty NO_COLOR', true, { NO_COLOR: '' }, [], true],
    ['TERM=dumb', true, { TERM: 'dumb' }, [], false],
    ['--no-color', true, {}, ['--no-color'], false],
    ['FORCE_COLOR in a pipe', false, { FORCE_COLOR: '1' }, [], false],
  ] as const)('%s', async (_, terminal, env, words, expected) => {
    const { stdout } = await list(words, { terminal, env: { TERM: 'xterm', ...env } });
    expect(stdout.includes(escape)).toBe(expected);
  });
});
