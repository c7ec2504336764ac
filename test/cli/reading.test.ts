/** What people see on a terminal. */
import { expect, test } from 'vitest';
import { shownTime } from '../../src/cli/output/time.ts';
import { tableLines } from '../../src/cli/output/table.ts';
import { wrapTo } from '../../src/cli/output/width.ts';

const now = new Date(2026, 10, 21, 12);
const plain = (text: string) => text;
const lines = (titles: readonly string[], rows: readonly (readonly string[])[], width: number) =>
  tableLines(titles, rows, { width, title: plain, cell: plain });

test.each([
  [new Date(2026, 10, 21, 9, 5, 7).toISOString(), '09:05:07'],
  [new Date(2026, 10, 20, 9, 5, 7).toISOString(), '2026-11-20 09:05'],
  [new Date(2026, 10, 21, 9, 5, 7).toISOString().replace('.000', ''), '09:05:07'],
  ['2026-11-21', '2026-11-21'],
  ['shop 2026-11-21T09:05:07Z', 'shop 2026-11-21T09:05:07Z'],
])('%s is shown as %s', (text, shown) => expect(shownTime(text, now)).toBe(shown));

test('times stay whole, and an id that is the same in all rows goes first', () => {
  const tenant = '3e64ebae-38b5-46a0-b1ed-9ccee153a0ae';
  const rows = [
    ['09:05:07', 'registerApplication of somebody', tenant],
    ['2026-11-20 09:05', 'unregisterApplication of somebody', tenant],
  ];
  const narrow = lines(['TIME', 'OPERATION', 'TENANT'], rows, 40);
  expect(narrow.join('\n')).not.toContain(tenant);
  expect(narrow[2]).toMatch(/^2026-11-20 09:05 {2}unreg.*…$/);
  expect(lines(['TIME', 'OPERATION', 'TENANT'], rows, 200).join('\n')).toContain(tenant);
  expect(lines(['TIME', 'OPERATION', 'TENANT'], rows.slice(0, 1), 40).join('\n')).toContain(tenant);
});

test('long values go on in the next line, words stay whole', () => {
  expect(wrapTo('application:read, application:write, x', 18)).toEqual(['application:read,', 'application:write,', 'x']);
  expect(wrapTo('short', 18)).toEqual(['short']);
  expect(wrapTo('a very-long-word-that-fits-nowhere b', 10)).toEqual(['a', 'very-long-word-that-fits-nowhere', 'b']);
});

test('columns that are too wide share what there is', () => {
  const [, row] = lines(['NAME', 'ANSWERS', 'DESCRIPTION'], [['n'.repeat(40), 'a'.repeat(26), 'd'.repeat(200)]], 80);
  expect(row!.split('  ').map((cell) => cell.length)).toEqual([26, 25, 25]);
});
