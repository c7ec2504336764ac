import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { picking } from '../../src/cli/output/select.ts';
import { compass } from './support/compass.ts';
import { fault, page, type StandIn, standIn } from './support/director.ts';

let director: StandIn;
beforeAll(async () => {
  director = await standIn();
});
afterAll(() => director.close());

const graphql = (words: readonly string[], stdin?: string) =>
  compass(['graphql', '--url', director.url, ...words], stdin === undefined ? {} : { stdin });

test('variables: numbers and JSON by --field, texts by --raw-field, all together by --variables', async () => {
  director.answers = { Q: { data: {} } };
  await graphql([
    'query Q { x }',
    '--variables',
    '{"a":1,"b":2}',
    '--field',
    'b=true',
    '--field',
    'c=[1]',
    '--field',
    'd=gold',
    '--raw-field',
    'e=1',
  ]);
  expect(director.asked.at(-1)?.variables).toEqual({ a: 1, b: true, c: [1], d: 'gold', e: '1' });
});

test('the name of a file without @ is no document, and told how it is one', async () => {
  const ran = await compass(['graphql', 'apps.graphql', '--url', 'http://127.0.0.1:1']);
  expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining('@apps.graphql.')]);
});

test('the document may come from standard input', async () => {
  director.answers = { FromStdin: { data: { ok: true } } };
  expect(JSON.parse((await graphql(['-'], 'query FromStdin { ok }')).stdout)).toEqual({ ok: true });
});

test('--jq prints texts bare, other values as JSON', async () => {
  director.answers = {
    Q: {
      data: {
        list: [
          { name: 'a', n: 1 },
          { name: 'b', n: 2 },
        ],
      },
    },
  };
  expect((await graphql(['query Q { x }', '--jq', '.list[].name'])).stdout).toBe('a\nb\n');
  expect((await graphql(['query Q { x }', '--jq', '.list | length'])).stdout).toBe('2\n');
});

test('--paginate follows the cursor and joins the rows', async () => {
  director.answers = { Q: ({ variables }) => ({ data: variables.after === 'c1' ? page([{ n: 2 }]) : page([{ n: 1 }], 'c1') }) };
  expect((await graphql(['query Q($after: PageCursor) { x }', '--paginate', '--jq', '.page.data[].n'])).stdout).toBe('1\n2\n');
});

test('--paginate ends where a document ignores the cursor', async () => {
  director.answers = { Q: { data: page([{ n: 1 }], 'always') } };
  expect((await graphql(['query Q { x }', '--paginate'])).exit).toBe(2);
});

test('errors: the whole answer for people, the failure alone for programs', async () => {
  director.answers = { Q: fault('Object not found [object=application]', 'NotFound', 20) };
  const people = await graphql(['query Q { x }']);
  expect([people.exit, JSON.parse(people.stdout)]).toMatchObject([
    3,
    { data: null, errors: [{ message: 'Object not found [object=application]' }] },
  ]);
  const programs = await graphql(['query Q { x }', '--json']);
  expect(JSON.parse(programs.stdout)).toMatchObject({ error: { code: 'not_found' } });
});

describe('paths', () => {
  const data = { a: { b: [{ c: 1 }, { c: 2 }], 'odd key': 'x' }, n: null };
  test.each([
    ['.', [data]],
    ['.a.b[0].c', [1]],
    ['.a.b[-1].c', [2]],
    ['.a.b[].c', [1, 2]],
    ['.a.b | .[] | .c', [1, 2]],
    ['.a["odd key"]', ['x']],
    ['.a."odd key"', ['x']],
    ['.n.deep', [null]],
    ['.missing', [null]],
    ['.a.b[9]', [null]],
    ['.a | keys', [['b', 'odd key']]],
    ['.a.b|length', [2]],
    ['.n | length', [0]],
    ['.a.b | map(.c)', [[1, 2]]],
    ['.a.b[] | select(.c == 2 and (.x | not)) | .c + 1', [3]],
    ['[.a.b[] | {c, "the c": .c, (.c | tostring): 0}] | .[0]', [{ c: 1, 'the c': 1, 1: 0 }]],
    ['.a.b[] | [.c, "x\\ty", null] | @tsv', ['1\tx\\ty\t', '2\tx\\ty\t']],
    ['.a.b[0] | [.c, "say \\"x\\""] | @csv', ['1,"say ""x"""']],
    ['"\\(.a.b | length) of \\(.a.b[1].c + 1)"', ['2 of 3']],
    ['.n // .missing // "none", 1', ['none', 1]],
    ['[10, 9, 1] | sort_by(.) | .[1:]', [[9, 10]]],
    ['.a.b | sort_by(-.c) | .[0].c', [2]],
    ['.a.b | group_by(.c) | map(length) | add', [2]],
    ['.n.x?, (.a.b.c?)', [null]],
    ['.a | has("b"), (.b | any(.c > 1))', [true, true]],
    ['.a["odd key"] | test("^x$"), startswith("y")', [true, false]],
    ['.a.b | map(select(.c > 1)) | limit(1; .[]) | .c * 2', [4]],
    ['-1', [-1]],
    ['$ENV, env, input_filename', [{}, {}, null]],
    ['"日本 \\u0000 \\(.a.b[0])"', ['日本 \u0000 {"c":1}']],
  ])('%s', async (path, expected) => {
    const pick = await picking(path);
    expect(pick(data)).toEqual({ values: expected, said: '' });
  });

  test('what a filter says beside its values is told apart', async () => {
    const pick = await picking('.a.b[1].c | debug');
    expect(pick(data)).toEqual({ values: [2], said: '["DEBUG:",2]' });
  });

  test.each([
    'a',
    '.a.b[x]',
    'map(',
    '.a b',
    '{a: }',
    'select()',
    '"\\(x)"',
    '--help',
    '',
    'import "a" as a; .',
    'include "a"; .',
    'module {}; .',
  ])('%s is no filter', async (path) => {
    await expect(picking(path)).rejects.toMatchObject({ code: 'usage', message: expect.stringMatching(/^--jq: (?!jq)/) });
  });

  test.each(['.a.b.c', '.n[]', '.a | map(.b)', '.a | tonumber', '@xml', 'halt_error', '"x" | error', '"/etc/passwd" | modulemeta'])(
    '%s does not fit',
    async (path) => {
      const pick = await picking(path);
      expect(() => pick(data)).toThrow(expect.objectContaining({ code: 'failed', message: expect.stringMatching(/^--jq: (?!jq)/) }));
    },
  );

  test('faults are told in the words of jq, with their places', async () => {
    await expect(picking('.a\n| foo | bar(1)')).rejects.toThrow(
      '--jq: foo/0 is not defined, line 2, column 3:\n    | foo | bar(1)\n      ^^^\nbar/1 is not defined, line 2, column 9:\n    | foo | bar(1)\n            ^^^',
    );
    const pick = await picking('.n[]');
    expect(() => pick(data)).toThrow('--jq: Cannot iterate over null (null)');
  });
});
