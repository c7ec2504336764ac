import { expect, test } from 'vitest';
import manifest from '../../oclif.manifest.json' with { type: 'json' };
import { inOurWords } from '../../src/cli/frame/other-words.ts';
import { distance, nearest } from '../../src/cli/frame/suggest.ts';

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

const known = Object.keys(manifest.commands).map((id) => id.replaceAll(':', ' '));

test.each([
  ['application list', ['app list']],
  ['apps list', ['app list']],
  ['app ls', ['app list']],
  ['app describe shop', ['app get']],
  ['app delete shop', ['app unregister']],
  ['delete app shop', ['app unregister']],
  ['get runtimes', ['runtime get']],
  ['formation rm x', ['formation delete']],
  ['context delete x', ['context remove']],
  ['api create', ['api add']],
  ['start', ['serve']],
  ['login', ['context add']],
  ['nonsense', []],
])('%s is told as %j', (asked, ours) => expect(inOurWords(asked.split(' '), known)).toEqual(ours));
