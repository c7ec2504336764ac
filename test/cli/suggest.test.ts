import { expect, test } from 'vitest';
import { distance, nearest } from '../../src/cli/suggest.ts';

test.each([
  ['', 'abc', 3],
  ['list', 'list', 0],
  ['lst', 'list', 1],
  ['ilst', 'list', 1],
  ['kitten', 'sitting', 3],
])('%s to %s takes %i', (from, to, edits) => {
  expect(distance(from, to)).toBe(edits);
  expect(distance(to, from)).toBe(edits);
});

test('the nearest first, nothing far, at most three', () => {
  expect(nearest('shpo', ['ship', 'shop', 'depot'])[0]).toBe('shop');
  expect(nearest('shop', ['warehouse'])).toEqual([]);
  expect(nearest('aa', ['ab', 'ac', 'ad', 'ae'])).toHaveLength(3);
});
